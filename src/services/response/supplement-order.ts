import type { responseRoutes, WorkOrderDetail } from '#contract/response';
import type { RequestContext } from '#services/context';
import type { z } from 'zod';

import { heldSince } from './acted-at.ts';
import { addEntry } from './add-entry.ts';
import { isDone, lockOrder } from './advance-work-order.ts';
import { loadDetail } from './get-work-order.ts';
import { SUPPLEMENT_TEXT } from './order-text.ts';
import { momentOf } from './order-view.ts';

type Supplement = z.output<typeof responseRoutes.supplementWorkOrder.body>;

/**
 * Writes into the timeline what a hand did when it was no longer, or not yet known not to be, the one to do it (补充记录):
 * words and pictures, whatever the order's state. Nothing else of the order changes. The same key is written once. Throws
 * `record.not-found`, `access.denied`, `input.invalid` (foreign attachment).
 */
export async function supplementOrder(
  context: RequestContext,
  id: number,
  request: Supplement,
): Promise<WorkOrderDetail> {
  context.authorize('work-order.dispose');
  return context.transaction(async (tx) => {
    const order = await lockOrder(tx, id);
    context.authorizeRecord('work-order.dispose', order);
    if (await isDone(tx, id, request.idempotencyKey)) return loadDetail(context, tx, id);
    const acted = heldSince(momentOf(order, context.now()), request.acted);
    await addEntry(tx, context, order, { ...request, kind: 'supplement', text: SUPPLEMENT_TEXT, acted });
    return loadDetail(context, tx, id);
  });
}
