import type { LevelThreshold, Limit, Sign } from '#model/standard';

import { memoryMs, type ReadyMeasure, readyMeasure } from './measures/ready-measure.ts';

/**
 * A sign made ready for the hot path. A level's condition is `value ≥ high or value < low`; a side it does not have is
 * infinite. Index 0 is blue … 3 is red.
 */
export interface CompiledSign {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly measure: ReadyMeasure;
  readonly highs: Float64Array;
  readonly lows: Float64Array;
  /** Between these nothing can begin. */
  readonly lowestHigh: number;
  readonly highestLow: number;
  readonly onDelayMs: Float64Array;
  readonly deadband: number;
  readonly offDelayMs: number;
  /** How far back readings are needed to make its measure's memory anew (ms). */
  readonly memoryMs: number;
  /** How many readings its memory holds beside that; 0 where none are counted. */
  readonly memoryReadings: number;
}

const ORDER = ['blue', 'yellow', 'orange', 'red'] as const;

/** What is set for the object at hand, by the parameter's code; undefined where nothing is. */
export type ParameterOf = (parameter: string) => number | undefined;

/** Codes of the parameters that the object lacks: without them the sign is switched off (catalog §7.2). */
interface SwitchedOff {
  readonly kind: 'switched-off';
  readonly missing: readonly string[];
}

/** `id` is the number of the sign's row. */
export function compileSign(
  id: number,
  sign: Sign,
  parameterOf: ParameterOf = none,
): { readonly kind: 'ready'; readonly sign: CompiledSign } | SwitchedOff {
  const missing = new Set<string>();
  const numberOf = (limit: Limit): number => {
    if (typeof limit === 'number') return limit;
    const value = parameterOf(limit.parameter);
    if (value === undefined) missing.add(limit.parameter);
    return (value ?? Number.NaN) * (limit.times ?? 1) + (limit.plus ?? 0);
  };
  const highs = new Float64Array(4).fill(Number.POSITIVE_INFINITY);
  const lows = new Float64Array(4).fill(Number.NEGATIVE_INFINITY);
  const onDelayMs = new Float64Array(4);
  ORDER.forEach((level, i) => {
    const cell = sign.levels[level];
    if (!cell) return;
    const { high, low } = sides(sign, cell);
    if (high !== undefined) highs[i] = numberOf(high);
    if (low !== undefined) lows[i] = numberOf(low);
    onDelayMs[i] = cell.onDelaySeconds * 1000;
  });
  const measured = readyMeasure(sign.measure, numberOf);
  if (missing.size > 0) return { kind: 'switched-off', missing: [...missing] };
  const measure = agreed(sign, measured);
  const longest = Math.max(...highs.filter(Number.isFinite), 0) * 1000;
  return {
    kind: 'ready',
    sign: {
      id,
      code: sign.code,
      name: sign.name,
      measure,
      highs,
      lows,
      lowestHigh: Math.min(...highs),
      highestLow: Math.max(...lows),
      onDelayMs,
      deadband: sign.deadband,
      offDelayMs: sign.offDelaySeconds * 1000,
      memoryMs: memoryMs(measure, longest),
      memoryReadings: sign.agreement?.of ?? 0,
    },
  };
}

/** What is compared where several readings have to agree. A band has no one side to agree on; the linter refuses it. */
function agreed({ agreement, direction }: Sign, measured: ReadyMeasure): ReadyMeasure {
  if (agreement === undefined || direction === 'band') return measured;
  return { kind: 'agreeing', by: agreement, side: direction, inner: measured };
}

/** A sign that no value reaches: what stood at a level of it is back, and nothing begins. */
export function switchedOff(sign: CompiledSign): CompiledSign {
  return {
    ...sign,
    highs: new Float64Array(4).fill(Number.POSITIVE_INFINITY),
    lows: new Float64Array(4).fill(Number.NEGATIVE_INFINITY),
    lowestHigh: Number.POSITIVE_INFINITY,
    highestLow: Number.NEGATIVE_INFINITY,
  };
}

function sides(
  { direction }: Sign,
  { limit, lower }: LevelThreshold,
): { readonly high?: Limit; readonly low?: Limit | undefined } {
  if (direction === 'low') return { low: limit };
  return direction === 'high' ? { high: limit } : { high: limit, low: lower };
}

function none(): undefined {
  return undefined;
}

/** How far a value lies beyond where nothing can begin; what is worse has more of it. */
export function excess(sign: CompiledSign, value: number): number {
  return Math.max(value - sign.lowestHigh, sign.highestLow - value);
}
