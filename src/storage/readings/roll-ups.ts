import { isSuspect } from '#model/monitoring';

import type { ReadingColumns } from './reading-columns.ts';

/** Stretches begin at Beijing's midnight. */
const BEIJING_MS = 8 * 3_600_000;

const NAMES = [
  'at',
  'count',
  'suspect',
  'sum',
  'min',
  'max',
  'first',
  'last',
  'low',
  'lowAt',
  'lowRaw',
  'lowQuality',
  'lowSource',
  'high',
  'highAt',
  'highRaw',
  'highQuality',
  'highSource',
] as const;

/**
 * One point's readings summed up by stretches of time of one length, in columns; stretches without a reading are left out. `at`
 * is where a stretch begins (epoch ms). `count` counts all readings, `suspect` those that are not believed; `sum`, `min`, `max`,
 * `first` and `last` are of the believed ones (NaN where there are none, the sum 0). `low` and `high` are the lowest and the
 * highest of all readings, the earlier of equals, as a chart draws them: with their moment, marks, source and what was sent.
 */
export type RollUps = { readonly length: number } & Readonly<Record<(typeof NAMES)[number], Float64Array>>;

/** Where the stretch of `ms` begins that a moment lies in; both in ms. */
export function beginOf(at: number, ms: number): number {
  return Math.floor((at + BEIJING_MS) / ms) * ms - BEIJING_MS;
}

export function emptyRollUps(length: number): RollUps {
  const columns = Object.fromEntries(NAMES.map((name) => [name, new Float64Array(length)]));
  return { length, ...columns } as unknown as RollUps;
}

/** Rows `from` to `to` (without it) as a view of the same memory. */
export function sliceRollUps(rolled: RollUps, from: number, to: number): RollUps {
  const columns = Object.fromEntries(NAMES.map((name) => [name, rolled[name].subarray(from, to)]));
  return { length: Math.max(0, to - from), ...columns } as unknown as RollUps;
}

/** Sums up readings, and what is summed up already by shorter stretches, as they come in the order of time. */
export class Roller {
  readonly #ms: number;
  #rolled = emptyRollUps(64);
  #length = 0;
  #until = Number.NEGATIVE_INFINITY;

  /** `ms` is the length of a stretch. */
  constructor(ms: number) {
    this.#ms = ms;
  }

  add(columns: ReadingColumns): void {
    for (let i = 0; i < columns.length; i += 1) {
      const at = columns.observedAt[i] ?? 0;
      if (at >= this.#until) this.#open(at);
      count(this.#rolled, this.#length - 1, columns, i);
    }
  }

  /** Rows of stretches that fit into those of this one. */
  addRolled(from: RollUps): void {
    for (let i = 0; i < from.length; i += 1) {
      const at = from.at[i] ?? 0;
      if (at >= this.#until) this.#open(at);
      gather(this.#rolled, this.#length - 1, from, i);
    }
  }

  done(): RollUps {
    return sliceRollUps(this.#rolled, 0, this.#length);
  }

  #open(at: number): void {
    if (this.#length === this.#rolled.length) {
      const wider = emptyRollUps(this.#length * 2);
      for (const name of NAMES) wider[name].set(this.#rolled[name]);
      this.#rolled = wider;
    }
    const n = this.#length;
    const begin = beginOf(at, this.#ms);
    this.#until = begin + this.#ms;
    this.#length += 1;
    this.#rolled.at[n] = begin;
    for (const name of UNKNOWN) this.#rolled[name][n] = Number.NaN;
  }
}

const UNKNOWN = ['min', 'max', 'first', 'last', 'low', 'high'] as const;
const LOW = ['low', 'lowAt', 'lowRaw', 'lowQuality', 'lowSource'] as const;
const HIGH = ['high', 'highAt', 'highRaw', 'highQuality', 'highSource'] as const;

// What is not there yet is NaN, and everything is beyond it.
// oxlint-disable-next-line max-params
function count(to: RollUps, n: number, from: ReadingColumns, i: number): void {
  const value = from.value[i] ?? 0;
  to.count[n] = (to.count[n] ?? 0) + 1;
  if (!(value >= (to.low[n] ?? 0))) drawLow(to, n, from, i);
  if (!(value <= (to.high[n] ?? 0))) drawHigh(to, n, from, i);
  if (isSuspect(from.quality[i] ?? 0)) to.suspect[n] = (to.suspect[n] ?? 0) + 1;
  else believe(to, n, { sum: value, min: value, max: value, first: value, last: value });
}

// oxlint-disable-next-line max-params
function gather(to: RollUps, n: number, from: RollUps, i: number): void {
  const [readings, suspect] = [from.count[i] ?? 0, from.suspect[i] ?? 0];
  to.count[n] = (to.count[n] ?? 0) + readings;
  to.suspect[n] = (to.suspect[n] ?? 0) + suspect;
  if (!((from.low[i] ?? 0) >= (to.low[n] ?? 0))) copy(LOW, from, i, to, n);
  if (!((from.high[i] ?? 0) <= (to.high[n] ?? 0))) copy(HIGH, from, i, to, n);
  if (suspect < readings) believe(to, n, believedAt(from, i));
}

interface Believed {
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  readonly first: number;
  readonly last: number;
}

function believe(to: RollUps, n: number, { sum, min, max, first, last }: Believed): void {
  to.sum[n] = (to.sum[n] ?? 0) + sum;
  if (!(min >= (to.min[n] ?? 0))) to.min[n] = min;
  if (!(max <= (to.max[n] ?? 0))) to.max[n] = max;
  if (Number.isNaN(to.first[n])) to.first[n] = first;
  to.last[n] = last;
}

function believedAt(from: RollUps, i: number): Believed {
  const { sum, min, max, first, last } = from;
  return {
    sum: sum[i] ?? 0,
    min: min[i] ?? 0,
    max: max[i] ?? 0,
    first: first[i] ?? 0,
    last: last[i] ?? 0,
  };
}

// oxlint-disable-next-line max-params
function copy(names: typeof LOW | typeof HIGH, from: RollUps, i: number, to: RollUps, n: number): void {
  for (const name of names) to[name][n] = from[name][i] ?? 0;
}

// oxlint-disable-next-line max-params
function drawLow(to: RollUps, n: number, from: ReadingColumns, i: number): void {
  to.low[n] = from.value[i] ?? 0;
  to.lowAt[n] = from.observedAt[i] ?? 0;
  to.lowRaw[n] = (from.raw ?? from.value)[i] ?? 0;
  to.lowQuality[n] = from.quality[i] ?? 0;
  to.lowSource[n] = from.source[i] ?? 0;
}

// oxlint-disable-next-line max-params
function drawHigh(to: RollUps, n: number, from: ReadingColumns, i: number): void {
  to.high[n] = from.value[i] ?? 0;
  to.highAt[n] = from.observedAt[i] ?? 0;
  to.highRaw[n] = (from.raw ?? from.value)[i] ?? 0;
  to.highQuality[n] = from.quality[i] ?? 0;
  to.highSource[n] = from.source[i] ?? 0;
}
