import { AppError, momentText } from '#base';
import { WORK_ORDER_ACTIONS } from '#model/response';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import type { OrderRow } from './order-view.ts';

/** How long a phone may keep what it did before only a 补充记录 tells of it. */
export const LONGEST_WAIT_HOURS = 72;
const HOUR_MS = 3_600_000;
/** Handed in so soon after it was done that one moment tells both. */
const AT_ONCE_MS = 60_000;

/** As the phone's clock has it. */
export interface Acted {
  readonly at: number;
  readonly sentAt: number;
}

/**
 * When a step that arrives `at` was done: as long ago as the phone held it, whatever its clock says. Null for what was handed
 * in at once. What was done before the order's last step by people is out of order, and nothing waits longer than
 * {@link LONGEST_WAIT_HOURS}. Throws `work-order.acted-refused`.
 */
export async function actedAt(
  tx: Tx,
  order: OrderRow,
  at: number,
  acted: Acted | undefined,
): Promise<number | null> {
  const moment = heldSince(at, acted);
  if (moment === null) return null;
  if (at - moment > LONGEST_WAIT_HOURS * HOUR_MS) throw refusal(moment, `已超过 ${LONGEST_WAIT_HOURS} 小时`);
  const last = await lastStep(tx, order.id);
  if (last !== null && moment < last.at)
    throw refusal(moment, `此后${last.by}已在 ${momentText(last.at)} 办过“${last.text}”`);
  return moment;
}

/** The same without asking what happened since: a 补充记录 changes nothing. */
export function heldSince(at: number, acted: Acted | undefined): number | null {
  if (acted === undefined) return null;
  const held = acted.sentAt - acted.at;
  return held < AT_ONCE_MS ? null : at - held;
}

async function lastStep(
  tx: Tx,
  order: number,
): Promise<{ readonly at: number; readonly by: string; readonly text: string } | null> {
  const { rows } = await sql<{ at: number; by: string; text: string }>`
    select coalesce(acted_at, at) as at, by, text from work_order_entry
    where work_order_id = ${order} and by is not null and kind = any(${[...WORK_ORDER_ACTIONS]})
    order by id desc limit 1`.execute(tx);
  return rows[0] ?? null;
}

function refusal(moment: number, why: string): AppError {
  return new AppError('work-order.acted-refused', { at: momentText(moment), why });
}
