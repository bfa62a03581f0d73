import { AppError } from '#base';
import type { commandRoutes, Shift } from '#contract/command';
import { announce, audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { columnsOf, keyOf, loadPeople } from '../people.ts';
import { findPeople } from './find-people.ts';
import { judgeShifts } from './judge-shifts.ts';
import { keepOneAtATime, refuseConflicts } from './refuse-conflicts.ts';
import { lockShift, type ShiftRow, showShifts } from './shift-view.ts';

type Body = z.output<typeof commandRoutes.updateShift.body>;

/** A shift never lasts longer: the search for who is on looks one shift back. */
const LONGEST_SHIFT_MS = 7 * 86_400_000;

/**
 * Changes one shift that is not over: its person, its times, or cancels it. A swap that waits for it falls. Throws
 * `record.not-found`, `access.denied`, `record.changed`, `shift.past`, `roster.conflict`, `input.invalid`.
 */
export async function updateShift(
  context: RequestContext,
  { params, body }: { readonly params: { readonly id: number }; readonly body: Body },
): Promise<Shift> {
  context.authorize('roster.manage');
  return context.transaction(async (tx) => {
    const before = await lockShift(tx, params.id);
    context.authorizeRecord('roster.manage', before);
    if (before.version !== body.version) throw new AppError('record.changed');
    if (before.to_at <= context.now()) throw new AppError('shift.past', { state: '结束' });
    const after = await changed(tx, before, body);
    if (after.status !== 'cancelled') {
      const { seat_id: seat, seat_name: seatName, from_at: from, to_at: to } = after;
      const judged = { seat, seatName, from, to, person: keyOf(after), planned: true };
      refuseConflicts(await judgeShifts(tx, [judged], [after.id]), body.acceptConflicts);
    }
    await save(context, tx, after);
    await dropSwaps(context, tx, [after.id]);
    await record(context, tx, { before, after, reason: body.reason });
    const [shown] = await showShifts(context, tx, [await lockShift(tx, after.id)]);
    if (!shown) throw new Error(`shift ${after.id} was changed and is not shown`);
    return shown;
  });
}

async function changed(tx: Tx, before: ShiftRow, body: Body): Promise<ShiftRow> {
  const at = { platform: before.platform_id, roster: before.roster_id };
  const [key = keyOf(before)] = body.person === undefined ? [] : await findPeople(tx, at, [body.person]);
  const from = body.from ?? before.from_at;
  const to = body.to ?? before.to_at;
  if (to <= from || to - from > LONGEST_SHIFT_MS) {
    throw new AppError('input.invalid', { issues: '班次须在开始之后结束，且不超过 7 天' });
  }
  const cancelled = body.cancelled ?? before.status === 'cancelled';
  const stands = before.status === 'cancelled' ? 'planned' : before.status;
  return {
    ...before,
    ...columnsOf(key),
    from_at: from,
    to_at: to,
    status: cancelled ? 'cancelled' : stands,
  };
}

async function save(context: RequestContext, tx: Tx, after: ShiftRow): Promise<void> {
  await keepOneAtATime(
    sql`update duty_shift set account_id = ${after.account_id}, contact_id = ${after.contact_id},
      from_at = ${new Date(after.from_at)}, to_at = ${new Date(after.to_at)}, status = ${after.status},
      version = version + 1 where id = ${after.id}`.execute(tx),
  );
  const { place, scenario, roster_id: id, roster_name: text } = after;
  await announce(tx, [
    { type: 'duty.shift-changed', at: context.now(), place, scenario, payload: { id, text } },
  ]);
}

/** Swaps that wait for these shifts fall: what was agreed to is not there any more. */
export async function dropSwaps(context: RequestContext, tx: Tx, shifts: readonly number[]): Promise<void> {
  await sql`update shift_swap set state = 'refused', decided_at = ${new Date(context.now())},
      decided_by = ${context.actor.name}, note = '班次已改动，申请作废'
    where state in ('requested','accepted')
      and (shift_id = any(${[...shifts]}::bigint[]) or with_shift_id = any(${[...shifts]}::bigint[]))`.execute(
    tx,
  );
}

async function record(
  context: RequestContext,
  tx: Tx,
  given: { readonly before: ShiftRow; readonly after: ShiftRow; readonly reason: string },
): Promise<void> {
  const { before, after, reason } = given;
  const show = await loadPeople(tx, [keyOf(before), keyOf(after)]);
  const facts = (row: ShiftRow) => ({
    person: show(keyOf(row)).name,
    from: row.from_at,
    to: row.to_at,
    status: row.status,
  });
  await audit(context, tx, {
    action: after.status === 'cancelled' ? 'shift.cancel' : 'shift.edit',
    subject: `shift/${after.id}`,
    before: facts(before),
    after: { ...facts(after), reason },
    place: after.place,
    scenario: after.scenario,
  });
}
