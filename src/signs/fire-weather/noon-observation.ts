/** Believed readings of one point in the order of their moments (epoch ms). */
export type ObservedSeries = readonly (readonly [at: number, value: number])[];

const HOUR_MS = 3_600_000;
/** An hour's rain is told at its end, or not long before. */
const RAIN_TOLD_MS = 30 * 60_000;

/** The newest value of the hour up to noon; undefined when nothing was heard in it. */
export function valueAtNoon(series: ObservedSeries, noon: number): number | undefined {
  return series.findLast(([at]) => at <= noon && at > noon - HOUR_MS)?.[1];
}

/** The rain of the 24 hours up to noon from a gauge that tells the rain of an hour; undefined when an hour is missing. */
export function rainToNoon(series: ObservedSeries, noon: number): number | undefined {
  let sum = 0;
  for (let hour = 0; hour < 24; hour += 1) {
    const end = noon - hour * HOUR_MS;
    const told = series.findLast(([at]) => at <= end && at > end - RAIN_TOLD_MS);
    if (!told) return undefined;
    sum += told[1];
  }
  return sum;
}
