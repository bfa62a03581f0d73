import type { WorkOrder, WorkOrderDetail } from '#contract/response';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';

import { keptAnswer } from '../../app/kept.ts';
import { isHand, useSession } from '../../app/session.ts';
import { keptOrder, orderQuery } from './queries.ts';

/** More than anybody works on at once; each costs a few kilobytes. */
const MOST = 20;

/**
 * Has the orders of the list on the phone before somebody goes where there is no signal: each once, and again only when it
 * has changed.
 */
export function useOrdersAtHand(orders: readonly WorkOrder[] | undefined): void {
  const client = useQueryClient();
  const router = useRouter();
  const session = useSession();
  const wanted = session !== undefined && isHand(session);
  useEffect(() => {
    if (!wanted || !orders || !navigator.onLine) return undefined;
    let gone = false;
    const fetchAll = async (): Promise<void> => {
      for (const { id, version } of orders.slice(0, MOST)) {
        if (gone) return;
        const kept = await keptAnswer<WorkOrderDetail>(keptOrder(id));
        if (kept?.version !== version) await client.prefetchQuery({ ...orderQuery(id), staleTime: 0 });
      }
      const [first] = orders;
      if (first) await router.preloadRoute({ to: '/todo/orders/$id', params: { id: String(first.id) } });
    };
    void fetchAll();
    return () => {
      gone = true;
    };
  }, [client, orders, router, wanted]);
}
