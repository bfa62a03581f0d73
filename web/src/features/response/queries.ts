import { responseRoutes, type WorkOrder, type WorkOrderDetail } from '#contract/response';
import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query';

import { call } from '../../app/call.ts';
import { keepAnswer, kept, keptAnswer } from '../../app/kept.ts';
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
    kept(
      keptTodo(pageParam),
      (signal) =>
        call(responseRoutes.listWorkOrders, {
          query: { mine: 'true', ...(pageParam ? { after: pageParam } : {}) },
          signal,
        }),
      signal,
    ),
  initialPageParam: '',
  getNextPageParam: (page) => page.next,
});

export function orderQuery(id: number) {
  return queryOptions({
    queryKey: ['response', 'detail', id],
    queryFn: ({ signal }) =>
      kept(keptOrder(id), (signal) => call(responseRoutes.getWorkOrder, { params: { id }, signal }), signal),
  });
}

/** Under which names the list and its orders are kept on a phone. */
function keptTodo(after: string): string {
  return `todo/${after}`;
}

export function keptOrder(id: number): string {
  return `order/${id}`;
}

/** Shows, and keeps, an order as the server answered it to an act; lists are asked for anew. */
export async function takeOrder(client: QueryClient, order: WorkOrderDetail): Promise<void> {
  client.setQueryData(orderQuery(order.id).queryKey, order);
  keepAnswer(keptOrder(order.id), order);
  const page = await keptAnswer<{ readonly items: readonly WorkOrder[] }>(keptTodo(''));
  if (page) {
    const items = page.items.map((one) => (one.id === order.id ? order : one));
    keepAnswer(keptTodo(''), { ...page, items });
  }
  await client.invalidateQueries({ queryKey: ['response', 'list'] });
}
