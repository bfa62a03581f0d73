import type { Database } from '#storage';
import { type Kysely, sql } from 'kysely';

import type { ServiceSpan } from '../reading-checks.ts';

const DAY_MS = 86_400_000;

/** Windows by point, of a device or an object by each of its points, one without an end to infinity: those that are not over since a day, for what comes late. `now` is epoch ms. */
export async function loadServiceWindows(
  db: Kysely<Database>,
  now: number,
): Promise<ReadonlyMap<number, readonly ServiceSpan[]>> {
  const { rows } = await sql<{ point: number } & ServiceSpan>`
    select point_id as point, extract(epoch from from_at)::float8 * 1000 as from, extract(epoch from to_at)::float8 * 1000 as to
    from serviced_point where to_at > ${new Date(now - DAY_MS)}`.execute(db);
  return Map.groupBy(rows, ({ point }) => point);
}
