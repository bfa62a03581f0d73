import type { Swap } from '#contract/command';
import { SWAP_STATE_TEXT, type SwapAction, type SwapState } from '#model/command';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

import { accountKey, loadPeople } from '../people.ts';
import { loadShifts, showShifts } from './shift-view.ts';

export interface SwapRow {
  readonly id: number;
  readonly roster_id: number;
  readonly place: number;
  readonly scenario: number | null;
  readonly shift_id: number;
  readonly with_shift_id: number;
  readonly requester_id: number;
  readonly other_id: number;
  readonly reason: string;
  readonly state: SwapState;
  readonly requested_at: number;
  readonly accepted_at: number | null;
  readonly decided_at: number | null;
  readonly decided_by: string | null;
  readonly note: string | null;
}

/** Swaps the caller may see, as `suffix` picks and sorts them. `w` is the swap. */
export async function loadSwaps(tx: Tx, suffix: RawBuilder<unknown>): Promise<readonly SwapRow[]> {
  const { rows } = await sql<SwapRow>`select w.* from shift_swap w ${suffix}`.execute(tx);
  return rows;
}

export async function showSwaps(context: RequestContext, tx: Tx, rows: readonly SwapRow[]): Promise<Swap[]> {
  const ids = rows.flatMap((row) => [row.shift_id, row.with_shift_id]);
  const shifts = await loadShifts(tx, sql`where s.id = any(${ids}::bigint[])`);
  const shown = new Map((await showShifts(context, tx, shifts)).map((shift) => [shift.id, shift]));
  const show = await loadPeople(
    tx,
    rows.flatMap((row) => [accountKey(row.requester_id), accountKey(row.other_id)]),
  );
  return rows.flatMap((row) => {
    const shift = shown.get(row.shift_id);
    const withShift = shown.get(row.with_shift_id);
    if (!shift || !withShift) return [];
    return [
      {
        id: row.id,
        state: row.state,
        stateName: SWAP_STATE_TEXT[row.state],
        shift,
        withShift,
        requester: show(accountKey(row.requester_id)),
        other: show(accountKey(row.other_id)),
        reason: row.reason,
        requestedAt: row.requested_at,
        acceptedAt: row.accepted_at,
        decidedAt: row.decided_at,
        decidedBy: row.decided_by,
        note: row.note,
        allowedActions: [...swapActions(context, row)],
      },
    ];
  });
}

/** Who may do what with a swap: the two agree, a third decides. */
export function swapActions(context: RequestContext, row: SwapRow): readonly SwapAction[] {
  const { actor } = context;
  const me = actor.accountId;
  const waits = row.state === 'requested' || row.state === 'accepted';
  if (!waits) return [];
  if (me === row.requester_id) return ['withdraw'];
  if (me === row.other_id) return row.state === 'requested' ? ['accept', 'decline'] : [];
  if (!actor.rights.mayAt('roster.manage', row) || actsForParty(context, row)) return [];
  return row.state === 'accepted' ? ['approve', 'refuse'] : ['refuse'];
}

/** Whoever holds the approver's right only as a deputy of one of the two would approve for themselves. */
function actsForParty({ actor }: RequestContext, row: SwapRow): boolean {
  const principal = actor.rights.actingFor('roster.manage', row);
  return principal !== null && [row.requester_id, row.other_id].includes(principal.id);
}
