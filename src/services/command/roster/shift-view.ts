import { AppError } from '#base';
import type { Shift } from '#contract/command';
import type { ShiftStatus } from '#model/command';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import type { StandIn } from '#workflow';
import { type RawBuilder, sql } from 'kysely';

import { accountKey, keyOf, loadPeople, type ShowPerson } from '../people.ts';
import { loadStandIns } from './conflict-facts.ts';

export interface ShiftRow {
  readonly id: number;
  readonly roster_id: number;
  readonly roster_name: string;
  readonly seat_id: number;
  readonly seat_name: string;
  readonly platform: Shift['platform'];
  readonly platform_id: number;
  readonly place: number;
  readonly scenario: number | null;
  readonly from_at: number;
  readonly to_at: number;
  readonly account_id: number | null;
  readonly contact_id: number | null;
  readonly status: ShiftStatus;
  readonly version: number;
  readonly swap: number | null;
}

/** Shifts the caller may see, as `suffix` picks and sorts them. `s` is the shift. */
export async function loadShifts(tx: Tx, suffix: RawBuilder<unknown>): Promise<readonly ShiftRow[]> {
  const { rows } = await sql<ShiftRow>`
    select s.id, s.roster_id, r.name as roster_name, s.seat_id, t.name as seat_name, r.platform_id,
      json_build_object('code', p.code, 'name', p.name) as platform, s.place, s.scenario, s.from_at, s.to_at, s.account_id,
      s.contact_id, s.status, s.version,
      (select w.id from shift_swap w where w.state in ('requested','accepted')
        and (w.shift_id = s.id or w.with_shift_id = s.id) limit 1) as swap
    from (select s.* from duty_shift s ${suffix}) s
    join roster r on r.id = s.roster_id join roster_seat t on t.id = s.seat_id join platform p on p.id = r.platform_id
    order by s.from_at, s.id`.execute(tx);
  return rows;
}

/** One shift, held until the transaction ends. Throws `record.not-found`. */
export async function lockShift(tx: Tx, id: number): Promise<ShiftRow> {
  await sql`select from duty_shift where id = ${id} for update`.execute(tx);
  const [row] = await loadShifts(tx, sql`where s.id = ${id}`);
  if (!row) throw new AppError('record.not-found', { what: '班次', id });
  return row;
}

export async function showShifts(
  context: RequestContext,
  tx: Tx,
  rows: readonly ShiftRow[],
): Promise<Shift[]> {
  if (rows.length === 0) return [];
  const stretch = {
    from: Math.min(...rows.map((row) => row.from_at)),
    to: Math.max(...rows.map((row) => row.to_at)),
  };
  const accounts = rows.flatMap((row) => row.account_id ?? []);
  const standIns = await loadStandIns(tx, [...new Set(accounts)], stretch);
  const show = await loadPeople(tx, [...rows.map(keyOf), ...standIns.map(({ deputy }) => deputy)]);
  return rows.map((row) => showShift(context, row, { standIns, show }));
}

function showShift(
  context: RequestContext,
  row: ShiftRow,
  { standIns, show }: { readonly standIns: readonly StandIn[]; readonly show: ShowPerson },
): Shift {
  const { actor } = context;
  const mine = row.account_id === actor.accountId;
  const deputies = standIns
    .filter(({ principal, from, to }) => principal === keyOf(row) && from < row.to_at && to > row.from_at)
    .map(({ deputy, from, to }) => ({
      person: show(deputy),
      from: Math.max(from, row.from_at),
      to: Math.min(to, row.to_at),
    }));
  return {
    id: row.id,
    roster: { id: row.roster_id, name: row.roster_name },
    platform: row.platform,
    seat: { id: row.seat_id, name: row.seat_name },
    from: row.from_at,
    to: row.to_at,
    person: show(keyOf(row)),
    deputies,
    status: row.status,
    version: row.version,
    swap: row.swap,
    mine: mine || deputies.some(({ person }) => accountKey(person.id) === accountKey(actor.accountId)),
    allowedActions: actionsOf(context, row, mine),
  };
}

function actionsOf(context: RequestContext, row: ShiftRow, mine: boolean): Shift['allowedActions'] {
  const actions: Shift['allowedActions'] = [];
  const now = context.now();
  const standing = row.status !== 'cancelled';
  if (row.to_at > now && context.actor.rights.mayAt('roster.manage', row)) {
    actions.push('edit');
    if (standing) actions.push('cancel');
  }
  if (mine && standing && row.from_at > now && row.swap === null) actions.push('request-swap');
  return actions;
}
