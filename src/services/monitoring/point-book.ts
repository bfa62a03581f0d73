import { roomFor, widened } from '#base';
import { SELF_TEST_PLACE } from '#model/platform';
import {
  type CompiledSign,
  type Measure,
  measureOf,
  PointsPast,
  Rarity,
  SignStates,
  switchedOff,
} from '#signs';

import { BindingLinks } from './binding-links.ts';
import type { Binding, BookedPoint, BoundSign, ElementAsks, SignsOf } from './booked-point.ts';
import { CompositeBook } from './composites/composite-book.ts';
import { OwnPast } from './detectors/own-past.ts';
import { ElementBook } from './element-book.ts';
import { ReadingChecks } from './reading-checks.ts';
import { VersionLine } from './version-line.ts';

export type { Binding, BookedPoint, BoundSign, ObjectParameters, SignsOf } from './booked-point.ts';

/** Of the time between its last two readings: so much later the next one may come. */
const FRESH_INTERVALS = 1.5;
const LATE_INTERVALS = 2;
/** Longer silences are outages, not a rhythm. */
const LONGEST_INTERVAL_MS = 6 * 3_600_000;

/**
 * Everything the hot path looks up, in memory and by number: points, their newest readings, and the signs bound to
 * them. Columns are indexed by the point's number.
 */
export class PointBook {
  readonly #byCode = new Map<string, BookedPoint>();
  #points: (BookedPoint | undefined)[] = [];
  /** What a point has from its element. */
  readonly elements = new ElementBook();
  /** Moment (epoch ms) and value of the newest reading whose clock is believed. */
  newestAt = new Float64Array(1024).fill(Number.NEGATIVE_INFINITY);
  newestValue = new Float64Array(1024);
  newestQuality = new Uint16Array(1024);
  /** Time between the last two readings (ms), 0 when unknown: an hourly gauge of a 5-minute element speaks by the hour. */
  intervalMs = new Float64Array(1024);
  scenario = new Uint8Array(1024);
  /** Replay session a point plays in, 0 when live. */
  session = new Int32Array(1024);
  readonly links = new BindingLinks();
  readonly bindings: Binding[] = [];
  /** Bindings that time moves too: how long a point is silent, or a value stands. */
  readonly silences: number[] = [];
  readonly lasting: number[] = [];
  /** Bindings of composite signs. */
  readonly composed = new Set<number>();
  readonly composites: CompositeBook = new CompositeBook(this);
  /** Bindings that stand for an object, not for one of its points, by object and the sign's code. */
  readonly #counting = new Map<string, number>();
  /** Whether readings fit what their point has been. */
  readonly ownPast = new OwnPast();
  /** What is asked of each reading beyond its range. */
  readonly checks = new ReadingChecks(this.elements);
  readonly versions: VersionLine<SignsOf>;

  constructor(signsOf: SignsOf = () => []) {
    this.versions = new VersionLine(signsOf);
  }
  readonly states = new SignStates();

  find(code: string): BookedPoint | undefined {
    return this.#byCode.get(code);
  }

  get(id: number): BookedPoint | undefined {
    return this.#points[id];
  }

  get size(): number {
    return this.#byCode.size;
  }

  points(): IterableIterator<BookedPoint> {
    return this.#byCode.values();
  }

  /** Makes room for points up to this number, and for no more: most books are filled once and then stay as they are. */
  reserve(highest: number): void {
    if (highest >= this.newestAt.length) this.#grow(highest + 1);
  }

  /** Adds a point with the signs that watch its element, in their normal state. */
  add(point: BookedPoint): void {
    if (this.#points[point.id]) return;
    if (point.id >= this.newestAt.length) this.#grow(roomFor(point.id, this.newestAt.length));
    this.#points[point.id] = point;
    this.#byCode.set(point.code, point);
    this.elements.add(point);
    this.ownPast.fit(point);
    // What belongs to no territory counts in no scenario.
    this.scenario[point.id] = point.place === SELF_TEST_PLACE ? 0 : point.scenario;
    const shared: SharedMeasures = new Map();
    for (const bound of this.versions.of(point.id)(point)) this.#bind(point, bound, shared);
    this.composites.added(point.id, point.objectId);
  }

  /** A point has been given to a device, its object's territory was found anew, or its parameters or limits of its own were set. */
  change(
    pointId: number,
    facts: Partial<Pick<BookedPoint, 'deviceId' | 'place' | 'parameters' | 'ownLimits' | keyof ElementAsks>>,
  ): BookedPoint | undefined {
    const point = this.#points[pointId];
    if (!point) return undefined;
    const changed = { ...point, ...facts };
    this.#points[pointId] = changed;
    this.#byCode.set(point.code, changed);
    for (const b of this.bindingsOf(pointId)) {
      const bound = this.bindings[b];
      if (bound?.point.id === pointId) this.bindings[b] = { ...bound, point: changed };
    }
    return changed;
  }

  /** The point's element has become another. What is known of the point itself stays. */
  refit(pointId: number, { periodMs, range, maxChange, improbable }: ElementAsks): void {
    const changed = this.change(pointId, { periodMs, range, maxChange, improbable });
    if (!changed) return;
    this.elements.add(changed);
    this.ownPast.fit(changed);
  }

  /** A point takes over the next version. Gives its bindings. */
  takeVersion(pointId: number): readonly number[] {
    this.versions.take(pointId);
    return this.rebind(pointId);
  }

  /** Binds one more sign to a point: one that no version knows any more, until what it has raised is over. */
  carry(pointId: number, bound: BoundSign): number | undefined {
    const point = this.#points[pointId];
    if (!point) return undefined;
    this.#bind(point, bound, new Map());
    return this.bindings.length - 1;
  }

  /** Judges a point anew by the version it has: it has taken one over, or its parameters were set. Gives its bindings. */
  rebind(pointId: number): readonly number[] {
    const point = this.#points[pointId];
    return point ? this.#rebind(point, this.versions.of(pointId)(point)) : [];
  }

  /**
   * Judges a point by these signs from now on. One that goes on (by its code) keeps its state and the alarm it has raised; one
   * that is no longer among them has no limit any more, so what it has raised returns to normal after its off-delay.
   */
  #rebind(point: BookedPoint, signs: readonly BoundSign[]): readonly number[] {
    this.#watch(point.id, signs);
    const shared: SharedMeasures = new Map();
    const wanted = new Map(signs.map((one) => [one.sign.code, one]));
    const own: number[] = [];
    for (const b of this.bindingsOf(point.id)) {
      const bound = this.bindings[b];
      if (!bound) continue;
      const next = wanted.get(bound.sign.code);
      wanted.delete(bound.sign.code);
      if (bound.point.id !== point.id) continue;
      own.push(b);
      const { sign = switchedOff(bound.sign), item = bound.item, composite } = next ?? {};
      const isSame = JSON.stringify(sign.measure) === JSON.stringify(bound.sign.measure);
      const memory = isSame
        ? { measure: bound.measure, pointsPast: bound.pointsPast }
        : { measure: goingOn(bound.measure, sharedMeasure(sign, shared)), pointsPast: pointsPastOf(sign) };
      // What was compared before is no value of this measure.
      if (!isSame) this.states.at[b] = Number.NEGATIVE_INFINITY;
      const byReading = isByReading(sign, composite !== undefined);
      this.bindings[b] = { ...bound, sign, item, ...memory, composite, byReading };
      if (composite ?? bound.composite) this.compose(b);
    }
    for (const one of wanted.values()) this.#bind(point, one, shared);
    return own;
  }

  /** Forgets what was newest and how the signs stood, for points that begin a replay or end one. */
  reset(pointId: number): void {
    const point = this.#points[pointId];
    if (!point) return;
    this.composites.forget(pointId, point.objectId);
    this.newestAt[pointId] = Number.NEGATIVE_INFINITY;
    this.intervalMs[pointId] = 0;
    this.checks.forget(pointId);
    this.ownPast.forget(pointId);
    const shared: SharedMeasures = new Map();
    for (const b of this.bindingsOf(pointId)) {
      const bound = this.bindings[b];
      if (!bound) continue;
      bound.pointsPast?.forget(pointId);
      if (bound.point.id !== pointId) continue;
      this.states.reset(b);
      this.bindings[b] = { ...bound, measure: sharedMeasure(bound.sign, shared) };
    }
  }

  /** How long the point's value may stand for the present (ms), by its element's period and its own rhythm. */
  freshFor(pointId: number): number {
    return Math.max(this.elements.freshMsOf(pointId), FRESH_INTERVALS * (this.intervalMs[pointId] ?? 0));
  }

  /** Older than this on arrival (ms) is late, by the same two measures. */
  lateAfter(pointId: number): number {
    return Math.max(this.elements.lateMsOf(pointId), LATE_INTERVALS * (this.intervalMs[pointId] ?? 0));
  }

  /** Takes note of a newer reading: when, and how long after the one before. */
  advance(pointId: number, at: number): void {
    const since = at - (this.newestAt[pointId] ?? at);
    this.intervalMs[pointId] = since <= LONGEST_INTERVAL_MS ? since : 0;
    this.newestAt[pointId] = at;
  }

  bindingsOf(pointId: number): readonly number[] {
    return this.links.of(pointId);
  }

  #watch(pointId: number, signs: readonly BoundSign[]): void {
    for (const { sign, composite } of signs)
      if (isByReading(sign, composite !== undefined)) this.checks.watch(pointId, sign);
  }

  #bind(point: BookedPoint, bound: BoundSign, shared: SharedMeasures): void {
    const { sign, item, composite } = bound;
    const pointsPast = pointsPastOf(sign);
    const key = `${point.objectId} ${sign.code}`;
    const standsForObject = pointsPast !== undefined || composite !== undefined;
    const standing = standsForObject ? this.#counting.get(key) : undefined;
    this.#watch(point.id, [bound]);
    if (standing !== undefined) {
      this.links.add(point.id, standing);
      return;
    }
    const binding = this.states.add();
    const measure = sharedMeasure(sign, shared);
    const byReading = isByReading(sign, composite !== undefined);
    this.bindings[binding] = { point, sign, item, measure, pointsPast, composite, byReading };
    if (standsForObject) this.#counting.set(key, binding);
    if (composite) this.compose(binding);
    if (sign.measure.kind === 'silence') this.silences.push(binding);
    if (sign.measure.kind === 'duration') this.lasting.push(binding);
    this.links.add(point.id, binding);
  }

  /** A binding has become, or is no longer, that of a composite sign, or is that of another version of it. */
  compose(binding: number): void {
    if (this.bindings[binding]?.composite) this.composed.add(binding);
    else this.composed.delete(binding);
    this.composites.seat(binding);
  }

  #grow(n: number): void {
    this.elements.grow(n);
    this.checks.grow(n);
    this.links.grow(n);
    this.newestAt = widened(new Float64Array(n).fill(Number.NEGATIVE_INFINITY), this.newestAt);
    this.newestValue = widened(new Float64Array(n), this.newestValue);
    this.newestQuality = widened(new Uint16Array(n), this.newestQuality);
    this.intervalMs = widened(new Float64Array(n), this.intervalMs);
    this.scenario = widened(new Uint8Array(n), this.scenario);
    this.session = widened(new Int32Array(n), this.session);
  }
}

type SharedMeasures = Map<string, Measure | undefined>;

const NOT_BY_READING: ReadonlySet<string> = new Set(['silence', 'fire-weather']);

function isByReading({ measure }: CompiledSign, isComposite: boolean): boolean {
  return !isComposite && !NOT_BY_READING.has(measure.kind);
}

function pointsPastOf({ measure }: CompiledSign): PointsPast | undefined {
  return measure.kind === 'points' ? new PointsPast(measure.past, measure.direction) : undefined;
}

/** What a detector has learnt of its point does not depend on how long it is to learn before it speaks. */
function goingOn(before: Measure | undefined, next: Measure | undefined): Measure | undefined {
  const past = before instanceof Rarity ? before.past : undefined;
  if (past && next instanceof Rarity) next.takeUp(past);
  return next;
}

/** Signs with the same measure at a point share one memory. */
function sharedMeasure(sign: CompiledSign, shared: SharedMeasures): Measure | undefined {
  const key = JSON.stringify(sign.measure);
  if (!shared.has(key)) shared.set(key, measureOf(sign.measure));
  return shared.get(key);
}
