import type { Tx } from '#storage';
import { sql } from 'kysely';

import { dayOf, dayStart } from '../day-figures.ts';
import { expectedReadings } from './expected-readings.ts';

const DAY_MS = 86_400_000;
/** Further back than this nothing is made up for. */
const MOST_DAYS = 31;

/**
 * Writes down what was expected of each point on the days that are over, so that a period that changes later does not change the
 * past. `now` is epoch ms.
 */
export async function closeDays(tx: Tx, now: number): Promise<void> {
  const closed = await tx.selectFrom('point_day_closed').select('day').executeTakeFirst();
  const yesterday = dayStart(now) - DAY_MS;
  if (closed && closed.day >= dayOf(yesterday)) return;
  const open = Array.from({ length: MOST_DAYS }, (_, i) => dayOf(yesterday - i * DAY_MS));
  const days = closed ? open.filter((day) => day > closed.day) : open.slice(0, 1);
  for (const day of days) {
    const date = sql`${day}::date`;
    await sql`insert into point_day as d (day, point_id, expected)
      select ${date}, p.id, ${expectedReadings(date, now)}
      from point p join element e on e.code = p.element_code
      where p.created_at < (${date}::timestamp + interval '1 day') at time zone 'Asia/Shanghai'
      on conflict (day, point_id) do update set expected = excluded.expected`.execute(tx);
  }
  await sql`insert into point_day_closed (day) values (${dayOf(yesterday)}::date)
    on conflict (id) do update set day = excluded.day`.execute(tx);
}
