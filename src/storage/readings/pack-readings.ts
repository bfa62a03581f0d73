import { type Kysely, sql } from 'kysely';

import {
  dropPartition,
  keepReplayedOnly,
  lockPartitions,
  type Partition,
  unpackedPartitions,
} from '../monitoring/partitions.ts';
import type { Database } from '../tables/database.ts';
import { putIntoChunks } from './chunk-store.ts';
import { isOnlyPacker } from './only-packer.ts';
import { type HotGroup, hotColumns, hotGroups, REPLAYED } from './hot-rows.ts';
import { lastOfEachMoment } from './reading-columns.ts';
import { markTouched, type TouchedPage, touchedPages } from './rolled-pages.ts';

/** As much as this is packed together (bytes of partitions): the more, the less often the last chunks are written anew. */
const TOGETHER = 256 * 2 ** 20;
/** Bytes of rows fetched at a time. */
const FETCH = 4_000_000;
const FETCH_MOST = 500;

/** What was packed at one go. */
export interface Packed {
  readonly partitions: number;
  readonly readings: number;
}

/** How packing goes about it. */
export interface PackManner {
  /** Waits until the oldest partition has been closed since then (epoch ms), to pack more together. */
  readonly ripe?: number;
  /** Called between two bites of work with the time the last one took (ms). */
  readonly rest?: (ms: number) => Promise<void>;
}

/**
 * Moves the live readings of the oldest partitions that closed before `before` (epoch ms) into chunks, in one transaction:
 * whenever it is cut off, the readings are in the partitions as they were, or in the chunks. Rows of replays stay where they
 * are until their time is over. Gives undefined when nothing is left to pack, or another process packs.
 */
export async function packReadings(
  db: Kysely<Database>,
  before: number,
  manner: PackManner = {},
): Promise<Packed | undefined> {
  const done = await db.transaction().execute(async (tx) => {
    if (!(await isOnlyPacker(tx))) return undefined;
    const unit = await nextUnit(tx, before);
    const [oldest] = unit;
    if (!oldest || oldest.to > (manner.ripe ?? before)) return undefined;
    return { unit, readings: await packUnit(tx, unit, manner), bare: await emptyPartitions(tx, unit) };
  });
  if (!done) return undefined;
  // Dropping needs the whole table for a moment. What does not get it is found empty by the next round.
  for (const partition of done.bare) {
    await db.transaction().execute(async (tx) => {
      if (await isOnlyPacker(tx)) await dropPartition(tx, partition);
    });
  }
  return { partitions: done.unit.length, readings: done.readings };
}

/** The oldest partitions, up to a bound of size. What a restart has yet to absorb stays hot. */
async function nextUnit(db: Kysely<Database>, before: number): Promise<readonly Partition[]> {
  const { flushed_to: mark } = await db
    .selectFrom('ingest_mark')
    .select('flushed_to')
    .executeTakeFirstOrThrow();
  const { rows } = await sql`select from reading where received_at > (select flushed_to from ingest_mark)
    and received_at < ${new Date(before)} limit 1`.execute(db);
  const unit: Partition[] = [];
  let bytes = 0;
  for (const partition of await unpackedPartitions(db, rows.length > 0 ? Math.min(before, mark) : before)) {
    bytes += partition.bytes;
    if (unit.length > 0 && bytes > TOGETHER) break;
    unit.push(partition);
  }
  return unit;
}

/** Reads the rows point by point; gives their number. */
async function packUnit(
  tx: Kysely<Database>,
  unit: readonly Partition[],
  { rest }: PackManner,
): Promise<number> {
  const from = new Date(unit[0]?.from ?? 0);
  const to = new Date(unit.at(-1)?.to ?? 0);
  // Sorting by point is what takes the memory.
  await sql`set local work_mem = '64MB'`.execute(tx);
  const rows = hotGroups(sql`received_at >= ${from} and received_at < ${to} and source < ${REPLAYED}`);
  await sql`declare unpacked cursor for ${rows}`.execute(tx);
  let packed = 0;
  const touched: TouchedPage[] = [];
  for (let next = 1; ;) {
    const began = performance.now();
    const { rows: groups } = await sql<HotGroup>`fetch ${sql.lit(next)} from unpacked`.execute(tx);
    if (groups.length === 0) break;
    const all = groups.map(({ point, rows }) => ({ point, rows: lastOfEachMoment(hotColumns(rows)) }));
    await putIntoChunks(tx, all);
    for (const { point, rows } of all) touched.push(...touchedPages(point, rows));
    const bytes = groups.reduce((sum, group) => sum + group.rows.length, 0);
    packed += all.reduce((sum, one) => sum + one.rows.length, 0);
    next = Math.min(FETCH_MOST, Math.max(1, Math.floor((FETCH * groups.length) / bytes)));
    await rest?.(performance.now() - began);
  }
  await sql`close unpacked`.execute(tx);
  await markTouched(tx, touched);
  return packed;
}

/**
 * Takes the packed rows out, by truncating where nothing else is left; gives those partitions. Others wait for a truncated
 * partition until the commit, and never for the whole table.
 */
async function emptyPartitions(
  tx: Kysely<Database>,
  unit: readonly Partition[],
): Promise<readonly Partition[]> {
  const bare: Partition[] = [];
  for (const partition of unit) if (!(await keepReplayedOnly(tx, partition))) bare.push(partition);
  const filled = bare.filter(({ bytes }) => bytes > 0);
  await lockPartitions(tx, filled);
  if (filled.length > 0)
    await sql`truncate ${sql.join(filled.map(({ name }) => sql.table(name)))}`.execute(tx);
  return bare;
}
