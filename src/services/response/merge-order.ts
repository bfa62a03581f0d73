import { AppError } from '#base';
import { WORK_ORDER_STATE_TEXT } from '#model/response';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { mergedText } from './order-text.ts';
import { loadOrders, type OrderRow } from './order-view.ts';

/**
 * The order that goes on for one that is merged (并入): open, of the same scenario and session, and no milder, so that no limit
 * is loosened by merging. Throws `record.not-found`, `work-order.cannot-merge`.
 */
export async function findSurvivor(tx: Tx, order: OrderRow, into: number): Promise<OrderRow> {
  const [survivor] = await loadOrders(tx, sql`where o.id = ${into}`);
  if (!survivor) throw new AppError('record.not-found', { what: '工单', id: into });
  const why = WHY_NOT.find(([isSo]) => isSo(order, survivor))?.[1];
  if (why !== undefined) {
    const state = WORK_ORDER_STATE_TEXT[survivor.state];
    throw new AppError('work-order.cannot-merge', { order: order.code, into: survivor.code, why, state });
  }
  return survivor;
}

const WHY_NOT: readonly (readonly [(order: OrderRow, survivor: OrderRow) => boolean, string])[] = [
  [(order, survivor) => order.id === survivor.id, '不能并入自己'],
  [(_, survivor) => survivor.parent_id !== null, '对方是协同工单'],
  [(_, survivor) => survivor.state === 'closed', '对方已结案'],
  [(order, survivor) => order.scenario !== survivor.scenario, '不是同一场景'],
  [
    (order, survivor) => order.replay_session_id !== survivor.replay_session_id,
    '一张是回放或演示工单，另一张不是同一次',
  ],
  [(order, survivor) => order.level > survivor.level, '对方等级较低，请反过来并'],
];

/** What was merged into the merged one goes along, its parts too, and the survivor's timeline says so. */
export async function saveMerge(
  tx: Tx,
  { order, survivor }: { readonly order: OrderRow; readonly survivor: OrderRow },
  facts: { readonly at: number; readonly by: string; readonly reason: string },
): Promise<void> {
  await sql`update work_order set merged_into = ${survivor.id} where merged_into = ${order.id}`.execute(tx);
  await sql`update work_order set parent_id = ${survivor.id} where parent_id = ${order.id}`.execute(tx);
  await tx
    .insertInto('work_order_entry')
    .values({
      work_order_id: survivor.id,
      place: survivor.place,
      scenario: survivor.scenario,
      at: new Date(facts.at),
      by: facts.by,
      kind: 'merged',
      text: mergedText(order.code, facts.reason),
      note: null,
      location: null,
      idempotency_key: null,
    })
    .execute();
}
