import { isSuspect } from '#model/monitoring';
import { type Kysely, sql } from 'kysely';

import type { Database } from '../tables/database.ts';
import { decodeChunk } from './chunk-codec.ts';
import { correctColumns, type Corrections, loadCorrections } from './corrections.ts';
import { EARLIEST, type HistoryAsk, hotCondition, moment, readHot } from './hot-rows.ts';
import { emptyColumns, firstAt, mergeColumns, type ReadingColumns, sliceColumns } from './reading-columns.ts';

/** Readings per point, in the order of their moments; points without any are not there. */
export type History = ReadonlyMap<number, ReadingColumns>;

/** A stretch of a long history. */
export interface HistoryWindow {
  readonly from: number;
  /** The first moment that is no longer in it. */
  readonly to: number;
  readonly readings: History;
  /** No reading of the whole walk lies before or after; the ends themselves may be those of a chunk that reaches out. */
  readonly first: number;
  readonly last: number;
}

/**
 * The readings of these points in this time, packed and hot as one: in the order of their moments, each moment once, the
 * newest arrival counting, and as people have corrected them (数据修正) unless asked for as sent. This is the one place
 * where corrections take effect. The columns may share memory. All of it is held at once (27 B a reading): for long times over
 * many points use {@link walkHistory}.
 *
 * Hot rows are asked for before the chunks: what is packed in between is then seen twice and merged, never missed.
 * So it must not run in a transaction of one snapshot (`repeatable read`).
 */
export async function readHistory(db: Kysely<Database>, ask: HistoryAsk): Promise<History> {
  if (ask.points.length === 0 || ask.to <= ask.from) return new Map();
  const hot = await readHot(db, ask);
  return shown(await withPacked(db, ask, hot), ask, await correctionsOf(db, ask));
}

/**
 * The same, one stretch of `windowMs` after the other, so that memory holds one of them. Stretches without a reading are left
 * out. Late readings that arrive while it runs may be missing.
 */
export async function* walkHistory(
  db: Kysely<Database>,
  ask: HistoryAsk & { readonly windowMs: number },
): AsyncGenerator<HistoryWindow> {
  const { windowMs } = ask;
  const span = await spanOf(db, ask);
  if (!span) return;
  const { origin, first, last } = span;
  const corrections = await correctionsOf(db, ask);
  for (let n = Math.floor((first - origin) / windowMs); origin + n * windowMs <= last; n += 1) {
    const from = Math.max(ask.from, origin + n * windowMs);
    const window = { ...ask, from, to: Math.min(origin + (n + 1) * windowMs, ask.to) };
    const hot = span.hot.has(n) ? await readHot(db, window) : new Map();
    const readings = shown(await withPacked(db, window, hot), window, corrections);
    if (readings.size > 0) yield { from, to: window.to, readings, first, last };
  }
}

interface Span {
  readonly first: number;
  readonly last: number;
  /** Where the windows are counted from: the beginning that was asked for, or of time. */
  readonly origin: number;
  /** Numbers of the windows in which rows lie that are not packed yet. */
  readonly hot: ReadonlySet<number>;
}

/** Where there is anything: the search for hot rows runs once, not once a window. */
async function spanOf(
  db: Kysely<Database>,
  ask: HistoryAsk & { readonly windowMs: number },
): Promise<Span | undefined> {
  if (ask.points.length === 0 || ask.to <= ask.from) return undefined;
  const origin = Math.max(ask.from, EARLIEST);
  const { rows: hot } =
    await sql<Ends>`select min(observed_at) as first, max(observed_at) as last from reading
    where ${hotCondition(ask)}
    group by date_bin(make_interval(secs => ${ask.windowMs / 1000}), observed_at, ${moment(origin)})`.execute(
      db,
    );
  const { rows: packed } = await sql<Ends>`select min(from_at) as first, max(to_at) as last from reading_chunk
    where ${packedCondition(ask)} and ${ask.rows !== 'replayed'}`.execute(db);
  const ends = [...hot, ...packed].flatMap(({ first, last }) =>
    first === null || last === null ? [] : [{ first, last }],
  );
  if (ends.length === 0) return undefined;
  return {
    first: Math.max(
      ask.from,
      ends.reduce((least, { first }) => Math.min(least, first), Number.POSITIVE_INFINITY),
    ),
    last: Math.min(
      ask.to - 1,
      ends.reduce((most, { last }) => Math.max(most, last), Number.NEGATIVE_INFINITY),
    ),
    origin,
    hot: new Set(hot.map(({ first }) => Math.floor(((first ?? 0) - origin) / ask.windowMs))),
  };
}

/** Epoch ms; null where there is nothing. */
interface Ends {
  readonly first: number | null;
  readonly last: number | null;
}

/**
 * The first `most` readings of one point in this time, or all when there are fewer: of a long time only as much is unpacked
 * as it takes.
 */
export async function readFirst(
  db: Kysely<Database>,
  ask: HistoryAsk & { readonly points: readonly [number] },
  most: number,
): Promise<ReadingColumns> {
  const { rows } = await sql<{ end: number }>`select to_at as "end" from (
      select to_at, sum(n) over (order by to_at) as n from reading_chunk where ${packedCondition(ask)} and from_at >= ${moment(ask.from)}
    ) c where n >= ${most} order by to_at limit 1`.execute(db);
  // Chunks that lie wholly in the time hold enough up to here, with whatever is hot beside them.
  const to = Math.min(ask.to, (rows[0]?.end ?? Number.POSITIVE_INFINITY) + 1);
  const found = (await readHistory(db, { ...ask, to })).get(ask.points[0]) ?? emptyColumns(0);
  return sliceColumns(found, 0, Math.min(most, found.length));
}

/** The last `most` readings of one point in this time, oldest first, or all when there are fewer. */
export async function readLast(
  db: Kysely<Database>,
  ask: HistoryAsk & { readonly points: readonly [number] },
  most: number,
): Promise<ReadingColumns> {
  const { rows } = await sql<{ begin: number }>`select from_at as "begin" from (
      select from_at, sum(n) over (order by to_at desc) as n from reading_chunk where ${packedCondition(ask)} and to_at < ${moment(ask.to)}
    ) c where n >= ${most} order by from_at desc limit 1`.execute(db);
  const from = Math.max(ask.from, rows[0]?.begin ?? Number.NEGATIVE_INFINITY);
  const found = (await readHistory(db, { ...ask, from })).get(ask.points[0]) ?? emptyColumns(0);
  return sliceColumns(found, Math.max(0, found.length - most), found.length);
}

/** What the chunks of this time hold, those that reach out of it as a whole; moments in epoch ms. */
export async function measurePacked(
  db: Kysely<Database>,
  ask: HistoryAsk,
): Promise<{ readonly n: number; readonly first: number; readonly last: number }> {
  const { rows } = await sql<Ends & { n: number }>`select coalesce(sum(n), 0)::float8 as n,
    min(from_at) as first, max(to_at) as last from reading_chunk where ${packedCondition(ask)}`.execute(db);
  const { n = 0, first, last } = rows[0] ?? {};
  return { n, first: first ?? ask.from, last: last ?? ask.from };
}

/** How many rows of this time are not packed yet; repetitions count. */
export async function countHot(db: Kysely<Database>, ask: HistoryAsk): Promise<number> {
  const { rows } = await sql<{
    n: number;
  }>`select count(*) as n from reading where ${hotCondition(ask)}`.execute(db);
  return rows[0]?.n ?? 0;
}

const packedCondition = ({ points, from, to }: HistoryAsk) =>
  sql`point_id = any(${[...points]}::int[]) and to_at >= ${moment(from)} and from_at < ${moment(to)}`;

interface ChunkRow {
  readonly point: number;
  readonly n: number;
  readonly bytes: Uint8Array;
}

async function withPacked(db: Kysely<Database>, ask: HistoryAsk, hot: History): Promise<History> {
  if (ask.rows === 'replayed') return hot;
  const { rows } = await sql<ChunkRow>`select point_id as point, n, bytes from reading_chunk
    where ${packedCondition(ask)} order by point_id, to_at`.execute(db);
  const packed = unpack(rows, ask);
  for (const [point, columns] of hot) {
    const older = packed.get(point);
    packed.set(point, older ? mergeColumns(older, columns) : columns);
  }
  return packed;
}

const NOBODY: Corrections = new Map();

async function correctionsOf(db: Kysely<Database>, ask: HistoryAsk): Promise<Corrections> {
  return ask.asSent === true || ask.rows === 'replayed' ? NOBODY : loadCorrections(db, ask);
}

/** The readings of one point in this time where its hot rows and the corrections are known already; undefined where there is none. */
export async function readOver(
  db: Kysely<Database>,
  ask: HistoryAsk,
  { hot, corrections }: { readonly hot: ReadingColumns; readonly corrections: Corrections },
): Promise<ReadingColumns | undefined> {
  const [point = 0] = ask.points;
  const stored = await withPacked(db, ask, hot.length > 0 ? new Map([[point, hot]]) : new Map());
  return shown(stored, ask, corrections).get(point);
}

/** What was stored, as it is to be seen now. */
function shown(stored: History, ask: HistoryAsk, corrections: Corrections): History {
  if (corrections.size === 0) return stored;
  const seen = new Map<number, ReadingColumns>();
  for (const [point, columns] of stored) {
    const corrected = correctColumns(columns, corrections.get(point));
    // What a person has declared bad is believed no longer.
    const kept = ask.believed === true && corrected !== columns ? withoutSuspect(corrected) : corrected;
    if (kept.length > 0) seen.set(point, kept);
  }
  return seen;
}

/** Chunks of a point do not overlap: one after the other they are in the order of time. */
function unpack(rows: readonly ChunkRow[], ask: HistoryAsk): Map<number, ReadingColumns> {
  const all = emptyColumns(rows.reduce((sum, { n }) => sum + n, 0));
  const found = new Map<number, ReadingColumns>();
  let at = 0;
  let begin = 0;
  for (const [i, { point, n, bytes }] of rows.entries()) {
    decodeChunk(bytes, n, all, at);
    at += n;
    if (rows[i + 1]?.point === point) continue;
    const whole = sliceColumns(all, begin, at);
    const asked = sliceColumns(whole, firstAt(whole, ask.from), firstAt(whole, ask.to));
    const kept = ask.believed === true ? withoutSuspect(asked) : asked;
    if (kept.length > 0) found.set(point, kept);
    begin = at;
  }
  return found;
}

/** Closes the gaps in place: the columns are our own. */
function withoutSuspect(columns: ReadingColumns): ReadingColumns {
  let n = 0;
  for (let i = 0; i < columns.length; i += 1) {
    if (isSuspect(columns.quality[i] ?? 0)) continue;
    if (n < i) {
      columns.observedAt[n] = columns.observedAt[i] ?? 0;
      columns.receivedAt[n] = columns.receivedAt[i] ?? 0;
      columns.value[n] = columns.value[i] ?? 0;
      columns.quality[n] = columns.quality[i] ?? 0;
      columns.source[n] = columns.source[i] ?? 0;
      if (columns.raw) columns.raw[n] = columns.raw[i] ?? 0;
    }
    n += 1;
  }
  return sliceColumns(columns, 0, n);
}
