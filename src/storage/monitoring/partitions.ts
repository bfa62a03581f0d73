import { type Kysely, sql } from 'kysely';

import type { Database } from '../tables/database.ts';

const WIDTH_MS = 15 * 60_000;
const AHEAD = 5;

/**
 * Makes the hot partitions of receiving time that will be written next: the present quarter of an hour and those of
 * the coming hour. BRIN on the device's time serves the search for late and repeated rows.
 */
export async function ensureReadingPartitions(db: Kysely<Database>, now: number): Promise<void> {
  const first = Math.floor(now / WIDTH_MS) * WIDTH_MS;
  for (let i = 0; i < AHEAD; i += 1) {
    const from = new Date(first + i * WIDTH_MS).toISOString();
    const to = new Date(first + (i + 1) * WIDTH_MS).toISOString();
    const name = `reading_${from.slice(0, 16).replaceAll(/[-T:]/gu, '')}`;
    // Names and bounds come from our clock, never from outside.
    await sql
      .raw(
        `create table if not exists ${name} partition of reading for values from ('${from}') to ('${to}')
           with (autovacuum_enabled = off);
         create index if not exists ${name}_observed on ${name} using brin (observed_at) with (pages_per_range = 32, autosummarize = on)`,
      )
      .execute(db);
  }
}
