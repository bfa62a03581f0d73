import type { RosterConflict } from '#contract/command';
import type { Tx } from '#storage';
import { dutyConflicts, type JudgedShift } from '#workflow';
import { sql } from 'kysely';

import { keyOf, loadPeople } from '../people.ts';
import { loadConflictFacts, loadStanding, showConflict } from './conflict-facts.ts';

const DAY_MS = 86_400_000;

/** What is wrong with single shifts as they are to be; the shifts they are made of (`ids`) do not stand in their way. */
export async function judgeShifts(
  tx: Tx,
  shifts: readonly JudgedShift[],
  ids: readonly number[],
): Promise<readonly RosterConflict[]> {
  const stretch = {
    from: Math.min(...shifts.map(({ from }) => from)),
    to: Math.max(...shifts.map(({ to }) => to)),
  };
  const people = new Set(shifts.map(({ person }) => person));
  const seats = [...new Set(shifts.map(({ seat }) => seat))];
  const elsewhere = await loadStanding(tx, people, { stretch, except: seats });
  const { rows } = await sql<{
    seat_id: number;
    name: string;
    from_at: number;
    to_at: number;
    account_id: number | null;
    contact_id: number | null;
  }>`
    select s.seat_id, t.name, s.from_at, s.to_at, s.account_id, s.contact_id
    from duty_shift s join roster_seat t on t.id = s.seat_id
    where s.seat_id = any(${seats}::int[]) and s.id <> all(${[...ids]}::bigint[]) and s.status <> 'cancelled'
      and s.to_at > ${new Date(stretch.from - DAY_MS)} and s.from_at < ${new Date(stretch.to + DAY_MS)}`.execute(
    tx,
  );
  const here = rows.map((row) => ({
    seat: row.seat_id,
    seatName: row.name,
    person: keyOf(row),
    from: row.from_at,
    to: row.to_at,
    planned: false,
  }));
  const facts = await loadConflictFacts(tx, people, stretch);
  const show = await loadPeople(tx, [...people, ...facts.standIns.map(({ deputy }) => deputy)]);
  return dutyConflicts([...shifts, ...here, ...elsewhere], facts).map((one) => showConflict(one, show));
}
