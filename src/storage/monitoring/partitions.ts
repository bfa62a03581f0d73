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

const REPLAY_SOURCE = 16;
const CLEANED = 'live readings only';

/**
 * Replayed rows (回放) are no record of Pudong: they are removed from partitions that closed before `before` (epoch ms).
 * A partition with nothing else goes as a whole. One partition a call, so that ingest is never held; true while there
 * may be more.
 */
export async function forgetReplayedReadings(db: Kysely<Database>, before: number): Promise<boolean> {
  const last = `reading_${new Date(before - WIDTH_MS).toISOString().slice(0, 16).replaceAll(/[-T:]/gu, '')}`;
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'reading'::regclass and c.relname < ${last}
      and obj_description(c.oid, 'pg_class') is distinct from ${CLEANED}
    order by c.relname limit 1`.execute(db);
  const name = rows[0]?.name;
  if (name === undefined) return false;
  const table = sql.table(name);
  const live = await sql`select from ${table} where source < ${REPLAY_SOURCE} limit 1`.execute(db);
  if (live.rows.length === 0) {
    await sql`drop table ${table}`.execute(db);
    return true;
  }
  await sql`delete from ${table} where source >= ${REPLAY_SOURCE}`.execute(db);
  await sql.raw(`vacuum analyze ${name}`).execute(db);
  await sql.raw(`comment on table ${name} is '${CLEANED}'`).execute(db);
  return true;
}
