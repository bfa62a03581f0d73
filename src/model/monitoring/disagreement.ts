/** A spread that is normal is not doubted: so many times the median distance from the median. */
const TIMES = 6;
/** Two that differ do not tell which is right. */
const FEWEST = 3;

/**
 * Which of several values of the same thing at the same time are far off the others: beyond `tolerance` and beyond six times the
 * median absolute deviation. Gives their positions; none where fewer than three speak.
 */
export function disagreeing(values: readonly number[], tolerance: number): readonly number[] {
  if (values.length < FEWEST) return [];
  const middle = median(values);
  const spread = median(values.map((value) => Math.abs(value - middle)));
  const allowed = Math.max(tolerance, TIMES * spread);
  return values.flatMap((value, i) => (Math.abs(value - middle) > allowed ? [i] : []));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
}

/**
 * Elements that are the same thing wherever they are measured within so many metres: the water in one underpass (0: at one object),
 * the air over a few towns. Others are not compared: two strains of one bridge are two things.
 */
export const ALIKE_WITHIN: Readonly<Record<string, number>> = {
  'FLOOD.UNDERPASS': 0,
  'FLOOD.PUMP_LVL': 0,
  'FLOOD.RIVER': 0,
  'FLOOD.TIDE': 0,
  'HAZCHEM.LEVEL': 0,
  'FIRE.TANKL': 0,
  'POWER.FREQ': 0,
  'MET.T': 10_000,
  'MET.P': 20_000,
  'SNOWICE.AIRT': 10_000,
};
