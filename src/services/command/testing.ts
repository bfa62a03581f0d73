import { fromBeijing } from '#base';
import type { Roster } from '#contract/command';
import { commandRoutes } from '#contract/command';
import type { RequestContext } from '#services/context';
import { sql } from 'kysely';

import { type House, openHouse } from '../platform/testing.ts';
import { createRoster, generateShifts, loadHolidays } from './index.ts';

export const HOUR = 3_600_000;
export const MINUTE = 60_000;

/** A house with the calendar, on Friday 20 November 2026 at nine in the morning. */
export async function openWatchHouse(): Promise<House> {
  const house = await openHouse();
  await loadHolidays(house.system);
  return house;
}

/** Beijing time in November 2026. */
export const november = (day: number, hour = 0, minute = 0): number =>
  fromBeijing(2026, 11, day, hour * HOUR + minute * MINUTE);

const TWELVES = [
  { from: '08:30', to: '20:30' },
  { from: '20:30', to: '08:30' },
];

/** A roster of the flood platform with one seat, round the clock. */
export function makeRoster(
  context: RequestContext,
  given: {
    readonly name: string;
    readonly platform?: string;
    readonly seats: readonly { readonly name: string; readonly rota: readonly object[] }[];
    readonly handoverRequired?: boolean;
  },
): Promise<Roster> {
  const body = commandRoutes.createRoster.body.parse({
    platform: 'FLOOD',
    pattern: { workday: TWELVES },
    ...given,
  });
  return createRoster(context, { body });
}

export function generate(context: RequestContext, id: number, given: object) {
  const body = commandRoutes.generateShifts.body.parse(given);
  return generateShifts(context, { params: { id }, body });
}

/** Shifts of a roster as they stand, by name of the holder. */
export async function standing(house: House, roster: number): Promise<readonly [number, string, string][]> {
  const { rows } = await sql<{ from_at: number; name: string; status: string }>`
    select s.from_at, coalesce(a.username, c.name) as name, s.status from duty_shift s
    left join account a on a.id = s.account_id left join contact c on c.id = s.contact_id
    where s.roster_id = ${roster} and s.status <> 'cancelled' order by s.seat_id, s.from_at`.execute(
    house.db.storage.system,
  );
  return rows.map((row) => [row.from_at, row.name, row.status]);
}

/** Somebody becomes somebody's deputy for a time. */
export async function delegate(
  house: House,
  given: { readonly principal: string; readonly deputy: string; readonly from: number; readonly to: number },
): Promise<void> {
  await sql`insert into delegation (principal_id, deputy_id, place, scenario, from_at, to_at, reason, arranged_by, arranged_at)
    select p.id, d.id, p.place, p.scenario, ${new Date(given.from)}, ${new Date(given.to)}, '休假', 'test',
      ${new Date(given.from)}
    from account p, account d where p.username = ${given.principal} and d.username = ${given.deputy}`.execute(
    house.db.storage.system,
  );
}
