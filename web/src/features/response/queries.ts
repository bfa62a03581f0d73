import { responseRoutes } from '#contract/response';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { call } from '../../app/call.ts';
import type { OrderSearch } from './search.ts';

export function ordersQuery({ show, ...filters }: OrderSearch) {
  const scope =
    show === 'overdue' ? { overdue: 'true' as const } : show === 'all' ? {} : { open: 'true' as const };
  return infiniteQueryOptions({
    queryKey: ['response', 'list', { show, ...filters }],
    queryFn: ({ pageParam, signal }) =>
      call(responseRoutes.listWorkOrders, {
        query: { ...filters, ...scope, ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
}

export const todoQuery = infiniteQueryOptions({
  queryKey: ['response', 'list', 'mine'],
  queryFn: ({ pageParam, signal }) =>
    call(responseRoutes.listWorkOrders, {
      query: { mine: 'true', ...(pageParam ? { after: pageParam } : {}) },
      signal,
    }),
  initialPageParam: '',
  getNextPageParam: (page) => page.next,
});

export function orderQuery(id: number) {
  return queryOptions({
    queryKey: ['response', 'detail', id],
    queryFn: ({ signal }) => call(responseRoutes.getWorkOrder, { params: { id }, signal }),
  });
}
