import { type CompiledSign, RollingSum, SignStates } from '#signs';

/** A point as the hot path knows it. `range` is the element's physical plausibility. */
export interface BookedPoint {
  readonly id: number;
  readonly code: string;
  readonly objectId: number;
  readonly element: string;
  readonly place: number;
  readonly scenario: number;
  readonly deviceId: number | null;
  readonly simulated: boolean;
  readonly periodMs: number;
  readonly range: readonly [number, number] | null;
}

/** A sign at a point, by the binding's number. */
export interface Binding {
  readonly point: BookedPoint;
  readonly sign: CompiledSign;
  readonly item: string;
  /** The sum the sign looks at; undefined when it looks at the value itself. */
  readonly sum: RollingSum | undefined;
}

const MIN_FRESH_MS = 5 * 60_000;
const FRESH_PERIODS = 3;
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
  rangeMin = new Float64Array(1024).fill(Number.NEGATIVE_INFINITY);
  rangeMax = new Float64Array(1024).fill(Number.POSITIVE_INFINITY);
  /** Moment (epoch ms) and value of the newest reading whose clock is believed. */
  newestAt = new Float64Array(1024).fill(Number.NEGATIVE_INFINITY);
  newestValue = new Float64Array(1024);
  newestQuality = new Uint16Array(1024);
  /** Older than this on arrival counts as late (ms). */
  lateMs = new Float64Array(1024);
  /** How long a value may stand for the present (ms). */
  freshMs = new Float64Array(1024);
  /** Time between the last two readings (ms), 0 when unknown: an hourly gauge of a 5-minute element speaks by the hour. */
  intervalMs = new Float64Array(1024);
  scenario = new Uint8Array(1024);
  /** Replay session a point plays in, 0 when live. */
  session = new Int32Array(1024);
  /** First binding of a point and the next one of each binding; −1 ends. */
  firstBinding = new Int32Array(1024).fill(-1);
  nextBinding: number[] = [];

  readonly bindings: Binding[] = [];
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

  /** Adds a point with the signs that watch its element, in their normal state. */
  add(point: BookedPoint, signs: readonly { readonly sign: CompiledSign; readonly item: string }[]): void {
    if (this.#points[point.id]) return;
    while (point.id >= this.newestAt.length) this.#grow();
    this.#points[point.id] = point;
    this.#byCode.set(point.code, point);
    if (point.range) {
      this.rangeMin[point.id] = point.range[0];
      this.rangeMax[point.id] = point.range[1];
    }
    this.lateMs[point.id] = Math.max(MIN_FRESH_MS, 2 * point.periodMs);
    this.freshMs[point.id] = Math.max(MIN_FRESH_MS, FRESH_PERIODS * point.periodMs);
    this.scenario[point.id] = point.scenario;
    const sums = new Map<number, RollingSum>();
    for (const { sign, item } of signs) this.#bind(point, sign, item, sums);
  }

  /** A point has been given to a device, or its object's territory was found anew. */
  change(pointId: number, facts: { readonly deviceId?: number; readonly place?: number }): void {
    const point = this.#points[pointId];
    if (!point) return;
    const changed = { ...point, ...facts };
    this.#points[pointId] = changed;
    this.#byCode.set(point.code, changed);
    for (const b of this.bindingsOf(pointId)) {
      const bound = this.bindings[b];
      if (bound) this.bindings[b] = { ...bound, point: changed };
    }
  }

  /** Forgets what was newest and how the signs stood, for points that begin a replay or end one. */
  reset(pointId: number): void {
    const point = this.#points[pointId];
    if (!point) return;
    this.newestAt[pointId] = Number.NEGATIVE_INFINITY;
    this.intervalMs[pointId] = 0;
    const sums = new Map<number, RollingSum>();
    for (let b = this.firstBinding[pointId] ?? -1; b !== -1; b = this.nextBinding[b] ?? -1) {
      this.states.reset(b);
      const bound = this.bindings[b];
      if (bound) this.bindings[b] = { ...bound, sum: sumOf(bound.sign, sums) };
    }
  }

  /** How long the point's value may stand for the present (ms), by its element's period and its own rhythm. */
  freshFor(pointId: number): number {
    return Math.max(this.freshMs[pointId] ?? 0, FRESH_INTERVALS * (this.intervalMs[pointId] ?? 0));
  }

  /** Older than this on arrival (ms) is late, by the same two measures. */
  lateAfter(pointId: number): number {
    return Math.max(this.lateMs[pointId] ?? 0, LATE_INTERVALS * (this.intervalMs[pointId] ?? 0));
  }

  /** Takes note of a newer reading: when, and how long after the one before. */
  advance(pointId: number, at: number): void {
    const since = at - (this.newestAt[pointId] ?? at);
    this.intervalMs[pointId] = since <= LONGEST_INTERVAL_MS ? since : 0;
    this.newestAt[pointId] = at;
  }

  bindingsOf(pointId: number): readonly number[] {
    const found: number[] = [];
    for (let b = this.firstBinding[pointId] ?? -1; b !== -1; b = this.nextBinding[b] ?? -1) found.push(b);
    return found;
  }

  // oxlint-disable-next-line max-params
  #bind(point: BookedPoint, sign: CompiledSign, item: string, sums: Map<number, RollingSum>): void {
    const binding = this.states.add();
    this.bindings[binding] = { point, sign, item, sum: sumOf(sign, sums) };
    this.nextBinding[binding] = this.firstBinding[point.id] ?? -1;
    this.firstBinding[point.id] = binding;
  }

  #grow(): void {
    const n = this.newestAt.length * 2;
    const wider = <T extends { set(from: T): void }>(to: T, from: T): T => {
      to.set(from);
      return to;
    };
    this.rangeMin = wider(new Float64Array(n).fill(Number.NEGATIVE_INFINITY), this.rangeMin);
    this.rangeMax = wider(new Float64Array(n).fill(Number.POSITIVE_INFINITY), this.rangeMax);
    this.newestAt = wider(new Float64Array(n).fill(Number.NEGATIVE_INFINITY), this.newestAt);
    this.newestValue = wider(new Float64Array(n), this.newestValue);
    this.newestQuality = wider(new Uint16Array(n), this.newestQuality);
    this.lateMs = wider(new Float64Array(n), this.lateMs);
    this.freshMs = wider(new Float64Array(n), this.freshMs);
    this.intervalMs = wider(new Float64Array(n), this.intervalMs);
    this.scenario = wider(new Uint8Array(n), this.scenario);
    this.session = wider(new Int32Array(n), this.session);
    this.firstBinding = wider(new Int32Array(n).fill(-1), this.firstBinding);
  }
}

/** Signs with the same window at a point share one sum. */
function sumOf(sign: CompiledSign, sums: Map<number, RollingSum>): RollingSum | undefined {
  if (sign.windowMs === 0) return undefined;
  const found = sums.get(sign.windowMs) ?? new RollingSum(sign.windowMs);
  sums.set(sign.windowMs, found);
  return found;
}
