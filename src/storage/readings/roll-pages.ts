import { type Kysely, sql } from 'kysely';

import type { Database } from '../tables/database.ts';
import { loadCorrections } from './corrections.ts';
import { readOver } from './read-history.ts';
import { emptyColumns } from './reading-columns.ts';
import { encodeRollUps } from './roll-codec.ts';
import { Roller, type RollUps } from './roll-ups.ts';
import { DENSE, type PageSpan } from './rolled-pages.ts';

/** Pages made in one transaction: their rows are held for as long. */
const AT_ONCE = 50;

interface StalePage extends PageSpan {
  readonly n: number;
  readonly kept: boolean;
  /** Its readings are not kept one by one any more. */
  readonly isPast: boolean;
}

/**
 * Makes stale roll-ups anew whose time ended before `before` (epoch ms); a page that is still being filled is summed up by those
 * who ask. Gives how many pages it has looked at; fewer than fifty means that nothing is left.
 */
export async function rollPages(
  db: Kysely<Database>,
  before: number,
): Promise<{ readonly pages: number; readonly isAll: boolean }> {
  const pages = await db.transaction().execute(async (tx) => {
    // Taken first, read after: what is packed or corrected from here on waits, and says stale again.
    const { rows } =
      await sql<StalePage>`select point_id as point, seconds, from_at as "from", to_at as "to", n, kept,
        to_at <= (select kept_from from reading_horizon) as "isPast"
      from rolled_page where stale and to_at <= ${new Date(before)} order by to_at limit ${AT_ONCE} for update skip locked`.execute(
        tx,
      );
    for (const page of rows) await rollPage(tx, page);
    return rows.length;
  });
  return { pages, isAll: pages < AT_ONCE };
}

async function rollPage(tx: Kysely<Database>, page: StalePage): Promise<void> {
  const { point, seconds, from, to } = page;
  const ask = { points: [point], from, to };
  const columns = await readOver(tx, ask, {
    hot: emptyColumns(0),
    corrections: await loadCorrections(tx, ask),
  });
  const roller = new Roller(seconds * 1000);
  if (columns) roller.add(columns);
  const rolled = roller.done();
  const own = sql`point_id = ${point} and seconds = ${seconds} and from_at = ${new Date(from)}`;
  // Whoever marked it came too late: its readings are gone, what they came to is not.
  if (page.isPast && rolled.length < page.n)
    await sql`update rolled_page set stale = false where ${own}`.execute(tx);
  else if (isWorthKeeping(rolled, columns?.length ?? 0, page))
    await sql`update rolled_page set n = ${rolled.length}, bytes = ${Buffer.from(encodeRollUps(rolled))}, stale = false
      where ${own}`.execute(tx);
  else await sql`delete from rolled_page where ${own}`.execute(tx);
}

function isWorthKeeping(rolled: RollUps, readings: number, { kept }: StalePage): boolean {
  return rolled.length > 0 && (kept || readings >= DENSE * rolled.length);
}
