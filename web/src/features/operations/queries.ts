import { operationsRoutes } from '#contract/operations';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { call } from '../../app/call.ts';
import type { FaultSearch } from './search.ts';

export function faultsQuery({ show, subject, state, kind, scenario, search }: FaultSearch) {
  const filters = { state, kind, scenario, search };
  const scope =
    show === 'mine'
      ? { mine: 'true' as const }
      : show === 'overdue'
        ? { overdue: 'true' as const }
        : show === 'all'
          ? {}
          : { open: 'true' as const };
  return infiniteQueryOptions({
    queryKey: ['operations', 'list', { show, subject, ...filters }],
    queryFn: ({ pageParam, signal }) =>
      call(operationsRoutes.listFaults, {
        query: {
          ...given(filters),
          ...scope,
          ...(subject === undefined ? {} : { subjectKind: subject }),
          ...(pageParam ? { after: pageParam } : {}),
        },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
}

export const countsQuery = queryOptions({
  queryKey: ['operations', 'counts'],
  queryFn: ({ signal }) => call(operationsRoutes.getFaultCounts, { signal }),
});

export function faultQuery(id: number) {
  return queryOptions({
    queryKey: ['operations', 'detail', id],
    queryFn: ({ signal }) => call(operationsRoutes.getFault, { params: { id }, signal }),
  });
}

/** Only what was said. */
function given<Filters extends object>(filters: Filters): Partial<Filters> {
  return Object.fromEntries(
    Object.entries(filters).filter(([, value]) => value !== undefined),
  ) as Partial<Filters>;
}
