import type { WorkOrderDetail } from '#contract/response';
import type { WorkOrderAction } from '#model/response';

import { EMPTY_DRAFT } from '../draft.ts';
import { projected } from '../queue/projected.ts';

type Allowed = WorkOrderDetail['allowedActions'][number];

/** What one press does to an order: an action, and what comes before it on the way there. */
export interface Way {
  readonly before: readonly WorkOrderAction[];
  readonly allowed: Allowed;
  /** As it stands once what comes before is done: what is asked of the action is asked of that. */
  readonly order: WorkOrderDetail;
}

/** On the way to clearing, in the order in which they are tried. */
const TOWARDS: readonly WorkOrderAction[] = ['arrive', 'accept'];

/** 办了: cleared, with whatever of accepting and arriving has not been told yet. Undefined where it is not one's own to clear. */
export function wayDone(
  order: WorkOrderDetail,
  hand: { readonly id: number; readonly name: string },
): Way | undefined {
  const before: WorkOrderAction[] = [];
  let stands = order;
  for (;;) {
    const allowed = stands.allowedActions.find(({ action }) => action === 'clear');
    if (allowed) return { before, allowed, order: stands };
    const next = TOWARDS.find((one) => stands.allowedActions.some(({ action }) => action === one));
    if (next === undefined || before.includes(next)) return undefined;
    before.push(next);
    stands = projected(stands, [{ action: next, at: 0, draft: EMPTY_DRAFT }], hand);
  }
}

/** 办不了: given back while nobody has begun; handed on to the town afterwards, which is asked and told the reason. */
export function wayCannot(order: WorkOrderDetail): Way | undefined {
  const find = (wanted: WorkOrderAction): Allowed | undefined =>
    order.allowedActions.find(({ action }) => action === wanted);
  const allowed = find('reject') ?? (order.object.town === null ? undefined : find('transfer'));
  return allowed && { before: [], allowed, order };
}
