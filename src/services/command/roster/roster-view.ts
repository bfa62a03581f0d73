import { AppError } from '#base';
import type { Roster } from '#contract/command';
import type { Turn } from '#model/command';
import type { Actor } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

import { keyOf, loadPeople, type ShowPerson } from '../people.ts';

export interface RosterRow {
  readonly id: number;
  readonly name: string;
  readonly platform_id: number;
  readonly platform: Roster['platform'];
  readonly place: number;
  readonly scenario: number | null;
  readonly calendar_id: string;
  readonly pattern: Roster['pattern'];
  readonly handover_required: boolean;
  readonly retired_at: number | null;
  readonly planned_to: number | null;
  readonly version: number;
  readonly seats: readonly SeatRow[];
}
export interface SeatRow {
  readonly id: number;
  readonly name: string;
  readonly turn: Turn;
  readonly own_holiday_rota: boolean;
  readonly members: readonly MemberRow[];
}
interface MemberRow {
  readonly for_holidays: boolean;
  readonly account_id: number | null;
  readonly contact_id: number | null;
}

/** Rosters the caller may see, with seats and rotas, as `suffix` picks and sorts them. `r` is the roster. */
export async function loadRosters(tx: Tx, suffix: RawBuilder<unknown>): Promise<readonly RosterRow[]> {
  const { rows } = await sql<RosterRow>`
    select r.id, r.name, r.platform_id, json_build_object('code', p.code, 'name', p.name) as platform, r.place, r.scenario,
      r.calendar_id, r.pattern, r.handover_required, r.retired_at, r.version,
      (select max(s.to_at) from duty_shift s where s.roster_id = r.id and s.status <> 'cancelled') as planned_to,
      (select coalesce(json_agg(json_build_object('id', t.id, 'name', t.name, 'turn', t.turn,
          'own_holiday_rota', t.own_holiday_rota, 'members', (
            select coalesce(json_agg(json_build_object('for_holidays', m.for_holidays, 'account_id', m.account_id,
              'contact_id', m.contact_id) order by m.position), '[]')
            from roster_member m where m.seat_id = t.id)) order by t.position, t.id), '[]')
        from roster_seat t where t.roster_id = r.id and t.retired_at is null) as seats
    from (select r.* from roster r ${suffix}) r join platform p on p.id = r.platform_id
    order by r.id`.execute(tx);
  return rows;
}

/** One roster; throws `record.not-found` where the caller sees none. */
export async function loadRoster(tx: Tx, id: number): Promise<RosterRow> {
  const [row] = await loadRosters(tx, sql`where r.id = ${id}`);
  if (!row) throw new AppError('record.not-found', { what: '值班表', id });
  return row;
}

export function membersOf(seat: SeatRow, forHolidays: boolean): readonly string[] {
  return seat.members.filter((one) => one.for_holidays === forHolidays).map(keyOf);
}

export async function showRosters(tx: Tx, actor: Actor, rows: readonly RosterRow[]): Promise<Roster[]> {
  const show = await loadPeople(
    tx,
    rows.flatMap((row) => row.seats.flatMap((seat) => seat.members.map(keyOf))),
  );
  return rows.map((row) => showRoster(row, actor, show));
}

function showRoster(row: RosterRow, actor: Actor, show: ShowPerson): Roster {
  const manages = row.retired_at === null && actor.rights.mayAt('roster.manage', row);
  return {
    id: row.id,
    name: row.name,
    platform: row.platform,
    calendar: row.calendar_id,
    pattern: row.pattern,
    handoverRequired: row.handover_required,
    seats: row.seats.map((seat) => ({
      id: seat.id,
      name: seat.name,
      turn: seat.turn,
      rota: membersOf(seat, false).map(show),
      holidayRota: seat.own_holiday_rota ? membersOf(seat, true).map(show) : null,
    })),
    plannedTo: row.planned_to,
    retiredAt: row.retired_at,
    version: row.version,
    allowedActions: manages ? ['edit', 'generate', 'retire'] : [],
  };
}
