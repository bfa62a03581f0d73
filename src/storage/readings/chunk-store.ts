import { type Kysely, sql } from 'kysely';

import type { Database } from '../tables/database.ts';
import { decodeChunk, encodeChunk } from './chunk-codec.ts';
import { type ChunkSpan, joinReadings, type Placement, placeReadings } from './place-readings.ts';
import { emptyColumns, type ReadingColumns } from './reading-columns.ts';
import { markTouched, touchedPages } from './rolled-pages.ts';

/** New readings of a point, in the order of time, each moment once. */
export interface PointReadings {
  readonly point: number;
  readonly rows: ReadingColumns;
}

interface Placed extends Placement {
  readonly point: number;
}

/** Puts readings into the chunks of their points, in the caller's transaction, and lets the roll-ups of their time be made anew. */
export async function addToChunks(db: Kysely<Database>, all: readonly PointReadings[]): Promise<void> {
  await putIntoChunks(db, all);
  await markTouched(
    db,
    all.flatMap(({ point, rows }) => touchedPages(point, rows)),
  );
}

/**
 * Puts readings into the chunks of their points, in the caller's transaction, who says himself which roll-ups that touches. A
 * moment that is there already is replaced. Only one may do this at a time: see {@link packReadings}.
 */
export async function putIntoChunks(db: Kysely<Database>, all: readonly PointReadings[]): Promise<void> {
  const spans = await spansOf(db, all);
  const placed = all.flatMap(({ point, rows }) =>
    placeReadings(spans.get(point) ?? [], rows).map((one): Placed => ({ ...one, point })),
  );
  const touched = placed.filter((one): one is Placed & { chunk: ChunkSpan } => one.chunk !== undefined);
  const old = await takeOut(db, touched);
  await putIn(
    db,
    placed.flatMap((one) =>
      joinReadings(one.chunk && old.get(keyOf(one.point, one.chunk.to)), one.rows).map((rows) => ({
        point: one.point,
        rows,
      })),
    ),
  );
}

interface SpanRow extends ChunkSpan {
  readonly point: number;
}

/** The chunks of the readings' time and the one before. */
async function spansOf(
  db: Kysely<Database>,
  all: readonly PointReadings[],
): Promise<Map<number, readonly ChunkSpan[]>> {
  const { rows } = await sql<SpanRow>`
    select k.point, c.from_at as "from", c.to_at as "to", c.n
    from unnest(${all.map(({ point }) => point)}::int[], ${all.map(({ rows }) => firstMoment(rows))}::timestamptz[],
        ${all.map(({ rows }) => lastMoment(rows))}::timestamptz[]) as k(point, since, until)
      cross join lateral (
        (select from_at, to_at, n from reading_chunk where point_id = k.point and to_at < k.since order by to_at desc limit 1)
        union all
        (select from_at, to_at, n from reading_chunk where point_id = k.point and to_at >= k.since and from_at <= k.until)
      ) c order by k.point, c.to_at`.execute(db);
  return Map.groupBy(rows, ({ point }) => point);
}

/** Takes these chunks out of the table and gives their readings, by {@link keyOf}. */
async function takeOut(
  db: Kysely<Database>,
  touched: readonly { readonly point: number; readonly chunk: ChunkSpan }[],
): Promise<ReadonlyMap<string, ReadingColumns>> {
  if (touched.length === 0) return new Map();
  const { rows } = await sql<{ point: number; to: number; n: number; bytes: Uint8Array }>`
    delete from reading_chunk c
    using unnest(${touched.map(({ point }) => point)}::int[],
      ${touched.map(({ chunk }) => new Date(chunk.to))}::timestamptz[]) as k(point, until)
    where c.point_id = k.point and c.to_at = k.until
    returning c.point_id as point, c.to_at as "to", c.n, c.bytes`.execute(db);
  if (rows.length !== touched.length) throw new Error('a chunk of readings was not found where it stood');
  return new Map(
    rows.map(({ point, to, n, bytes }) => {
      const columns = emptyColumns(n);
      decodeChunk(bytes, n, columns, 0);
      return [keyOf(point, to), columns];
    }),
  );
}

async function putIn(db: Kysely<Database>, chunks: readonly PointReadings[]): Promise<void> {
  await sql`insert into reading_chunk (point_id, from_at, to_at, n, bytes)
    select * from unnest(${chunks.map(({ point }) => point)}::int[], ${chunks.map(({ rows }) => firstMoment(rows))}::timestamptz[],
      ${chunks.map(({ rows }) => lastMoment(rows))}::timestamptz[], ${chunks.map(({ rows }) => rows.length)}::int[],
      ${chunks.map(({ rows }) => Buffer.from(encodeChunk(rows)))}::bytea[])`.execute(db);
}

function firstMoment({ observedAt }: ReadingColumns): Date {
  return new Date(observedAt[0] ?? 0);
}

function lastMoment({ observedAt }: ReadingColumns): Date {
  return new Date(observedAt.at(-1) ?? 0);
}

function keyOf(point: number, to: number): string {
  return `${point}@${to}`;
}
