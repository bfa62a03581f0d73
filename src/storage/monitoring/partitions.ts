import { setTimeout as sleep } from 'node:timers/promises';

import { type Kysely, sql } from 'kysely';

import type { Database } from '../tables/database.ts';

const WIDTH_MS = 15 * 60_000;
const AHEAD = 5;

/** A quarter of an hour of receiving time. Moments in epoch ms. */
export interface Partition {
  readonly name: string;
  readonly from: number;
  /** The first moment that is no longer in it. */
  readonly to: number;
  /** Size on disk. */
  readonly bytes: number;
}

/**
 * Makes the hot partitions of receiving time that will be written next: the present quarter of an hour and those of
 * the coming hour. BRIN on the device's time serves the search for late and repeated rows.
 */
export async function ensureReadingPartitions(db: Kysely<Database>, now: number): Promise<void> {
  const first = Math.floor(now / WIDTH_MS) * WIDTH_MS;
  for (let i = 0; i < AHEAD; i += 1) {
    const from = new Date(first + i * WIDTH_MS).toISOString();
    const to = new Date(first + (i + 1) * WIDTH_MS).toISOString();
    const name = nameOf(first + i * WIDTH_MS);
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
const LIVE_ONLY = 'live readings only';
const REPLAYED_ONLY = 'replayed readings only';

/** Partitions that closed before `before` and may still hold live readings, oldest first. */
export async function unpackedPartitions(
  db: Kysely<Database>,
  before: number,
): Promise<readonly Partition[]> {
  return closedPartitions(db, before, REPLAYED_ONLY);
}

async function closedPartitions(
  db: Kysely<Database>,
  before: number,
  not: string,
): Promise<readonly Partition[]> {
  if (!Number.isFinite(before)) return [];
  const { rows } = await sql<{ name: string; bytes: number }>`
    select c.relname as name, pg_relation_size(c.oid) as bytes
    from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'reading'::regclass and c.relname <= ${nameOf(Math.floor((before - WIDTH_MS) / WIDTH_MS) * WIDTH_MS)}
      and obj_description(c.oid, 'pg_class') is distinct from ${not}
    order by c.relname`.execute(db);
  return rows.map(({ name, bytes }) => {
    const from = startOf(name);
    return { name, from, to: from + WIDTH_MS, bytes };
  });
}

/**
 * Replayed rows (回放) are no record of Pudong: they are removed from partitions that closed before `before` (epoch ms).
 * A partition with nothing else goes as a whole. One partition a call, so that ingest is never held; true while there
 * may be more.
 */
export async function forgetReplayedReadings(db: Kysely<Database>, before: number): Promise<boolean> {
  const [partition] = await closedPartitions(db, before, LIVE_ONLY);
  if (!partition) return false;
  const table = sql.table(partition.name);
  const live = await sql`select from ${table} where source < ${REPLAY_SOURCE} limit 1`.execute(db);
  if (live.rows.length === 0)
    return db.transaction().execute((tx) => dropPartition(tx, partition, 'whatever is in it'));
  await sql`delete from ${table} where source >= ${REPLAY_SOURCE}`.execute(db);
  await sql.raw(`vacuum analyze ${partition.name}`).execute(db);
  await sql.raw(`comment on table ${partition.name} is '${LIVE_ONLY}'`).execute(db);
  return true;
}

/** Where rows of a replay lie among the live ones, takes the live ones out and gives true. */
export async function keepReplayedOnly(tx: Kysely<Database>, { name }: Partition): Promise<boolean> {
  const table = sql.table(name);
  const replayed = await sql`select from ${table} where source >= ${REPLAY_SOURCE} limit 1`.execute(tx);
  if (replayed.rows.length === 0) return false;
  await sql`delete from ${table} where source < ${REPLAY_SOURCE}`.execute(tx);
  await sql.raw(`comment on table ${name} is '${REPLAYED_ONLY}'`).execute(tx);
  return true;
}

/** Who waits for a lock holds up everybody behind, the writer of readings too: so the wait is short, and tried again. */
const LOCK_WAIT = sql`set local lock_timeout = '50ms'`;
const LOCK_TRIES = 100;
const LOCK_PAUSE_MS = 100;

/** Takes these partitions for oneself until the transaction ends. Throws when others do not let go of them. */
export async function lockPartitions(tx: Kysely<Database>, partitions: readonly Partition[]): Promise<void> {
  if (partitions.length === 0) return;
  await LOCK_WAIT.execute(tx);
  const names = sql.join(partitions.map(({ name }) => sql.table(name)));
  for (let tries = 1; ; tries += 1) {
    await sql`savepoint unlocked`.execute(tx);
    try {
      await sql`lock table ${names} in access exclusive mode`.execute(tx);
      return;
    } catch (error) {
      await sql`rollback to savepoint unlocked`.execute(tx);
      if (tries === LOCK_TRIES || !isLockTimeout(error)) throw error;
      await sleep(LOCK_PAUSE_MS);
    }
  }
}

/** Drops a partition in the caller's transaction, unless there is something in it or others read just then; gives whether it is gone. */
export async function dropPartition(
  tx: Kysely<Database>,
  { name }: Partition,
  even: 'whatever is in it' | 'only when empty' = 'only when empty',
): Promise<boolean> {
  await LOCK_WAIT.execute(tx);
  await sql`savepoint kept`.execute(tx);
  try {
    await sql`lock table only reading in access exclusive mode`.execute(tx);
    const { rows } = await sql`select from ${sql.table(name)} limit 1`.execute(tx);
    if (rows.length > 0 && even === 'only when empty') return false;
    await sql`drop table ${sql.table(name)}`.execute(tx);
    return true;
  } catch (error) {
    if (!isLockTimeout(error)) throw error;
    await sql`rollback to savepoint kept`.execute(tx);
    return false;
  }
}

/** SQLSTATE lock_not_available. */
function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '55P03';
}

/** The name says when it begins: `reading_202609230400`. */
function nameOf(from: number): string {
  return `reading_${new Date(from).toISOString().slice(0, 16).replaceAll(/[-T:]/gu, '')}`;
}

function startOf(name: string): number {
  const [year, month, day, hour, minute] = [8, 12, 14, 16, 18].map((at, i) =>
    Number(name.slice(at, at + (i === 0 ? 4 : 2))),
  );
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute);
}
