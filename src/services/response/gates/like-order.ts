import type { Tx } from '#storage';
import { similarity } from '#workflow';
import { sql } from 'kysely';

import type { OrderRow } from '../order-view.ts';

/** Orders of the unit that a note is held against: what was cleared last, so that the cost stays the same however many there are. */
const LAST_CLEARED = 100;
/** Nearly equal: so much of the shorter one stands in the other, and neither is much longer. */
const ALIKE = 0.9;
const LONGER = 1.3;

/** The order of the same unit whose clearing note says nearly the same; null where none does. */
export async function likeOrder(tx: Tx, order: OrderRow, note: string): Promise<number | null> {
  const { rows } = await sql<{ id: number; note: string }>`
    select o.id, e.note from (
      select id, cleared_at from work_order
      where unit = ${order.unit} and cleared_at is not null and id <> ${order.id} order by cleared_at desc limit ${LAST_CLEARED}
    ) o cross join lateral (
      select note from work_order_entry where work_order_id = o.id and kind = 'clear' and note is not null order by id desc limit 1
    ) e order by o.cleared_at desc`.execute(tx);
  const text = note.trim();
  const like = rows.find(
    (one) =>
      Math.max(one.note.length, text.length) <= LONGER * Math.min(one.note.length, text.length) &&
      similarity(one.note, text) >= ALIKE,
  );
  return like?.id ?? null;
}
