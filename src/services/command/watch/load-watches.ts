import type { Tx } from '#storage';
import { nextWatch, type SeatShift, type StandIn, type Watch, watchAt } from '#workflow';
import { type RawBuilder, sql } from 'kysely';

import { columnsOf, keyOf } from '../people.ts';
import { loadStandIns } from '../roster/conflict-facts.ts';

/** A seat of a roster with the shifts around a moment. */
export interface SeatWatch {
  readonly seat: { readonly id: number; readonly name: string };
  /** The shift before the one that is on, if any: the newest that is over. */
  readonly before: SeatShift | undefined;
  readonly shifts: readonly SeatShift[];
  readonly standIns: readonly StandIn[];
  readonly on: Watch | undefined;
  readonly gapUntil: number | null;
  readonly next: Watch | undefined;
}
export interface RosterWatch {
  readonly id: number;
  readonly name: string;
  readonly platform_id: number;
  readonly platform: { readonly code: string; readonly name: string };
  readonly place: number;
  readonly scenario: number | null;
  readonly handover_required: boolean;
  readonly seats: readonly SeatWatch[];
}

interface Row extends Omit<RosterWatch, 'seats'> {
  readonly seats: readonly {
    readonly id: number;
    readonly name: string;
    readonly shifts: readonly {
      readonly id: number;
      readonly from: number;
      readonly to: number;
      readonly account_id: number | null;
      readonly contact_id: number | null;
    }[];
  }[];
}

/**
 * Who stands in the rosters that `suffix` picks (`r` is the roster) at a moment, as far as the caller may see. Shifts of a seat
 * never overlap, so two before the moment and two behind it tell who was, is and comes, however many are planned.
 */
export async function loadWatches(
  tx: Tx,
  suffix: RawBuilder<unknown>,
  at: number,
): Promise<readonly RosterWatch[]> {
  const moment = new Date(at);
  const { rows } = await sql<Row>`
    select r.id, r.name, r.platform_id, json_build_object('code', p.code, 'name', p.name) as platform, r.place, r.scenario,
      r.handover_required,
      (select coalesce(json_agg(json_build_object('id', t.id, 'name', t.name, 'shifts', (
          select coalesce(json_agg(json_build_object('id', s.id, 'account_id', s.account_id, 'contact_id', s.contact_id,
            'from', (extract(epoch from s.from_at) * 1000)::float8, 'to', (extract(epoch from s.to_at) * 1000)::float8)
            order by s.from_at), '[]')
          from ((select * from duty_shift s where s.seat_id = t.id and s.status <> 'cancelled' and s.from_at <= ${moment}
              order by s.from_at desc limit 2)
            union all (select * from duty_shift s where s.seat_id = t.id and s.status <> 'cancelled' and s.from_at > ${moment}
              order by s.from_at limit 2)) s)) order by t.position, t.id), '[]')
        from roster_seat t where t.roster_id = r.id and t.retired_at is null) as seats
    from (select r.* from roster r ${suffix}) r join platform p on p.id = r.platform_id
    order by r.id`.execute(tx);
  const shifts = rows.flatMap((row) => row.seats.flatMap((seat) => seat.shifts));
  const accounts = [...new Set(shifts.flatMap((shift) => shift.account_id ?? []))];
  const standIns = await loadStandIns(tx, accounts, stretchOf(shifts, at));
  return rows.map((row) => ({
    ...row,
    seats: row.seats.map(({ id, name, shifts }) =>
      seatWatch(
        { id, name },
        shifts.map((shift) => ({ id: shift.id, from: shift.from, to: shift.to, person: keyOf(shift) })),
        { standIns, at },
      ),
    ),
  }));
}

function stretchOf(shifts: readonly { from: number; to: number }[], at: number) {
  return {
    from: Math.min(at, ...shifts.map(({ from }) => from)),
    to: Math.max(at, ...shifts.map(({ to }) => to)),
  };
}

function seatWatch(
  seat: SeatWatch['seat'],
  shifts: readonly SeatShift[],
  { standIns, at }: { readonly standIns: readonly StandIn[]; readonly at: number },
): SeatWatch {
  const watch = watchAt(shifts, standIns, at);
  return {
    seat,
    before: shifts.findLast((shift) => shift.to <= at),
    shifts,
    standIns,
    on: watch.kind === 'on' ? watch : undefined,
    gapUntil: watch.kind === 'gap' ? watch.until : null,
    next: nextWatch(shifts, standIns, at),
  };
}

/** Everybody whom a watch names. */
export function peopleOf(seats: readonly SeatWatch[]): readonly string[] {
  return seats.flatMap(({ before, on, next, standIns }) => [
    ...[before?.person, on?.person, on?.deputyFor, next?.person, next?.deputyFor].flatMap((key) => key ?? []),
    ...standIns.map(({ deputy }) => deputy),
  ]);
}

/** Who really stood at the end of a shift: its holder, or the deputy of that time. */
export function whoEnded(seat: SeatWatch, shift: SeatShift): string {
  const watch = watchAt(seat.shifts, seat.standIns, shift.to - 1);
  return watch.kind === 'on' ? watch.person : shift.person;
}

/** Is the account this person, by key? */
export function isAccount(key: string | undefined, account: number): boolean {
  return key !== undefined && account !== 0 && columnsOf(key).account_id === account;
}
