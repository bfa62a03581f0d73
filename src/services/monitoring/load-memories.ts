import type { CompiledSign, Measure } from '#signs';
import { type HistoryAsk, type ReadingColumns, type Storage, walkHistory } from '#storage';

import type { PointBook } from './point-book.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Points that have said nothing for longer than this and than their memory need no past: it stands before a gap. */
const SPOKE_WITHIN_MS = 2 * DAY_MS;
/** So many readings are held at once, by the rhythm of the points' elements. */
const READINGS_AT_ONCE = 500_000;
const SHORTEST_WINDOW_MS = 60_000;
/** What is event driven has no rhythm; a second is the fastest a window is made for. */
const UNKNOWN_PERIOD_MS = 60_000;
const SHORTEST_PERIOD_MS = 1000;

/** What is known already, and of which lives the rest is to be read. */
interface Memories {
  readonly now: number;
  readonly sessionOpenedAt: ReadonlyMap<number, number>;
  /** Up to which reading the detector of a point has learnt (epoch ms), where that was written down. */
  readonly learntTo: ReadonlyMap<number, number>;
}

/** Points whose past is read together: of one length (ms), and not far apart in time. */
interface Past {
  readonly points: readonly number[];
  readonly lengthMs: number;
  readonly ask: Pick<HistoryAsk, 'rows' | 'receivedFrom'>;
}

/**
 * Makes the memory of the measures anew from what was received as far back as each looks, packed or not: what signs were fed
 * with, one stretch of time after the other. `now` is epoch ms; `sessionOpenedAt` tells of each running replay session since when
 * its rows count. What a detector has learnt already is not read again.
 */
export async function loadMemories(storage: Storage, book: PointBook, reach: Memories): Promise<void> {
  const { now, sessionOpenedAt } = reach;
  const needs = needsOf(book, reach.learntTo);
  const byLength = Map.groupBy(needs.keys(), (point) => needs.get(point) ?? 0);
  for (const [lengthMs, points] of byLength) {
    if (lengthMs === 0) continue;
    for (const past of pasts(book, points, { lengthMs, now, sessionOpenedAt }))
      await loadPast(storage, book, past);
  }
}

/** How far back (ms) a sign's memory reaches at a point. Counted readings are by whole hours, so that many points are read together. */
function memoryOf(book: PointBook, point: number, { memoryMs, memoryReadings }: CompiledSign): number {
  if (memoryReadings === 0) return memoryMs;
  return Math.ceil((memoryMs + memoryReadings * book.freshFor(point)) / HOUR_MS) * HOUR_MS;
}

/** How far back each point's past is needed, in ms. */
function needsOf(book: PointBook, learntTo: Memories['learntTo']): ReadonlyMap<number, number> {
  const needs = new Map<number, number>();
  for (const { point, sign } of book.bindings) {
    const learnt = sign.measure.kind === 'rarity' ? learntTo.get(point.id) : undefined;
    const need =
      learnt === undefined
        ? memoryOf(book, point.id, sign)
        : sinceLearnt((book.newestAt[point.id] ?? 0) - learnt);
    needs.set(point.id, Math.max(needs.get(point.id) ?? 0, need));
  }
  for (const [point, { learnMs }] of book.ownPast) {
    if (book.session[point] !== 0) continue;
    const learnt = learntTo.get(point);
    const need = learnt === undefined ? learnMs : sinceLearnt((book.newestAt[point] ?? 0) - learnt);
    needs.set(point, Math.max(needs.get(point) ?? 0, need));
  }
  return needs;
}

/** In powers of two of an hour: points are read together by how much they need. */
function sinceLearnt(ms: number): number {
  return ms > 0 ? HOUR_MS * 2 ** Math.max(0, Math.ceil(Math.log2(ms / HOUR_MS))) : 0;
}

interface Reach {
  readonly lengthMs: number;
  readonly now: number;
  readonly sessionOpenedAt: ReadonlyMap<number, number>;
}

/**
 * Points that speak are read together. Those that have fallen silent are read by when they did: one of them must not make all
 * others search through days.
 */
function pasts(
  book: PointBook,
  points: readonly number[],
  { lengthMs, now, sessionOpenedAt }: Reach,
): readonly Past[] {
  const speaking = points.filter((point) => (book.newestAt[point] ?? 0) > 0);
  const [live, played] = [
    speaking.filter((point) => book.session[point] === 0),
    speaking.filter((point) => book.session[point] !== 0),
  ];
  const since = now - Math.max(SPOKE_WITHIN_MS, lengthMs);
  const width = Math.max(HOUR_MS, lengthMs);
  const byEnd = Map.groupBy(
    live.filter((point) => (book.newestAt[point] ?? 0) > since),
    (point) => Math.floor(Math.max(0, now - 2 * lengthMs - (book.newestAt[point] ?? 0)) / width),
  );
  const bySession = Map.groupBy(played, (point) => book.session[point] ?? 0);
  return [
    ...[...byEnd.values()].map((together): Past => ({ points: together, lengthMs, ask: {} })),
    ...[...bySession].map(([session, together]): Past => ({
      points: together,
      lengthMs,
      ask: { rows: 'replayed', receivedFrom: sessionOpenedAt.get(session) ?? 0 },
    })),
  ];
}

/** Readings in (newest − length, newest] of each point, fed in the order of time. */
async function loadPast(storage: Storage, book: PointBook, { points, lengthMs, ask }: Past): Promise<void> {
  const newest = points.map((point) => book.newestAt[point] ?? 0);
  const history = walkHistory(storage.system, {
    ...ask,
    points,
    from: newest.reduce((a, b) => Math.min(a, b)) - lengthMs + 1,
    to: newest.reduce((a, b) => Math.max(a, b)) + 1,
    believed: true,
    // What they had been fed before the restart: a correction speaks of what was, not of what was judged.
    asSent: true,
    windowMs: windowFor(book, points),
  });
  const measures = new Map(points.map((point) => [point, measuresOf(book, point)]));
  for await (const { readings } of history) {
    for (const [point, columns] of readings)
      feed(measures.get(point) ?? [], columns, {
        newest: book.newestAt[point] ?? 0,
        lengthMs,
        freshMs: book.freshFor(point),
      });
  }
}

function feed(
  measures: readonly Measure[],
  { observedAt, value, length }: ReadingColumns,
  {
    newest,
    lengthMs,
    freshMs,
  }: { readonly newest: number; readonly lengthMs: number; readonly freshMs: number },
): void {
  for (let i = 0; i < length; i += 1) {
    const at = observedAt[i] ?? 0;
    if (at <= newest - lengthMs || at > newest) continue;
    for (const measure of measures) measure.next(at, value[i] ?? 0, freshMs);
  }
}

/** Signs with the same measure at a point share one memory: it is fed once. What a replay tells is not of the point's own past. */
function measuresOf(book: PointBook, point: number): readonly Measure[] {
  const found = new Set<Measure>();
  for (const binding of book.bindingsOf(point)) {
    const measure = book.bindings[binding]?.measure;
    if (measure) found.add(measure);
  }
  const own = book.session[point] === 0 ? book.ownPast.of(point) : undefined;
  if (own) found.add(own);
  return [...found];
}

function windowFor(book: PointBook, points: readonly number[]): number {
  const perMs = points.reduce((sum, point) => {
    const periodMs = book.get(point)?.periodMs ?? 0;
    return sum + 1 / (periodMs === 0 ? UNKNOWN_PERIOD_MS : Math.max(SHORTEST_PERIOD_MS, periodMs));
  }, 0);
  return Math.max(SHORTEST_WINDOW_MS, Math.ceil(READINGS_AT_ONCE / perMs));
}
