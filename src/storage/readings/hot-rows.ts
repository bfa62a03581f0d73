import { SUSPECT_BITS } from '#model/monitoring';
import { type Kysely, type RawBuilder, sql } from 'kysely';

import type { Database } from '../tables/database.ts';
import { emptyColumns, lastOfEachMoment, type ReadingColumns } from './reading-columns.ts';

/** Which readings are asked for. */
export interface HistoryAsk {
  readonly points: readonly number[];
  /** Observed from this moment on (epoch ms) … */
  readonly from: number;
  /** … and before this one. */
  readonly to: number;
  /** Live rows alone unless told; rows of replay sessions (回放) are there for two days only. */
  readonly rows?: 'live' | 'replayed' | 'all';
  /** Rows received from this moment on (epoch ms): of replays, which may play the same moments again. */
  readonly receivedFrom?: number;
  /** Rows received up to this moment (epoch ms, included). */
  readonly receivedTo?: number;
  /** Leaves out what is suspect: what signs are fed with. Without it everything that was stored. */
  readonly believed?: boolean;
  /** As the devices sent them, not as people have corrected them since. */
  readonly asSent?: boolean;
}

/** Every sixteenth and later source is a row of a replay session. */
export const REPLAYED = 16;
/** A clock that is believed is a minute ahead at the most, so what it tells was received no earlier than this. */
const CLOCK_AHEAD_MS = 2 * 60_000;
const EPOCH_2000_MS = 946_684_800_000;
/** Bytes of a row: two moments, value, quality, source. */
const ROW = 28;

/** One point's rows as bytes: made by the database in one piece, since a row at a time costs ten times as much to read. */
export interface HotGroup {
  readonly point: number;
  readonly rows: Uint8Array;
}

/** The rows of a point in the order of time and arrival, as bytes; `where` over `reading`, which may be a part of it. */
export function hotGroups(where: RawBuilder<unknown>): RawBuilder<HotGroup> {
  return sql<HotGroup>`select point_id as point, string_agg(timestamptz_send(observed_at) || timestamptz_send(received_at)
      || float8send(value) || int2send(quality) || int2send(source), ''::bytea order by observed_at, received_at) as rows
    from reading where ${where} group by point_id order by point_id`;
}

/** What is asked for, in the words of the table. */
export function hotCondition(ask: HistoryAsk): RawBuilder<unknown> {
  const { points, from, to, rows = 'live', believed = false } = ask;
  const parts = [
    sql`point_id = any(${[...points]}::int[])`,
    sql`observed_at >= ${moment(from)} and observed_at < ${moment(to)}`,
  ];
  if (rows !== 'all') parts.push(rows === 'live' ? sql`source < ${REPLAYED}` : sql`source >= ${REPLAYED}`);
  if (ask.receivedFrom !== undefined) parts.push(sql`received_at >= ${moment(ask.receivedFrom)}`);
  if (ask.receivedTo !== undefined) parts.push(sql`received_at <= ${moment(ask.receivedTo)}`);
  if (believed) parts.push(sql`quality & ${SUSPECT_BITS} = 0`);
  // Tells the planner which partitions cannot hold any of it.
  if (believed && rows === 'live') parts.push(sql`received_at >= ${moment(from - CLOCK_AHEAD_MS)}`);
  return sql.join(parts, sql` and `);
}

/** Readings that are not packed yet, per point. */
export async function readHot(
  db: Kysely<Database>,
  ask: HistoryAsk,
): Promise<ReadonlyMap<number, ReadingColumns>> {
  const { rows } = await hotGroups(hotCondition(ask)).execute(db);
  return new Map(rows.map((group) => [group.point, lastOfEachMoment(hotColumns(group.rows))]));
}

/** The bytes of {@link hotGroups} as columns; a moment may stand there more than once, the newer arrival later. */
export function hotColumns(rows: Uint8Array): ReadingColumns {
  const view = new DataView(rows.buffer, rows.byteOffset, rows.byteLength);
  const n = rows.length / ROW;
  const columns = emptyColumns(n);
  for (let i = 0; i < n; i += 1) {
    const at = i * ROW;
    columns.observedAt[i] = momentAt(view, at);
    columns.receivedAt[i] = momentAt(view, at + 8);
    columns.value[i] = view.getFloat64(at + 16);
    columns.quality[i] = view.getInt16(at + 24);
    columns.source[i] = view.getInt16(at + 26);
  }
  return columns;
}

/** Microseconds since 2000 → whole ms since 1970. */
function momentAt(view: DataView, at: number): number {
  const micros = view.getInt32(at) * 4_294_967_296 + view.getUint32(at + 4);
  return EPOCH_2000_MS + Math.round(micros / 1000);
}

/** A moment as the database takes it; what lies before or after all time is without end. */
export function moment(at: number): RawBuilder<Date> {
  if (at <= EARLIEST) return sql<Date>`'-infinity'::timestamptz`;
  return at >= LATEST ? sql<Date>`'infinity'::timestamptz` : sql<Date>`${new Date(at)}::timestamptz`;
}

/** Years 1 and 9999: what both sides can write. */
export const EARLIEST = -62_000_000_000_000;
const LATEST = 253_000_000_000_000;
