import type { WorkOrder } from '#contract/response';

import { useSession } from '../../../app/session.ts';
import { projected } from './projected.ts';
import { conflictOf } from './supplement.ts';
import { useQueue } from './work-queue.ts';

/** Orders as whoever holds this phone left them: with what waits to be sent. */
export function useAsLeft(): <Order extends WorkOrder>(order: Order) => Order {
  const { acts } = useQueue();
  const user = useSession()?.user;
  return (order) => {
    const its = acts.filter((act) => act.order === order.id);
    const waiting = its.filter((act) => act.state === 'waiting');
    if (!user || waiting.length === 0 || conflictOf(its).length > 0) return order;
    return projected(order, waiting, user);
  };
}
