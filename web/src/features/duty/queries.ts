import { responseRoutes, type WorkOrder } from '#contract/response';
import { warningRoutes } from '#contract/warning';
import { queryOptions } from '@tanstack/react-query';

import { call } from '../../app/call.ts';

const RECENT = 50;
const ORDERS = 100;

/** The newest warnings, and how many are open per level. */
export const recentWarningsQuery = queryOptions({
  queryKey: ['warning', 'list', 'duty'],
  queryFn: ({ signal }) => call(warningRoutes.listWarnings, { query: { limit: RECENT }, signal }),
});

/** Late orders beside the newest open ones: an old late order must not fall off the page. */
export const pressingOrdersQuery = queryOptions({
  queryKey: ['response', 'list', 'duty'],
  queryFn: async ({ signal }) => {
    const [late, open] = await Promise.all([
      call(responseRoutes.listWorkOrders, {
        query: { open: 'true', overdue: 'true', limit: ORDERS },
        signal,
      }),
      call(responseRoutes.listWorkOrders, { query: { open: 'true', limit: ORDERS }, signal }),
    ]);
    const byId = new Map<number, WorkOrder>([...open.items, ...late.items].map((order) => [order.id, order]));
    return { orders: [...byId.values()], late: late.items.length, lateMore: late.next !== null };
  },
});

/** One order with who is told next about it. */
export function orderQuery(id: number) {
  return queryOptions({
    queryKey: ['response', 'detail', id],
    queryFn: ({ signal }) => call(responseRoutes.getWorkOrder, { params: { id }, signal }),
  });
}
