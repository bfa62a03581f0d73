import type { responseRoutes, WorkOrderDetail } from '#contract/response';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { addEntry } from './add-entry.ts';
import { isDone, lockOrder } from './advance-work-order.ts';
import { loadDetail } from './get-work-order.ts';
import { NOTE_TEXT } from './order-text.ts';

/**
 * 留言: what somebody who has to do with an order says to the others; whoever has it, and whoever has written before, is told. Nothing
 * of the order changes. The same key is written once. Throws `record.not-found`, `access.denied`.
 */
export async function noteOrder(
  context: RequestContext,
  id: number,
  { note, idempotencyKey }: z.output<typeof responseRoutes.noteWorkOrder.body>,
): Promise<WorkOrderDetail> {
  context.authorize('work-order.note');
  return context.transaction(async (tx) => {
    const order = await lockOrder(tx, id);
    context.authorizeRecord('work-order.note', order);
    if (await isDone(tx, id, idempotencyKey)) return loadDetail(context, tx, id);
    const hearers = await hearersOf(tx, id, context.actor.accountId);
    await addEntry(tx, context, order, {
      kind: 'note',
      text: NOTE_TEXT,
      note,
      idempotencyKey,
      acted: null,
      hearers,
    });
    return loadDetail(context, tx, id);
  });
}

/** Who has written here before. */
async function hearersOf(tx: Tx, order: number, author: number): Promise<readonly number[]> {
  const { rows } = await sql<{ by_id: number }>`
    select distinct by_id from work_order_entry
    where work_order_id = ${order} and kind = 'note' and by_id <> ${author} order by by_id`.execute(tx);
  return rows.map(({ by_id }) => by_id);
}
