import { AppError } from '#base';
import type { commandRoutes, Swap } from '#contract/command';
import { SWAP_ACTION_TEXT, SWAP_STATE_TEXT, type SwapAction, type SwapState } from '#model/command';
import { announce, audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { accountKey } from '../people.ts';
import { judgeShifts } from './judge-shifts.ts';
import { refuseConflicts } from './refuse-conflicts.ts';
import { standing } from './request-swap.ts';
import { lockShift, type ShiftRow } from './shift-view.ts';
import { loadSwaps, showSwaps, swapActions, type SwapRow } from './swap-view.ts';

type Body = z.output<typeof commandRoutes.decideSwap.body>;

const AFTER: Readonly<Record<SwapAction, SwapState>> = {
  accept: 'accepted',
  decline: 'refused',
  approve: 'approved',
  refuse: 'refused',
  withdraw: 'withdrawn',
};

/**
 * The other holder's answer, the approver's decision, or the requester's withdrawal. Approved, both shifts change at once; the
 * approver is neither of the two. Throws `record.not-found`, `access.denied`, `swap.illegal-action`, `roster.conflict`.
 */
export async function decideSwap(
  context: RequestContext,
  { params, body }: { readonly params: { readonly id: number }; readonly body: Body },
): Promise<Swap> {
  const { action } = body;
  context.authorize(action === 'approve' || action === 'refuse' ? 'roster.manage' : 'duty.read');
  return context.transaction(async (tx) => {
    await sql`select from shift_swap where id = ${params.id} for update`.execute(tx);
    const [row] = await loadSwaps(tx, sql`where w.id = ${params.id}`);
    if (!row) throw new AppError('record.not-found', { what: '换班申请', id: params.id });
    requireAllowed(context, row, action);
    if (action === 'approve') await exchange(context, tx, row);
    await save(context, tx, row, body);
    const [shown] = await showSwaps(context, tx, await loadSwaps(tx, sql`where w.id = ${row.id}`));
    if (!shown) throw new Error(`swap ${row.id} was decided and is not shown`);
    return shown;
  });
}

function requireAllowed(context: RequestContext, row: SwapRow, action: SwapAction): void {
  if (action === 'approve' || action === 'refuse') context.authorizeRecord('roster.manage', row);
  if (swapActions(context, row).includes(action)) return;
  const waits = row.state === 'requested' || row.state === 'accepted';
  const reason = waits ? whose(action) : `这份申请${SWAP_STATE_TEXT[row.state]}`;
  throw new AppError('swap.illegal-action', { action: SWAP_ACTION_TEXT[action], reason });
}

function whose(action: SwapAction): string {
  switch (action) {
    case 'accept':
    case 'decline':
      return '须由对方本人答复，且只答复一次';
    case 'withdraw':
      return '须由申请人本人撤回';
    case 'approve':
    case 'refuse':
      return '须在对方同意之后，由换班双方以外的管理人审批';
    default:
      return action satisfies never;
  }
}

async function exchange(context: RequestContext, tx: Tx, row: SwapRow): Promise<void> {
  const ids = [row.shift_id, row.with_shift_id];
  for (const id of ids.toSorted((a, b) => a - b)) await lockShift(tx, id);
  const shift = { ...(await lockShift(tx, row.shift_id)), swap: null };
  const other = { ...(await lockShift(tx, row.with_shift_id)), swap: null };
  const changed =
    shift.account_id === row.requester_id && other.account_id === row.other_id ? undefined : '班次已换了人';
  const reason = changed ?? standing(context.now(), [shift, other]);
  if (reason !== undefined) throw new AppError('swap.illegal-action', { action: '批准换班', reason });
  const judged = [judge(shift, row.other_id), judge(other, row.requester_id)];
  refuseConflicts(await judgeShifts(tx, judged, ids), false);
  await sql`update duty_shift s set account_id = r.account_id, status = 'swapped', version = version + 1
    from (values (${row.shift_id}::bigint, ${row.other_id}::int), (${row.with_shift_id}::bigint, ${row.requester_id}::int))
      r(id, account_id)
    where s.id = r.id`.execute(tx);
}

function judge(shift: ShiftRow, account: number) {
  const { seat_id: seat, seat_name: seatName, from_at: from, to_at: to } = shift;
  return { seat, seatName, from, to, person: accountKey(account), planned: true };
}

async function save(context: RequestContext, tx: Tx, row: SwapRow, { action, note }: Body): Promise<void> {
  const at = new Date(context.now());
  const by = context.actor.name;
  await (action === 'accept'
    ? sql`update shift_swap set state = 'accepted', accepted_at = ${at} where id = ${row.id}`.execute(tx)
    : sql`update shift_swap set state = ${AFTER[action]}, decided_at = ${at}, decided_by = ${by},
        note = ${note ?? null} where id = ${row.id}`.execute(tx));
  const { place, scenario } = row;
  await audit(context, tx, {
    action: `swap.${action}`,
    subject: `swap/${row.id}`,
    before: { state: row.state },
    after: { state: AFTER[action], shift: row.shift_id, withShift: row.with_shift_id, note },
    place,
    scenario,
  });
  const payload = { id: row.roster_id, text: SWAP_ACTION_TEXT[action] };
  await announce(tx, [{ type: 'duty.shift-changed', at: context.now(), place, scenario, payload }]);
}
