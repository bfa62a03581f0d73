import type { ThresholdSign } from '#model/standard';

/**
 * A sign made ready for the hot path. Directions are unified: for `low` values and limits are negated, so a level's
 * condition is always `value × sense ≥ limit`. Index 0 is blue … 3 is red; a level the sign does not have is Infinity.
 */
export interface CompiledSign {
  readonly id: number;
  readonly code: string;
  readonly sense: 1 | -1;
  readonly limits: Float64Array;
  /** The limit of the lowest level there is: below it nothing can begin. */
  readonly lowest: number;
  readonly onDelayMs: Float64Array;
  readonly deadband: number;
  readonly offDelayMs: number;
  /** Window of a rolling sum; 0 means the value itself. */
  readonly windowMs: number;
}

const ORDER = ['blue', 'yellow', 'orange', 'red'] as const;

/** `id` is the number of the sign's row. */
export function compileSign(id: number, sign: ThresholdSign): CompiledSign {
  const sense = sign.direction === 'high' ? 1 : -1;
  const limits = new Float64Array(4).fill(Number.POSITIVE_INFINITY);
  const onDelayMs = new Float64Array(4);
  ORDER.forEach((level, i) => {
    const threshold = sign.levels[level];
    if (!threshold) return;
    // `low` holds at value < limit, strictly; negated that is > −limit, the next number above −limit.
    limits[i] = sense === 1 ? threshold.limit : nextUp(-threshold.limit);
    onDelayMs[i] = threshold.onDelaySeconds * 1000;
  });
  return {
    id,
    code: sign.code,
    sense,
    limits,
    lowest: Math.min(...limits),
    onDelayMs,
    deadband: sign.deadband,
    offDelayMs: sign.offDelaySeconds * 1000,
    windowMs: sign.over.kind === 'rolling-sum' ? sign.over.windowSeconds * 1000 : 0,
  };
}

/** The next representable number above `x`. */
function nextUp(x: number): number {
  if (x === 0) return Number.MIN_VALUE;
  const bits = new BigInt64Array(1);
  const number = new Float64Array(bits.buffer);
  number[0] = x;
  bits[0] = (bits[0] ?? 0n) + (x > 0 ? 1n : -1n);
  return number[0];
}
