import { AppError } from '#base';
import type { commandRoutes, Swap } from '#contract/command';
import { announce, audit, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { lockShift, type ShiftRow } from './shift-view.ts';
import { loadSwaps, showSwaps } from './swap-view.ts';

type Body = z.output<typeof commandRoutes.requestSwap.body>;

/** Asks another holder to change shifts. Throws `record.not-found`, `swap.illegal-action`. */
export async function requestSwap(context: RequestContext, { body }: { readonly body: Body }): Promise<Swap> {
  context.authorize('duty.read');
  return context.transaction(async (tx) => {
    // In the order of their numbers: two requests that cross do not wait for each other for ever.
    for (const id of [body.shift, body.withShift].toSorted((a, b) => a - b)) await lockShift(tx, id);
    const shift = await lockShift(tx, body.shift);
    const other = await lockShift(tx, body.withShift);
    const reason = refusal(context, shift, other);
    if (reason !== undefined) throw new AppError('swap.illegal-action', { action: '申请换班', reason });
    const { roster_id: roster, place, scenario } = shift;
    const { rows } = await sql<{ id: number }>`
      insert into shift_swap (roster_id, place, scenario, shift_id, with_shift_id, requester_id, other_id, reason, state,
        requested_at)
      values (${roster}, ${place}, ${scenario}, ${shift.id}, ${other.id}, ${shift.account_id}, ${other.account_id},
        ${body.reason}, 'requested', ${new Date(context.now())}) returning id`.execute(tx);
    const id = rows[0]?.id ?? 0;
    await audit(context, tx, { action: 'swap.request', subject: `swap/${id}`, after: body, place, scenario });
    const payload = { id: roster, text: `${shift.roster_name} 换班申请` };
    await announce(tx, [{ type: 'duty.shift-changed', at: context.now(), place, scenario, payload }]);
    const [shown] = await showSwaps(context, tx, await loadSwaps(tx, sql`where w.id = ${id}`));
    if (!shown) throw new Error(`swap ${id} was made and is not shown`);
    return shown;
  });
}

function refusal(context: RequestContext, shift: ShiftRow, other: ShiftRow): string | undefined {
  if (shift.account_id !== context.actor.accountId) return '只能拿自己的班次来换';
  if (other.account_id === null) return '对方没有账号，无法在系统里确认，请由管理人直接改班次';
  if (other.account_id === shift.account_id) return '两个班次都是自己的';
  if (shift.roster_id !== other.roster_id) return '两个班次不在同一张值班表';
  return standing(context.now(), [shift, other]);
}

/** Why shifts cannot be swapped at a moment, or any more. */
export function standing(now: number, shifts: readonly ShiftRow[]): string | undefined {
  if (shifts.some((one) => one.status === 'cancelled')) return '班次已取消';
  if (shifts.some((one) => one.from_at <= now)) return '班次已经开始';
  if (shifts.some((one) => one.swap !== null)) return '班次已在另一个换班申请里';
  return undefined;
}
