import type { WorkOrderDetail } from '#contract/response';
import { useEffect, useState } from 'react';

import { useSession } from '../../../app/session.ts';
import { takePlace } from '../place.ts';
import type { useOrderWork } from '../use-order-work.ts';
import { type Way, wayCannot, wayDone } from './way.ts';

export type Work = ReturnType<typeof useOrderWork>['work'];
/** The two buttons. */
export type Which = 'done' | 'cannot';

interface Ways {
  /** What each button does; undefined where it is not there. */
  readonly ways: Readonly<Record<Which, Way | undefined>>;
  /** The one that was pressed and asks for something. */
  readonly asked: { readonly which: Which; readonly way: Way } | undefined;
  readonly busy: boolean;
  readonly ask: (which: Which) => void;
  readonly handIn: (way: Way) => Promise<void>;
  readonly close: () => void;
}

/** What a village may do about an order, and the press that is under way. */
export function useWays(order: WorkOrderDetail, { advance, hold }: Work): Ways {
  const user = useSession()?.user;
  const [which, setWhich] = useState<Which>();
  const [placing, setPlacing] = useState(false);
  const ways = { done: user && wayDone(order, user), cannot: wayCannot(order) };
  const way = which && ways[which];
  // It hands on to its town; also where the order is begun while it is asked, and giving it back became handing it on.
  const { town } = order.object;
  const { change } = hold;
  const wantsUnit = which === 'cannot' && way?.allowed.action === 'transfer' && hold.draft.unit === undefined;
  useEffect(() => {
    if (wantsUnit) change({ unit: town ?? '' });
  }, [wantsUnit, change, town]);
  return {
    ways,
    asked: which && way && { which, way },
    busy: advance.isPending || placing,
    ask: (pressed) => {
      advance.reset();
      // What a village tells is a thing that happened, unless it says otherwise.
      if (pressed === 'done') change((draft) => ({ verdict: draft.verdict ?? 'true' }));
      setWhich(pressed);
    },
    handIn: async ({ before, allowed }) => {
      setPlacing(true);
      const location = before.includes('arrive') ? await takePlace() : undefined;
      setPlacing(false);
      advance.mutate({ action: allowed.action, before, location }, { onSuccess: () => setWhich(undefined) });
    },
    close: () => setWhich(undefined),
  };
}
