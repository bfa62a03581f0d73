import { sealPhone, type SystemContext } from '#services/context';
import { recordset, type Tx } from '#storage';
import { dayNumber, planShifts } from '#workflow';
import { sql } from 'kysely';

import { DEFAULT_CALENDAR } from './calendar/load-holidays.ts';
import { loadCalendar } from './calendar/load-calendar.ts';
import { dayText } from './moment-text.ts';
import { columnsOf } from './people.ts';
import { loadRosters, membersOf, type RosterRow } from './roster/roster-view.ts';
import { loadSeatState } from './roster/seat-state.ts';
import { SAMPLE_CONTACTS, SAMPLE_ROSTERS, SAMPLE_STORE, type SampleRoster } from './sample-contacts.ts';

const DAY_MS = 86_400_000;
/** So far the sample rosters are planned; they are planned on when less than half of it is left. */
const AHEAD_DAYS = 28;
const TWELVES = [
  { name: '白班', from: '08:30', to: '20:30' },
  { name: '夜班', from: '20:30', to: '08:30' },
];

/**
 * Contacts, a store and two rosters to try the system with. What is there already is left alone, but the shifts are planned on,
 * so that somebody is on duty whenever the demonstration is started.
 */
export async function openSampleDuty(context: SystemContext): Promise<void> {
  await context.transaction(async (tx) => {
    for (const contact of SAMPLE_CONTACTS) await openContact(context, tx, contact);
    await openStore(tx);
    for (const roster of SAMPLE_ROSTERS) {
      await openRoster(context, tx, roster);
      const [row] = await loadRosters(
        tx,
        sql`where r.name = ${roster.name} and r.retired_at is null
          and r.platform_id = (select id from platform where code = ${roster.platform})`,
      );
      if (row) await planOn(tx, row, context.now());
    }
  });
}

async function openContact(
  context: SystemContext,
  tx: Tx,
  { platform, name, unit, title, phone, isPublic, tags }: (typeof SAMPLE_CONTACTS)[number],
): Promise<void> {
  const { phone_sealed: sealed, phone_masked: masked } = sealPhone(context.vault, phone);
  await sql`
    insert into contact (platform_id, place, scenario, name, unit, title, phone_sealed, phone_masked, phone_public, tags,
      simulated)
    select p.id, p.place, p.scenario, ${name}, ${unit}, ${title}, ${sealed}, ${isPublic ? phone : masked}, ${isPublic},
      ${[...tags]}, ${!isPublic}
    from platform p where p.code = ${platform}
      and not exists (select from contact c where c.platform_id = p.id and c.name = ${name})`.execute(tx);
}

async function openStore(tx: Tx): Promise<void> {
  const { platform, name, address, lat, lon, keeper, items } = SAMPLE_STORE;
  await sql`
    insert into emergency_store (platform_id, place, scenario, name, address, lat, lon, keeper_id, items, simulated)
    select p.id, p.place, p.scenario, ${name}, ${address}, ${lat}, ${lon},
      (select c.id from contact c where c.platform_id = p.id and c.name = ${keeper}), ${JSON.stringify(items)}, true
    from platform p where p.code = ${platform}
      and not exists (select from emergency_store e where e.platform_id = p.id and e.name = ${name})`.execute(
    tx,
  );
}

async function openRoster(context: SystemContext, tx: Tx, roster: SampleRoster): Promise<void> {
  const pattern = JSON.stringify({ workday: TWELVES, holiday: null });
  const { rows } = await sql<{ id: number }>`
    insert into roster (platform_id, place, scenario, name, calendar_id, pattern, created_at)
    select p.id, p.place, p.scenario, ${roster.name}, ${DEFAULT_CALENDAR}, ${pattern}, ${new Date(context.now())}
    from platform p where p.code = ${roster.platform}
      and not exists (select from roster r where r.platform_id = p.id and r.name = ${roster.name})
    returning id`.execute(tx);
  const id = rows[0]?.id;
  if (id === undefined) return;
  for (const [position, seat] of roster.seats.entries()) {
    const { rows: seats } = await sql<{ id: number }>`
      insert into roster_seat (roster_id, place, scenario, position, name, turn, own_holiday_rota)
      select r.id, r.place, r.scenario, ${position}, ${seat.name}, ${seat.turn}, false from roster r where r.id = ${id}
      returning id`.execute(tx);
    const holders = seat.rota.map((holder, order) => ({ order, ...holder }));
    await sql`
      insert into roster_member (seat_id, place, scenario, for_holidays, position, account_id, contact_id)
      select ${seats[0]?.id}, r.place, r.scenario, false, h."order", a.id, c.id
      from ${recordset(holders, sql`h("order" int2, username text, contact text)`)}
      join roster r on r.id = ${id}
      left join account a on a.username = h.username
      left join contact c on c.name = h.contact and c.platform_id = r.platform_id
      where a.id is not null or c.id is not null`.execute(tx);
  }
}

async function planOn(tx: Tx, roster: RosterRow, now: number): Promise<void> {
  if ((roster.planned_to ?? 0) > now + (AHEAD_DAYS / 2) * DAY_MS) return;
  // From yesterday: its night shift is still on in the morning.
  const stretch = { from: now - DAY_MS, to: now + AHEAD_DAYS * DAY_MS };
  const states = await loadSeatState(tx, roster, { stretch, replaceAfter: null });
  const { calendar } = await loadCalendar(tx, roster.calendar_id, {
    from: dayText(stretch.from),
    to: dayText(stretch.to),
  });
  const rows = roster.seats.flatMap((seat) => {
    const state = states.get(seat.id);
    return planShifts({
      pattern: roster.pattern,
      calendar,
      seat: { turn: seat.turn, rota: membersOf(seat, false), holidayRota: null },
      fromDay: dayNumber(stretch.from),
      toDay: dayNumber(stretch.to),
      last: state?.last ?? { usual: null, dayOff: null },
      kept: state?.kept ?? [],
    }).map(({ person, ...shift }) => ({ seat: seat.id, ...shift, ...columnsOf(person) }));
  });
  await sql`
    insert into duty_shift (roster_id, seat_id, place, scenario, from_at, to_at, account_id, contact_id, status, day_off)
    select ${roster.id}, seat, ${roster.place}, ${roster.scenario}, to_timestamp("from" / 1000.0),
      to_timestamp("to" / 1000.0), account_id, contact_id, 'planned', "dayOff"
    from ${recordset(
      rows,
      sql`r(seat int, "from" float8, "to" float8, "dayOff" boolean, account_id int, contact_id int)`,
    )}`.execute(tx);
}
