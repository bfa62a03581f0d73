import { isSuspect } from '#model/monitoring';
import { type Kysely, sql } from 'kysely';

import type { Database } from '../tables/database.ts';
import { decodeChunk } from './chunk-codec.ts';
import { type HistoryAsk, hotCondition, moment, readHot } from './hot-rows.ts';
import { emptyColumns, firstAt, mergeColumns, type ReadingColumns, sliceColumns } from './reading-columns.ts';

/** Readings per point, in the order of their moments; points without any are not there. */
export type History = ReadonlyMap<number, ReadingColumns>;

/** A stretch of a long history. */
export interface HistoryWindow {
  readonly from: number;
  /** The first moment that is no longer in it. */
  readonly to: number;
  readonly readings: History;
}

/**
 * The readings of these points in this time, packed and hot as one: in the order of their moments, each moment once, the
 * newest arrival counting. The columns may share memory. All of it is held at once (27 B a reading): for long times over
 * many points use {@link walkHistory}.
 *
 * Hot rows are asked for before the chunks: what is packed in between is then seen twice and merged, never missed.
 * So it must not run in a transaction of one snapshot (`repeatable read`).
 */
export async function readHistory(db: Kysely<Database>, ask: HistoryAsk): Promise<History> {
  if (ask.points.length === 0 || ask.to <= ask.from) return new Map();
  const hot = await readHot(db, ask);
  return withPacked(db, ask, hot);
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
  // Windows lie at multiples of their length after `from`; what is before the first reading is skipped.
  const first = ask.from + Math.floor(Math.max(0, span.first - ask.from) / windowMs) * windowMs;
  const end = Math.min(ask.to, span.last + 1);
  for (let from = first; from < end; from += windowMs) {
    const window = { ...ask, from, to: Math.min(from + windowMs, ask.to) };
    const isHot = span.hot.has(Math.floor((from - ask.from) / windowMs));
    const readings = await withPacked(db, window, isHot ? await readHot(db, window) : new Map());
    if (readings.size > 0) yield { from, to: window.to, readings };
  }
}

interface Span {
  readonly first: number;
  readonly last: number;
  /** Numbers of the windows in which rows lie that are not packed yet. */
  readonly hot: ReadonlySet<number>;
}

/** Where there is anything: the search for hot rows runs once, not once a window. */
async function spanOf(
  db: Kysely<Database>,
  ask: HistoryAsk & { readonly windowMs: number },
): Promise<Span | undefined> {
  if (ask.points.length === 0 || ask.to <= ask.from) return undefined;
  const { rows: hot } = await sql<{ first: number; last: number }>`
    select min(at) as first, max(at) as last from (
      select extract(epoch from observed_at)::float8 * 1000 as at from reading where ${hotCondition(ask)}) r
    group by floor((at - ${ask.from}::float8) / ${ask.windowMs}::float8)`.execute(db);
  const { rows: packed } = await sql<{ first: number | null; last: number | null }>`
    select extract(epoch from min(from_at))::float8 * 1000 as first, extract(epoch from max(to_at))::float8 * 1000 as last
    from reading_chunk where ${packedCondition(ask)}`.execute(db);
  const marks = [...hot, ...packed].flatMap(({ first, last }) =>
    first === null || last === null ? [] : [Math.round(first), Math.round(last)],
  );
  if (marks.length === 0) return undefined;
  return {
    first: marks.reduce((a, b) => Math.min(a, b)),
    last: marks.reduce((a, b) => Math.max(a, b)),
    hot: new Set(hot.map(({ first }) => Math.floor((Math.round(first) - ask.from) / ask.windowMs))),
  };
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
    }
    n += 1;
  }
  return sliceColumns(columns, 0, n);
}
