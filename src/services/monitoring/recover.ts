import { QUALITY, SUSPECT_BITS } from '#model/monitoring';
import type { CompositeSign, ElementDefinition, ObjectLimits, Sign } from '#model/standard';
import { compileSign, type CompiledSign, compositeRank, switchedOff } from '#signs';
import { absorbTail, type Database, type Storage } from '#storage';
import { type Kysely, sql } from 'kysely';

import { comingVersions, loadSigns } from './bound-signs.ts';
import { loadReach } from './composites/load-reach.ts';
import { recallDetectors } from './detectors/recall-detectors.ts';
import { loadServiceWindows } from './quality/load-service-windows.ts';
import { loadMemories } from './load-memories.ts';
import { loadOwnLimits } from './own-limits.ts';
import type { ElementAsks } from './booked-point.ts';
import { type Binding, type ObjectParameters, PointBook } from './point-book.ts';
import type { OpenAlarm } from './store-alarms.ts';

/** Memory of the hot path as the tables say it is. */
export interface Recovered {
  readonly book: PointBook;
  readonly openAlarms: Map<number, OpenAlarm>;
  readonly sessionOpenedAt: Map<number, number>;
  /** Bindings that are not in their normal state: the clock alone may move them. */
  readonly active: Set<number>;
  /** Epoch ms; 0 when nothing was ever received. */
  readonly newestReceivedAt: number;
}

/**
 * Rebuilds the hot path's memory: points and the signs in force, newest values, rolling windows, condition state
 * ("high since 10:02") and open alarms. Used at the start and after a failed commit: a restart is neither a recovery
 * nor a storm.
 */
export async function recover(storage: Storage): Promise<Recovered> {
  const newestReceivedAt = await absorbTail(storage.system);
  const now = Date.now();
  // What was judged last was judged by the version of then; those that came since take over with the first tick.
  const judgedAt = newestReceivedAt > 0 ? Math.min(newestReceivedAt, now) : now;
  const book = new PointBook(await loadSigns(storage.system, judgedAt));
  for (const at of await comingVersions(storage.system, judgedAt))
    book.versions.expect(at, await loadSigns(storage.system, at));
  await loadPoints(storage, book);
  const sessionOpenedAt = await loadSessions(storage, book);
  await loadNewest(storage, book);
  book.checks.serve(await loadServiceWindows(storage.system, now));
  const learntTo = await recallDetectors(
    storage.system,
    book,
    [...book.points()].map(({ id }) => id),
  );
  await loadMemories(storage, book, { now, sessionOpenedAt, learntTo });
  recount(book);
  const { openAlarms, active } = await loadStates(storage, book);
  await loadReach(storage.system, book);
  book.composites.begin((binding) => openAlarms.get(binding)?.raisedAt);
  return { book, openAlarms, sessionOpenedAt, active, newestReceivedAt };
}

/** What an element says of its points, who share it: a copy for each would be a quarter of what an idle point costs. */
export interface ElementFacts extends ElementAsks {
  readonly code: string;
}

/** All elements by code, or only those that are named. */
export async function loadElementFacts(
  db: Kysely<Database>,
  codes?: readonly string[],
): Promise<ReadonlyMap<string, ElementFacts>> {
  const all = db
    .selectFrom('element')
    .select(['code', 'period_seconds', 'range_min', 'range_max'])
    .select(sql<ElementChange | null>`body -> 'maxChange'`.as('max_change'))
    .select(sql<ElementDefinition['improbable'] | null>`body -> 'improbable'`.as('improbable'));
  const rows = await (codes === undefined ? all : all.where('code', 'in', [...codes])).execute();
  return new Map(
    rows.map(({ code, period_seconds, range_min, range_max, max_change, improbable }) => [
      code,
      {
        code,
        periodMs: period_seconds * 1000,
        maxChange: max_change ? { value: max_change.value, perMs: max_change.perSeconds * 1000 } : undefined,
        improbable: improbable
          ? { rarity: improbable.rarity, learnMs: improbable.learnSeconds * 1000 }
          : undefined,
        range: range_min === null || range_max === null ? null : [range_min, range_max],
      },
    ]),
  );
}

/** The largest credible change, as the standard has it. */
interface ElementChange {
  readonly value: number;
  readonly perSeconds: number;
}

/** What `add` of a book needs of a point, from its row. */
interface PointRow {
  readonly id: number;
  readonly code: string;
  readonly object_id: number;
  readonly place: number;
  readonly scenarios: number[];
  readonly device_id: number | null;
  readonly simulated: boolean;
  readonly parameters: ObjectParameters;
}

/** Most objects have nothing set, and no limits of their own. */
const NOTHING = Object.freeze({});

export function bookPoint(
  book: PointBook,
  row: PointRow,
  element: ElementFacts,
  ownLimits: ObjectLimits = NOTHING,
): void {
  book.add({
    id: row.id,
    code: row.code,
    objectId: row.object_id,
    element: element.code,
    place: row.place,
    scenario: row.scenarios[0] ?? 0,
    deviceId: row.device_id,
    simulated: row.simulated,
    periodMs: element.periodMs,
    parameters: Object.keys(row.parameters).length === 0 ? NOTHING : row.parameters,
    ownLimits,
    maxChange: element.maxChange,
    improbable: element.improbable,
    range: element.range,
  });
}

async function loadPoints(storage: Storage, book: PointBook): Promise<void> {
  const rows = await storage.system
    .selectFrom('point')
    .innerJoin('monitored_object', 'monitored_object.id', 'point.object_id')
    .select(['point.id', 'point.code', 'point.object_id', 'point.element_code', 'point.place'])
    .select(['point.scenarios', 'point.device_id', 'point.simulated', 'monitored_object.parameters'])
    .orderBy('point.id')
    .execute();
  const elements = await loadElementFacts(storage.system);
  const limits = await loadOwnLimits(storage.system);
  book.reserve(rows.at(-1)?.id ?? 0);
  for (const row of rows) {
    const element = elements.get(row.element_code);
    if (element) bookPoint(book, row, element, limits.get(row.object_id));
  }
}

async function loadSessions(storage: Storage, book: PointBook): Promise<Map<number, number>> {
  const sessions = await storage.system
    .selectFrom('replay_session')
    .select(['id', 'opened_at'])
    .where('state', '=', 'running')
    .execute();
  const rows = await storage.system
    .selectFrom('point')
    .innerJoin('device', 'device.id', 'point.device_id')
    .where('device.replay_session_id', 'is not', null)
    .select(['point.id', 'device.replay_session_id as session'])
    .execute();
  for (const row of rows) book.session[row.id] = row.session ?? 0;
  return new Map(sessions.map((session) => [session.id, session.opened_at]));
}

async function loadNewest(storage: Storage, book: PointBook): Promise<void> {
  const rows = await storage.system.selectFrom('point_state').selectAll().execute();
  for (const row of rows) {
    if (!book.get(row.point_id)) continue;
    book.newestAt[row.point_id] = row.observed_at;
    book.newestValue[row.point_id] = row.value;
    book.newestQuality[row.point_id] = row.quality;
    book.intervalMs[row.point_id] = row.interval_ms;
    const { observed_at: at, value, quality } = row;
    book.checks.restore(row.point_id, { at, value, quality, sameSince: row.same_since ?? 0 });
  }
}

/** The newest reading of each point stands, however long ago it came: what lasts, and how many are past a limit at once. */
function recount(book: PointBook): void {
  for (const { id } of book.points()) {
    const at = book.newestAt[id] ?? 0;
    if (at <= 0 || ((book.newestQuality[id] ?? 0) & NOT_JUDGED) !== 0) continue;
    const value = book.newestValue[id] ?? 0;
    for (const binding of book.bindingsOf(id)) {
      const { measure, pointsPast } = book.bindings[binding] ?? {};
      pointsPast?.next(id, at, value, book.freshFor(id));
      if (measure?.later) measure.next(at, value);
    }
  }
}

async function loadStates(
  storage: Storage,
  book: PointBook,
): Promise<{ openAlarms: Map<number, OpenAlarm>; active: Set<number> }> {
  const rows = await storage.system
    .selectFrom('sign_state')
    .innerJoin('sign', 'sign.id', 'sign_state.sign_id')
    .leftJoin('alarm', 'alarm.id', 'sign_state.alarm_id')
    .selectAll('sign_state')
    .select(['alarm.raised_at', 'sign.code', 'sign.item_code', 'sign.body'])
    // A sign's newer version comes later, and is what holds.
    .orderBy('sign_state.sign_id')
    .execute();
  const openAlarms = new Map<number, OpenAlarm>();
  const active = new Set<number>();
  const { states } = book;
  for (const row of rows) {
    const binding = bindingOf(book, row);
    if (binding === undefined) continue;
    states.level[binding] = row.level;
    states.peakLevel[binding] = row.peak_level;
    states.peakValue[binding] = row.peak_value;
    states.belowSince[binding] = row.below_since;
    states.value[binding] = row.value;
    states.at[binding] = row.at;
    holdNewest(book, binding);
    states.pendingSince.set(row.pending_since, binding * 4);
    if (row.alarm_id === null || row.raised_at === null) openAlarms.delete(binding);
    else openAlarms.set(binding, { id: row.alarm_id, raisedAt: row.raised_at });
    if (states.isQuiet(binding)) active.delete(binding);
    else active.add(binding);
  }
  return { openAlarms, active };
}

interface StateOf {
  readonly point_id: number;
  readonly sign_id: number;
  readonly level: number;
  readonly code: string;
  readonly item_code: string;
  readonly body: object;
}

/** The binding a state belongs to: a sign keeps it through its versions; one that is no more is carried until it is normal. */
function bindingOf(book: PointBook, row: StateOf): number | undefined {
  const found = book.bindingsOf(row.point_id).find((b) => book.bindings[b]?.sign.code === row.code);
  if (found !== undefined || row.level === 0) return found;
  const sign = compiledOf(row);
  return sign && book.carry(row.point_id, { sign: switchedOff(sign), item: row.item_code });
}

/** Its limits no longer matter, so neither do its parameters. */
function compiledOf({ sign_id, body }: StateOf): CompiledSign | undefined {
  if (!('measure' in body)) return compositeRank(sign_id, body as CompositeSign);
  const compiled = compileSign(sign_id, body as Sign, () => 0);
  return compiled.kind === 'ready' ? compiled.sign : undefined;
}

/** Readings with any of these marks were not judged when they came. */
const NOT_JUDGED = SUSPECT_BITS | QUALITY.late;

/** The value a condition stands on is the newest good one, which is younger than the state's last change. */
function holdNewest(book: PointBook, binding: number): void {
  const bound = book.bindings[binding];
  if (!bound || !isHeld(book, bound)) return;
  const { id } = bound.point;
  const at = book.newestAt[id] ?? 0;
  if (at <= (book.states.at[binding] ?? 0)) return;
  const value = book.newestValue[id] ?? 0;
  const compared = bound.measure?.next(at, value, book.freshFor(id)) ?? value;
  if (Number.isNaN(compared)) return;
  book.states.value[binding] = compared;
  book.states.at[binding] = at;
}

/** Whether it stands on its own point's newest reading, and that was judged. */
function isHeld(book: PointBook, { point, pointsPast, byReading }: Binding): boolean {
  if (pointsPast || !byReading) return false;
  return ((book.newestQuality[point.id] ?? 0) & NOT_JUDGED) === 0;
}
