import type {
  Agreement,
  FireWeatherInputs,
  Limit,
  PastDirection,
  SignMeasure,
  Statistic,
} from '#model/standard';

import type { Side } from './agreeing.ts';

/** A measure with its limits as numbers and its windows in ms; see `SignMeasure`. */
export type ReadyMeasure =
  | { readonly kind: 'value' }
  | { readonly kind: 'rolling'; readonly statistic: Statistic; readonly windowMs: number }
  | { readonly kind: 'rate'; readonly windowMs: number }
  | { readonly kind: 'duration'; readonly past: number; readonly direction: PastDirection }
  | { readonly kind: 'deviation'; readonly weeks: number; readonly as: 'absolute' | 'percent' }
  | {
      readonly kind: 'forecast';
      readonly windowMs: number;
      readonly past: number;
      readonly direction: PastDirection;
    }
  | { readonly kind: 'anomaly'; readonly windowMs: number }
  | { readonly kind: 'rarity'; readonly learnMs: number }
  | { readonly kind: 'points'; readonly past: number; readonly direction: PastDirection }
  | { readonly kind: 'silence' }
  | ({ readonly kind: 'fire-weather' } & FireWeatherInputs)
  /** 读数表决 over what another measure gives. */
  | { readonly kind: 'agreeing'; readonly by: Agreement; readonly side: Side; readonly inner: ReadyMeasure };

/** `numberOf` turns a limit into a number; it notes for itself what it does not know. */
export function readyMeasure(measure: SignMeasure, numberOf: (limit: Limit) => number): ReadyMeasure {
  const { kind } = measure;
  if (kind === 'value' || kind === 'silence' || kind === 'deviation' || kind === 'fire-weather')
    return measure;
  if (kind === 'duration' || kind === 'points') return { ...measure, past: numberOf(measure.past) };
  if (kind === 'rarity') return { kind, learnMs: measure.learnSeconds * 1000 };
  const windowMs = measure.windowSeconds * 1000;
  if (kind === 'forecast')
    return { kind, windowMs, past: numberOf(measure.past), direction: measure.direction };
  return kind === 'rolling' ? { kind, statistic: measure.statistic, windowMs } : { kind, windowMs };
}

const WEEK_MS = 7 * 86_400_000;
/** A moving mean has forgotten what lies three windows back. */
const ANOMALY_WINDOWS = 3;

/**
 * How far back (ms) readings are needed to make a measure's memory anew; 0 where it has none. `longest` is the longest time the
 * sign's levels ask for: a duration is known for as long as somebody asks for it.
 */
export function memoryMs(measure: ReadyMeasure, longest: number): number {
  if (measure.kind === 'agreeing') return memoryMs(measure.inner, longest);
  if (measure.kind === 'deviation') return (measure.weeks + 1) * WEEK_MS;
  if (measure.kind === 'duration') return longest;
  if (measure.kind === 'rarity') return measure.learnMs;
  if (!('windowMs' in measure)) return 0;
  return measure.kind === 'anomaly' ? ANOMALY_WINDOWS * measure.windowMs : measure.windowMs;
}
