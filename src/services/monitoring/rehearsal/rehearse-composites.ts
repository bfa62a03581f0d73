import type { CompositeSign, StandardFile } from '#model/standard';
import type { Storage, Tx } from '#storage';
import { sql } from 'kysely';

import { ahead } from './ahead.ts';
import { ComposedObjects, type PastReading } from './composed-objects.ts';
import { chosen, type LoadedPlan } from './load-plan.ts';
import { loadPoints, type PlannedObject } from './load-points.ts';
import type { NumberedPoint, ReadHistory, RehearsedSide } from './run-rehearsal.ts';
import type { PointReadings } from './walk-readings.ts';
import type { WarningTally } from './warning-tally.ts';

/** So often the present judges composite signs at the least; the past does it every minute in which something moves. */
const STEP_MS = 60_000;

/** Readings of all points that are held in order at once, one a minute supposed. */
const AT_ONCE = 500_000;

interface Sides {
  readonly draft: RehearsedSide;
  readonly current: RehearsedSide;
}

/** Watching it, and ending it. */
interface Watch {
  /** Epoch ms. */
  readonly now: () => number;
  /** How much of the time has been gone through, 0 to 1. */
  readonly progress: (done: number) => void;
  readonly signal: AbortSignal;
}

/** Where the past is read: in windows of so many ms. */
type HistoryIn = (windowMs: number) => ReadHistory;

/**
 * Runs the composite signs of both standards over the past, with all they look at: objects that are linked or near, whatever
 * scenario they belong to. Adds what they raise to the tallies, and gives the objects at which they stand.
 */
export async function rehearseComposites(
  storage: Storage,
  plan: LoadedPlan,
  sides: Sides,
  { historyIn, now, progress, signal }: Watch & { readonly historyIn: HistoryIn },
): Promise<ReadonlyMap<number, PlannedObject>> {
  if (!plan.draft.composites && !plan.current.composites) return new Map();
  const { points, objects, runs } = await storage.system
    .transaction()
    .execute((tx) => prepare(tx, plan, sides, now()));
  const { from, to } = plan;
  const read = historyIn(Math.max(STEP_MS, (STEP_MS * AT_ONCE) / Math.max(1, points.length)));
  const ids = points.map(({ id }) => id);
  for await (const window of ahead(read(ids, from, to))) {
    signal.throwIfAborted();
    const readings = inOrder(points, window.readings);
    for (const run of runs) judge(run, readings, window.to);
    progress((window.to - from) / (to - from));
  }
  for (const run of runs) judge(run, [], to);
  for (const { tally } of [sides.draft, sides.current]) tally.finish(to);
  return objects;
}

/** One way through the past, and whom what it finds is told. */
interface Run {
  readonly composed: ComposedObjects;
  readonly tallies: readonly WarningTally[];
}

function judge({ composed, tallies }: Run, readings: readonly PastReading[], until: number): void {
  for (const changes of throughTime(composed, readings, until))
    for (const tally of tallies) tally.take(changes);
}

/** Where both standards are written alike, one way through the past tells of both. */
async function prepare(
  tx: Tx,
  plan: LoadedPlan,
  { draft, current }: Sides,
  at: number,
): Promise<Awaited<ReturnType<typeof pointsWithin>> & { readonly runs: readonly Run[] }> {
  const composites = [...(plan.draft.composites ?? []), ...(plan.current.composites ?? [])];
  const found = await pointsWithin(tx, composites, plan);
  const open = (document: StandardFile) => ComposedObjects.open(tx, document, found.points, at);
  const isSame = JSON.stringify(seen(plan.draft)) === JSON.stringify(seen(plan.current));
  const runs = isSame
    ? [{ composed: await open(plan.draft), tallies: [draft.tally, current.tally] }]
    : [
        { composed: await open(plan.draft), tallies: [draft.tally] },
        { composed: await open(plan.current), tallies: [current.tally] },
      ];
  return { ...found, runs };
}

/** What of a document its composite signs hang on. */
function seen({ signs, composites }: StandardFile): object {
  return { signs, composites };
}

/** Points of the objects at which composite signs stand, as chosen, and of all that is within their reach. */
async function pointsWithin(
  tx: Tx,
  composites: readonly CompositeSign[],
  plan: LoadedPlan,
): Promise<{ readonly points: NumberedPoint[]; readonly objects: ReadonlyMap<number, PlannedObject> }> {
  const places = composites.map(({ element, within }) => ({ element, within: JSON.stringify(within) }));
  const seats = sql`select distinct o.id, w.within from monitored_object o join point s on s.object_id = o.id
    join json_to_recordset(${JSON.stringify(places)}::json) as w(element text, within text) on w.element = s.element_code
    where o.retired_at is null and ${chosen(plan.chosen)}`;
  return loadPoints(
    tx,
    sql`p.object_id in (with seats as (${seats}) select id from seats
      union select n.object from seats cross join lateral objects_within(seats.id, seats.within::jsonb) n)`,
  );
}

/** Readings of all points in the order of their moments. */
function inOrder(
  points: readonly NumberedPoint[],
  readings: ReadonlyMap<number, PointReadings>,
): readonly PastReading[] {
  return points
    .flatMap(({ id }, point) => {
      const columns = readings.get(id);
      if (!columns) return [];
      return Array.from({ length: columns.length }, (_, i): PastReading => ({
        point,
        at: columns.observedAt[i] ?? 0,
        value: columns.value[i] ?? 0,
        quality: columns.quality[i] ?? 0,
      }));
    })
    .toSorted((a, b) => a.at - b.at);
}

/** Minute after minute to the end of a stretch; minutes in which nothing can move are passed over. */
function* throughTime(
  composed: ComposedObjects,
  readings: readonly PastReading[],
  end: number,
): Generator<ReturnType<ComposedObjects['judge']>> {
  let next = 0;
  let clock = minuteAfter(readings[0]?.at ?? end);
  while (next < readings.length || clock < end) {
    let last = next;
    while (last < readings.length && (readings[last]?.at ?? 0) < clock) last += 1;
    yield composed.judge(readings.slice(next, last), Math.min(clock, end));
    next = last;
    const spoken = readings[next]?.at ?? end;
    clock = composed.isMoving ? clock + STEP_MS : minuteAfter(spoken);
  }
  yield composed.judge([], end);
}

function minuteAfter(at: number): number {
  return Math.floor(at / STEP_MS) * STEP_MS + STEP_MS;
}
