/**
 * How far back a detector remembers, in readings: a month of five-minute readings, a week of minutes. Means of the whole
 * past weigh all readings alike until then, and forget exponentially afterwards; counts stop here.
 */
export const HORIZON = 10_000;

/** Weight of the newest of `count` readings in a mean over the last `span`: the plain mean until so many are there. */
export function newestShare(count: number, span: number): number {
  return count < span ? 1 / count : 1 / span;
}
