import { AppError } from '#base';
import type { commandRoutes, Roster } from '#contract/command';
import { audit, type RequestContext, settingAt } from '#services/context';
import { recordset, type Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { DEFAULT_CALENDAR } from '../calendar/load-holidays.ts';
import { findPlatform } from '../find-platform.ts';
import { columnsOf } from '../people.ts';
import { findPeople } from './find-people.ts';
import { showOne } from './list-rosters.ts';
import { loadRoster } from './roster-view.ts';

type CreateBody = z.output<typeof commandRoutes.createRoster.body>;
type UpdateBody = z.output<typeof commandRoutes.updateRoster.body>;
type Seat = CreateBody['seats'][number];

interface Home {
  readonly roster: number;
  readonly platform: number;
  readonly place: number;
  readonly scenario: number | null;
}

/** Makes a roster of a platform. Throws `record.not-found`, `access.denied`, `record.exists`, `input.invalid`. */
export async function createRoster(
  context: RequestContext,
  { body }: { readonly body: CreateBody },
): Promise<Roster> {
  context.authorize('roster.manage');
  return context.transaction(async (tx) => {
    const { id: platform, place, scenario } = await findPlatform(tx, body.platform);
    context.authorizeRecord('roster.manage', { place, scenario });
    const calendar = body.calendar ?? String(await settingAt(tx, 'calendar.id', platform));
    await requireCalendar(tx, calendar);
    const { rows } = await sql<{ id: number }>`
      insert into roster (platform_id, place, scenario, name, calendar_id, pattern, handover_required, created_at)
      values (${platform}, ${place}, ${scenario}, ${body.name}, ${calendar}, ${JSON.stringify(body.pattern)},
        ${body.handoverRequired}, ${new Date(context.now())})
      on conflict (platform_id, name) where retired_at is null do nothing returning id`.execute(tx);
    const roster = rows[0]?.id;
    if (roster === undefined) throw new AppError('record.exists', { what: '值班表', id: body.name });
    await saveSeats(tx, { roster, platform, place, scenario }, body.seats, context.now());
    const subject = `roster/${roster}`;
    await audit(context, tx, { action: 'roster.create', subject, after: body, place, scenario });
    return showOne(context, tx, roster);
  });
}

/**
 * Changes seats, rotas and pattern; shifts that are planned stay. Throws `record.not-found`, `access.denied`,
 * `record.changed`, `record.exists`.
 */
export async function updateRoster(
  context: RequestContext,
  { params, body }: { readonly params: { readonly id: number }; readonly body: UpdateBody },
): Promise<Roster> {
  context.authorize('roster.manage');
  const { id } = params;
  return context.transaction(async (tx) => {
    await sql`select from roster where id = ${id} for update`.execute(tx);
    const row = await loadRoster(tx, id);
    const { place, scenario, platform_id: platform } = row;
    context.authorizeRecord('roster.manage', row);
    if (row.version !== body.version) throw new AppError('record.changed');
    const calendar = body.calendar ?? row.calendar_id;
    await requireCalendar(tx, calendar);
    await requireFreeName(tx, { id, platform, name: body.name });
    const before = await showOne(context, tx, id);
    await sql`update roster set name = ${body.name}, calendar_id = ${calendar},
      pattern = ${JSON.stringify(body.pattern)}, handover_required = ${body.handoverRequired}, version = version + 1,
      retired_at = ${body.retired ? new Date(row.retired_at ?? context.now()) : null}
      where id = ${id}`.execute(tx);
    await saveSeats(tx, { roster: id, platform, place, scenario }, body.seats, context.now());
    const action = body.retired && row.retired_at === null ? 'roster.retire' : 'roster.edit';
    await audit(context, tx, { action, subject: `roster/${id}`, before, after: body, place, scenario });
    return showOne(context, tx, id);
  });
}

async function requireCalendar(tx: Tx, id: string): Promise<void> {
  if (id === DEFAULT_CALENDAR) return;
  const { rows } = await sql`select from calendar_year where calendar_id = ${id} limit 1`.execute(tx);
  if (rows.length === 0) throw new AppError('record.not-found', { what: '日历', id });
}

async function requireFreeName(
  tx: Tx,
  { id, platform, name }: { readonly id: number; readonly platform: number; readonly name: string },
): Promise<void> {
  const { rows } = await sql`select from roster
    where platform_id = ${platform} and name = ${name} and retired_at is null and id <> ${id}`.execute(tx);
  if (rows.length > 0) throw new AppError('record.exists', { what: '值班表', id: name });
}

/** Seats keep their numbers: shifts and hand-overs hang on them. One that is left out is retired. */
async function saveSeats(tx: Tx, home: Home, seats: readonly Seat[], now: number): Promise<void> {
  const held = await sql<{ id: number }>`select id from roster_seat
    where roster_id = ${home.roster} and retired_at is null`.execute(tx);
  const known = new Set(held.rows.map((row) => row.id));
  const strange = seats.find((seat) => seat.id !== undefined && !known.has(seat.id));
  if (strange) throw new AppError('record.not-found', { what: '席位', id: strange.id });
  const names = new Set(seats.map((seat) => seat.name));
  const ids = seats.flatMap((seat) => (seat.id === undefined ? [] : [seat.id]));
  if (names.size < seats.length || new Set(ids).size < ids.length) {
    throw new AppError('input.invalid', { issues: 'seats 有重名或重复的席位' });
  }
  // Looked up before the rotas are emptied: who stands in one may stay there, having left meanwhile.
  const rotas: { readonly own: readonly string[]; readonly holiday: readonly string[] }[] = [];
  for (const { rota, holidayRota } of seats) {
    const own = await findPeople(tx, home, rota);
    rotas.push({ own, holiday: await findPeople(tx, home, holidayRota ?? []) });
  }
  await sql`update roster_seat set retired_at = ${new Date(now)}
    where roster_id = ${home.roster} and retired_at is null and id <> all(${ids}::int[])`.execute(tx);
  await sql`delete from roster_member where seat_id = any(${[...known]}::int[])`.execute(tx);
  for (const [position, seat] of seats.entries()) {
    const id = await saveSeat(tx, home, seat, position);
    await saveRota(tx, home, id, { forHolidays: false, keys: rotas[position]?.own ?? [] });
    await saveRota(tx, home, id, { forHolidays: true, keys: rotas[position]?.holiday ?? [] });
  }
}

async function saveSeat(tx: Tx, home: Home, seat: Seat, position: number): Promise<number> {
  const own = seat.holidayRota !== null;
  const { roster, place, scenario } = home;
  const { rows } =
    seat.id === undefined
      ? await sql<{ id: number }>`
          insert into roster_seat (roster_id, place, scenario, position, name, turn, own_holiday_rota)
          values (${roster}, ${place}, ${scenario}, ${position}, ${seat.name}, ${seat.turn}, ${own})
          returning id`.execute(tx)
      : await sql<{ id: number }>`
          update roster_seat set position = ${position}, name = ${seat.name}, turn = ${seat.turn},
            own_holiday_rota = ${own} where id = ${seat.id} returning id`.execute(tx);
  const id = rows[0]?.id;
  if (id === undefined) throw new Error(`seat ${seat.name} was not written`);
  return id;
}

async function saveRota(
  tx: Tx,
  home: Home,
  seat: number,
  { forHolidays, keys }: { readonly forHolidays: boolean; readonly keys: readonly string[] },
): Promise<void> {
  if (keys.length === 0) return;
  const rows = keys.map((key, position) => ({ position, ...columnsOf(key) }));
  await sql`insert into roster_member (seat_id, place, scenario, for_holidays, position, account_id, contact_id)
    select ${seat}, ${home.place}, ${home.scenario}, ${forHolidays}, position, account_id, contact_id
    from ${recordset(rows, sql`r(position int2, account_id int, contact_id int)`)}`.execute(tx);
}
