import type { Database } from '#storage';
import { type Kysely, sql } from 'kysely';

import type { ServiceSpan } from '../reading-checks.ts';

const DAY_MS = 86_400_000;

/** Windows by point, of a device by each of its points: those that are not over since a day, for what comes late. `now` is epoch ms. */
export async function loadServiceWindows(
  db: Kysely<Database>,
  now: number,
): Promise<ReadonlyMap<number, readonly ServiceSpan[]>> {
  const { rows } = await sql<{ point: number } & ServiceSpan>`
    select p.id as point, extract(epoch from w.from_at)::float8 * 1000 as from, extract(epoch from w.to_at)::float8 * 1000 as to
    from service_window w join point p on p.id = w.point_id or p.device_id = w.device_id
    where w.to_at > ${new Date(now - DAY_MS)}`.execute(db);
  return Map.groupBy(rows, ({ point }) => point);
}
