import { chaseRoutes } from '#contract/response';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { call } from '../../../app/call.ts';

export type SupervisionState = 'open' | 'answered' | 'closed';

export function overdueListQuery(day: string | undefined) {
  return infiniteQueryOptions({
    queryKey: ['response', 'overdue', day ?? ''],
    queryFn: ({ pageParam, signal }) =>
      call(chaseRoutes.getOverdueList, {
        query: { ...(day ? { day } : {}), ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
}

export function supervisionsQuery(state: SupervisionState | undefined) {
  return infiniteQueryOptions({
    queryKey: ['response', 'supervision', 'list', state ?? ''],
    queryFn: ({ pageParam, signal }) =>
      call(chaseRoutes.listSupervisions, {
        query: { ...(state ? { state } : {}), ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
}

export function supervisionQuery(id: number) {
  return queryOptions({
    queryKey: ['response', 'supervision', 'detail', id],
    queryFn: ({ signal }) => call(chaseRoutes.getSupervision, { params: { id }, signal }),
  });
}
