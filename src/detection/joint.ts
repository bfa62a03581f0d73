import { novelty, NOVELTY_SLOTS } from './novelty.ts';
import { RARITY_SLOTS, rarityOf } from './rarity.ts';
import { HORIZON, newestShare } from './running.ts';
import { TOGETHER } from './together.ts';

/**
 * Over how many readings what does not fit together is averaged: one that is far off, ten that are off, sixty that are a little
 * off in the same way.
 */
const SPANS = [1, 10, 60] as const;
/** So many readings for each instrument before their covariance says anything. */
const FIRST = 3;
/** Factorising the covariance is the dear part; over so many readings it hardly changes. */
const FACTOR_EVERY = 16;
/**
 * So much of its own variance is added to each instrument (a hundredth of its spread, squared): two that tell the very same must not
 * make a hair a catastrophe.
 */
const RIDGE = 0.0001;
/** A reading further off than this teaches no more than one that is so far off: a fault is not learnt at once. */
const CLIP = 3;
/** A distance is an event beyond so many times its mean, like those of one point. */
const EVENT = 5;

/**
 * All a joint detector remembers. What counts is the covariance: n (n + 1) / 2 numbers, of fifty instruments 200 bytes each; its factor is
 * made anew from it.
 */
export interface JointMemory {
  readonly instruments: number;
  readings: number;
  readonly mean: Float64Array;
  /** Lower triangle by rows in a square; `factor` is its Cholesky factor as it last was. */
  readonly covariance: Float64Array;
  readonly factor: Float64Array;
  /** The whitened readings, and their means over each span, one span after the other. */
  readonly apart: Float64Array;
  readonly averages: Float64Array;
  readonly usual: Float64Array;
  readonly rarities: Float32Array;
}

export function newJointMemory(instruments: number): JointMemory {
  return {
    instruments,
    readings: 0,
    mean: new Float64Array(instruments),
    covariance: new Float64Array(instruments * instruments),
    factor: new Float64Array(instruments * instruments),
    apart: new Float64Array(instruments),
    averages: new Float64Array(instruments * SPANS.length),
    usual: new Float64Array(SPANS.length),
    rarities: new Float32Array(RARITY_SLOTS * SPANS.length + NOVELTY_SLOTS),
  };
}

/**
 * How unusual the readings of several instruments of one object are together, at one moment, beside what they have been together: in
 * decades of a return period, told once (see `detect`). What each of them does alone may be quite ordinary. Learns the readings.
 * Gives 0 for a moment at which one of them has no number.
 */
export function detectTogether(memory: JointMemory, values: Float64Array): number {
  if (!values.every(Number.isFinite)) return 0;
  const { instruments, mean, apart } = memory;
  memory.readings = Math.min(memory.readings + 1, HORIZON);
  const known = memory.readings - FIRST * instruments;
  for (let i = 0; i < instruments; i += 1) apart[i] = (values[i] ?? 0) - (mean[i] ?? 0);
  const rarity = known > 0 ? rarityTogether(memory, known) : 0;
  learn(memory);
  return rarity;
}

function rarityTogether(memory: JointMemory, known: number): number {
  const { instruments, rarities } = memory;
  if (known % FACTOR_EVERY === 1) factorise(memory);
  const whitened = whiten(memory);
  let sum = 0;
  for (let s = 0; s < SPANS.length; s += 1) {
    const span = SPANS[s] ?? 1;
    const base = s * instruments;
    const size = averageSize(memory.averages, { base, whitened, share: newestShare(known, span) });
    const usual = memory.usual[s] ?? 0;
    memory.usual[s] = usual + newestShare(known, HORIZON) * (size - usual);
    if (known <= span) continue;
    // What fits together better than usual is no event; the scale is learnt from both sides.
    const heard = { distance: Math.abs(size - usual), unexplained: size - usual, event: EVENT };
    sum += rarityOf(rarities, s * RARITY_SLOTS, heard) ** TOGETHER;
  }
  return novelty(rarities, SPANS.length * RARITY_SLOTS, known, sum ** (1 / TOGETHER));
}

/** Readings in units in which all are independent and of variance one: what is left of each beside those before it. */
function whiten({ instruments: n, apart, factor }: JointMemory): Float64Array {
  const whitened = new Float64Array(n);
  let squares = 0;
  for (let i = 0; i < n; i += 1) {
    let rest = apart[i] ?? 0;
    for (let k = 0; k < i; k += 1) rest -= (factor[i * n + k] ?? 0) * (whitened[k] ?? 0);
    const scale = factor[i * n + i] ?? 0;
    whitened[i] = scale > 0 ? rest / scale : 0;
    squares += (whitened[i] ?? 0) ** 2;
  }
  const far = Math.sqrt(squares / n);
  if (far > CLIP) for (let i = 0; i < n; i += 1) apart[i] = ((apart[i] ?? 0) * CLIP) / far;
  return whitened;
}

/** Takes the newest into the average over a span and gives its size, the root of the mean square. */
function averageSize(
  averages: Float64Array,
  {
    base,
    whitened,
    share,
  }: { readonly base: number; readonly whitened: Float64Array; readonly share: number },
): number {
  let squares = 0;
  for (let i = 0; i < whitened.length; i += 1) {
    const before = averages[base + i] ?? 0;
    const now = before + share * ((whitened[i] ?? 0) - before);
    averages[base + i] = now;
    squares += now * now;
  }
  return Math.sqrt(squares / whitened.length);
}

/** Cholesky's, with the ridge; an instrument that has never moved says nothing. */
function factorise({ instruments: n, covariance, factor }: JointMemory): void {
  for (let i = 0; i < n; i += 1)
    for (let j = 0; j <= i; j += 1) {
      let rest = (covariance[i * n + j] ?? 0) * (i === j ? 1 + RIDGE : 1);
      for (let k = 0; k < j; k += 1) rest -= (factor[i * n + k] ?? 0) * (factor[j * n + k] ?? 0);
      const scale = factor[j * n + j] ?? 0;
      if (i === j) factor[i * n + i] = Math.sqrt(Math.max(rest, 0));
      else factor[i * n + j] = scale > 0 ? rest / scale : 0;
    }
}

function learn({ instruments: n, readings, mean, covariance, apart }: JointMemory): void {
  const share = newestShare(readings, HORIZON);
  for (let i = 0; i < n; i += 1) {
    mean[i] = (mean[i] ?? 0) + share * (apart[i] ?? 0);
    for (let j = 0; j <= i; j += 1) {
      const before = covariance[i * n + j] ?? 0;
      const product = (1 - share) * (apart[i] ?? 0) * (apart[j] ?? 0);
      covariance[i * n + j] = before + share * (product - before);
    }
  }
}
