import { activationRoutes } from '#contract/response';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { call } from '../../app/call.ts';

export const inForceQuery = queryOptions({
  queryKey: ['activation', 'in-force'],
  queryFn: ({ signal }) =>
    call(activationRoutes.listActivations, { query: { inForce: 'true', limit: 20 }, signal }),
});

export const pastQuery = infiniteQueryOptions({
  queryKey: ['activation', 'past'],
  queryFn: ({ pageParam, signal }) =>
    call(activationRoutes.listActivations, {
      query: { inForce: 'false', ...(pageParam ? { after: pageParam } : {}) },
      signal,
    }),
  initialPageParam: '',
  getNextPageParam: (page) => page.next,
});

export function activationQuery(id: number) {
  return queryOptions({
    queryKey: ['activation', 'detail', id],
    queryFn: ({ signal }) => call(activationRoutes.getActivation, { params: { id }, signal }),
  });
}
