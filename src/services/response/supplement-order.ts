import type { responseRoutes, WorkOrderDetail } from '#contract/response';
import { levelOf } from '#model/warning';
import { announce, audit, type RequestContext } from '#services/context';
import type { z } from 'zod';

import { heldSince } from './acted-at.ts';
import { isDone, lockOrder } from './advance-work-order.ts';
import { loadDetail } from './get-work-order.ts';
import { SUPPLEMENT_TEXT } from './order-text.ts';
import { momentOf } from './order-view.ts';
import { adoptAttachments, keyOfPerson } from './save-advance.ts';

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
    const at = momentOf(order, context.now());
    const acted = heldSince(at, request.acted);
    const { place, scenario, code } = order;
    const entry = await tx
      .insertInto('work_order_entry')
      .values({
        work_order_id: id,
        place,
        scenario,
        at: new Date(at),
        by: context.actor.name,
        kind: 'supplement',
        text: SUPPLEMENT_TEXT,
        note: request.note,
        location: request.location ? JSON.stringify(request.location) : null,
        idempotency_key: keyOfPerson(request.idempotencyKey),
        acted_at: acted === null ? null : new Date(acted),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await adoptAttachments(tx, { order, request }, entry.id);
    const after = { note: request.note, attachments: request.attachments ?? [], actedAt: acted };
    await audit(context, tx, {
      action: 'work-order.supplement',
      subject: `work-order/${code}`,
      place,
      scenario,
      after,
    });
    const { state, object, warning_id: warning, replay_session_id: session, simulated } = order;
    const by = context.actor.name;
    const level = levelOf(order.level);
    const payload = { id, warning, object: object.id, level, state, by, session, simulated };
    await announce(tx, [{ type: 'work-order.noted', at, place, scenario, payload }]);
    return loadDetail(context, tx, id);
  });
}
