import {
  observationBody,
  observationId,
  type PropertyPath,
  type QueryOptions,
  readObservationId,
  type ReadingFacts,
  type Term,
  unsupported,
} from '#contract/monitoring';
import {
  measurePacked,
  readFirst,
  readHistory,
  type ReadingColumns,
  readLast,
  type Tx,
  walkHistory,
} from '#storage';
import { sql } from 'kysely';

import { evaluateTerm } from './evaluate-term.ts';
import type { Entity } from './load-entities.ts';
import { isDescending, type ObservationBounds, observationBounds } from './observation-bounds.ts';

/** Whose readings: a point's, or those of all points of an object. */
export type Whose = { readonly point: number } | { readonly object: number } | 'everybody';

export interface ObservationPage {
  readonly rows: readonly Entity[];
  /** Behind which the next page begins; undefined on the last one. */
  readonly next: string | undefined;
}

interface Point {
  readonly id: number;
  readonly object: number;
}

/** A page visits so many points and looks at so many readings; where that is not enough, it is short and the next goes on. */
const POINTS_A_PAGE = 200;
const LOOKED_AT = 300_000;
const PIECE = 5000;
const SKIP_MOST = 100_000;
const COUNTED_MOST = 5_000_000;
const WEEK_MS = 7 * 86_400_000;
const AHEAD_MS = 86_400_000;

/**
 * Readings as Observations: of one point by their moments, of several point by point. Replayed rows are left out. Throws
 * `sensorthings.unsupported` for orders and skips that would need all of them at once.
 */
export async function loadObservations(
  tx: Tx,
  ask: { readonly whose: Whose; readonly options: QueryOptions; readonly now: number },
): Promise<ObservationPage> {
  const { options } = ask;
  if (options.skip > SKIP_MOST)
    throw unsupported(`Observations 的 $skip 超过 ${SKIP_MOST}（请沿 @iot.nextLink 翻页）`);
  const bounds = observationBounds(options.filter, ask.now + AHEAD_MS);
  const token = options.skipToken === undefined ? undefined : readObservationId(options.skipToken);
  const points = await findPoints(tx, ask.whose, { bounds, from: token?.point ?? 0 });
  const descending = isDescending(options);
  if (descending !== undefined && points.length > 1)
    throw unsupported('多个 Datastream 的 Observations 一起排序');
  const collector = new Collector(options, bounds.rest);
  for (const [i, point] of points.entries()) {
    if (i === POINTS_A_PAGE) return collector.cut(observationId(point.id, -1));
    const within = token?.point === point.id ? behind(bounds, token.observedAt, descending === true) : bounds;
    if (await collector.take(tx, point, { ...within, descending: descending === true }))
      return collector.cut();
  }
  return { rows: collector.rows, next: undefined };
}

function behind(bounds: ObservationBounds, at: number, descending: boolean): ObservationBounds {
  return descending
    ? { ...bounds, to: Math.min(bounds.to, at) }
    : { ...bounds, from: Math.max(bounds.from, at + 1) };
}

async function findPoints(
  tx: Tx,
  whose: Whose,
  { bounds, from }: { readonly bounds: ObservationBounds; readonly from: number },
): Promise<readonly Point[]> {
  const parts = [sql`p.id >= ${from}`];
  if (bounds.datastream !== undefined) parts.push(sql`p.id = ${bounds.datastream}::float8`);
  if (whose !== 'everybody')
    parts.push('point' in whose ? sql`p.id = ${whose.point}` : sql`p.object_id = ${whose.object}`);
  const { rows } = await sql<Point>`select p.id, p.object_id as object from point p
    where ${sql.join(parts, sql` and `)} order by p.id limit ${POINTS_A_PAGE + 1}`.execute(tx);
  return rows;
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly descending: boolean;
}

/** A point's readings, so many at a time, from either end; within a piece the oldest comes first. */
async function* pieces(
  tx: Tx,
  point: Point,
  span: Span & { readonly size: number },
): AsyncGenerator<ReadingColumns> {
  let { from, to } = span;
  const read = span.descending ? readLast : readFirst;
  for (let length = span.size; length === span.size;) {
    const columns = await read(tx, { points: [point.id], from, to }, span.size);
    length = columns.length;
    if (length > 0) yield columns;
    if (span.descending) to = columns.observedAt[0] ?? from;
    else from = (columns.observedAt[length - 1] ?? to) + 1;
  }
}

/** Fills a page, reading by reading. */
class Collector {
  readonly rows: Entity[] = [];
  readonly #options: Pick<QueryOptions, 'skip' | 'top'>;
  readonly #rest: readonly Term[];
  #skipped = 0;
  #lookedAt = 0;
  #last: string | undefined;

  constructor(options: Pick<QueryOptions, 'skip' | 'top'>, rest: readonly Term[]) {
    this.#options = options;
    this.#rest = rest;
  }

  cut(next?: string): ObservationPage {
    return { rows: this.rows, next: next ?? this.#last };
  }

  /** True when the page is full and there is more, or when it has looked at enough. */
  async take(tx: Tx, point: Point, span: Span): Promise<boolean> {
    const { skip, top } = this.#options;
    const size = this.#rest.length > 0 ? PIECE : skip + top + 1;
    for await (const columns of pieces(tx, point, { ...span, size })) {
      const { length, observedAt } = columns;
      const at = (n: number): number => (span.descending ? length - 1 - n : n);
      for (let n = 0; n < length; n += 1) if (this.#full(point, columns, at(n))) return true;
      this.#lookedAt += length;
      if (this.#lookedAt >= LOOKED_AT) {
        this.#last = observationId(point.id, observedAt[at(length - 1)] ?? 0);
        return true;
      }
    }
    return false;
  }

  #full(point: Point, columns: ReadingColumns, i: number): boolean {
    const reading = readingAt(point.id, columns, i);
    if (!passes(this.#rest, reading)) return false;
    if (this.#skipped < this.#options.skip) {
      this.#skipped += 1;
      return false;
    }
    if (this.rows.length === this.#options.top) return true;
    this.rows.push(entityOf(point, reading));
    this.#last = observationId(point.id, reading.observedAt);
    return false;
  }
}

/** One by its name; undefined where the caller reaches none. */
export async function loadObservation(tx: Tx, id: string): Promise<Entity | undefined> {
  const { point: number, observedAt } = readObservationId(id);
  const { rows } =
    await sql<Point>`select p.id, p.object_id as object from point p where p.id = ${number}::float8`.execute(
      tx,
    );
  const [point] = rows;
  if (!point) return undefined;
  const columns = (await readHistory(tx, { points: [point.id], from: observedAt, to: observedAt + 1 })).get(
    point.id,
  );
  return columns ? entityOf(point, readingAt(point.id, columns, 0)) : undefined;
}

/** How many there are in all. Throws `sensorthings.unsupported` where too many would have to be looked at. */
export async function countObservations(
  tx: Tx,
  { whose, options, now }: { readonly whose: Whose; readonly options: QueryOptions; readonly now: number },
): Promise<number> {
  const bounds = observationBounds(options.filter, now + AHEAD_MS);
  const points = await findPoints(tx, whose, { bounds, from: 0 });
  const ask = { points: points.map(({ id }) => id), from: bounds.from, to: bounds.to };
  if (points.length > POINTS_A_PAGE || (await measurePacked(tx, ask)).n > COUNTED_MOST) {
    throw unsupported('这么多 Observations 的 $count（请缩短时段或指定 Datastream）');
  }
  let n = 0;
  for await (const { readings } of walkHistory(tx, { ...ask, windowMs: WEEK_MS })) {
    for (const [point, columns] of readings) {
      if (bounds.rest.length === 0) n += columns.length;
      else
        for (let i = 0; i < columns.length; i += 1)
          if (passes(bounds.rest, readingAt(point, columns, i))) n += 1;
    }
  }
  return n;
}

function passes(terms: readonly Term[], reading: ReadingFacts): boolean {
  return terms.every((term) => evaluateTerm(term, (path) => valueOf(reading, path)) === true);
}

function readingAt(point: number, columns: ReadingColumns, i: number): ReadingFacts {
  return {
    point,
    observedAt: columns.observedAt[i] ?? 0,
    receivedAt: columns.receivedAt[i] ?? 0,
    value: columns.value[i] ?? 0,
    ...(columns.raw && { raw: columns.raw[i] ?? 0 }),
    quality: columns.quality[i] ?? 0,
    source: columns.source[i] ?? 0,
  };
}

function entityOf(point: Point, reading: ReadingFacts): Entity {
  const id = observationId(reading.point, reading.observedAt);
  return { id, datastream: point.id, feature: point.object, ...observationBody(reading) };
}

/** What a filter compares, moments as epoch ms. */
function valueOf(reading: ReadingFacts, { name }: PropertyPath): string | number {
  switch (name) {
    case 'phenomenonTime':
      return reading.observedAt;
    case 'resultTime':
      return reading.receivedAt;
    case 'result':
      return reading.value;
    case 'resultQuality':
      return observationBody(reading).resultQuality;
    case 'parameters':
      return observationBody(reading).parameters.source;
    default:
      return observationId(reading.point, reading.observedAt);
  }
}
