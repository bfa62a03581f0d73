import type { Tx } from '#storage';
import { dayNumber, type LastTurn, type Span } from '#workflow';
import { sql } from 'kysely';

import { keyOf } from '../people.ts';
import type { RosterRow } from './roster-view.ts';

/** What stands already in a seat, for the plan to go on behind it and around it. */
export interface SeatState {
  readonly last: { readonly usual: LastTurn | null; readonly dayOff: LastTurn | null };
  readonly kept: readonly (Span & { readonly person: string })[];
  /** Ids of planned shifts that make room. */
  readonly replaced: readonly number[];
}

interface ShiftRow {
  readonly id: number;
  readonly seat_id: number;
  readonly from_at: number;
  readonly to_at: number;
  readonly account_id: number | null;
  readonly contact_id: number | null;
  readonly status: string;
}

/** The state of each seat of a roster. `replaceAfter`: planned shifts that begin later than this moment make room. */
export async function loadSeatState(
  tx: Tx,
  roster: RosterRow,
  given: { readonly stretch: Span; readonly replaceAfter: number | null },
): Promise<ReadonlyMap<number, SeatState>> {
  const { stretch, replaceAfter } = given;
  // Night shifts of the day before reach in, those of the last day reach out.
  const { rows } = await sql<ShiftRow>`
    select id, seat_id, from_at, to_at, account_id, contact_id, status from duty_shift
    where roster_id = ${roster.id} and status <> 'cancelled'
      and to_at > ${new Date(stretch.from)} and from_at < ${new Date(stretch.to + 86_400_000)}
    order by from_at`.execute(tx);
  const last = await loadLast(tx, roster, stretch.from);
  return new Map(
    roster.seats.map((seat) => {
      const its = rows.filter((row) => row.seat_id === seat.id);
      const goes = (row: ShiftRow): boolean =>
        replaceAfter !== null &&
        row.status === 'planned' &&
        row.from_at > replaceAfter &&
        row.from_at >= stretch.from &&
        row.from_at < stretch.to;
      const kept = its
        .filter((row) => !goes(row))
        .map((row) => ({ from: row.from_at, to: row.to_at, person: keyOf(row) }));
      const usual = last.get(`${seat.id} false`) ?? null;
      const dayOff = last.get(`${seat.id} true`) ?? null;
      // With one cycle for all days, the later of the two is the one to go on behind.
      const newest = [usual, dayOff].flatMap((one) => one ?? []).toSorted((a, b) => b.from - a.from)[0];
      const turns = seat.own_holiday_rota ? { usual, dayOff } : { usual: newest ?? null, dayOff: null };
      return [seat.id, { last: turns, kept, replaced: its.filter(goes).map((row) => row.id) }];
    }),
  );
}

/** The newest shift of each seat before a moment, on working days and on days off. */
async function loadLast(
  tx: Tx,
  roster: RosterRow,
  before: number,
): Promise<ReadonlyMap<string, LastTurn & { readonly from: number }>> {
  const { rows } = await sql<ShiftRow & { day_off: boolean }>`
    select s.seat_id, s.from_at, s.account_id, s.contact_id, s.day_off
    from unnest(${roster.seats.map((seat) => seat.id)}::int[]) t(id) cross join (values (true), (false)) o(day_off)
    cross join lateral (
      select * from duty_shift s where s.seat_id = t.id and s.status <> 'cancelled' and s.day_off = o.day_off
        and s.from_at < ${new Date(before)} order by s.from_at desc limit 1
    ) s`.execute(tx);
  return new Map(
    rows.map((row) => [
      `${row.seat_id} ${row.day_off}`,
      { person: keyOf(row), day: dayNumber(row.from_at), from: row.from_at },
    ]),
  );
}
