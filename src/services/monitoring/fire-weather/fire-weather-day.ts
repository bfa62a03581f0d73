import type { FireWeatherRow } from '#storage';

/** A day's index at a point, as the hot path takes it. */
export interface FireWeatherDay {
  /** Noon of the day (epoch ms). */
  readonly noon: number;
  /** A later day is known too: what this one tells is over. */
  readonly isOver: boolean;
  readonly row: FireWeatherRow;
}

export const DAY_MS = 86_400_000;
/** So long after noon its readings may still be on their way. */
const UNDER_WAY_MS = 3_600_000;
const BEIJING_MS = 8 * 3_600_000;

/** The newest noon of Beijing whose weather must have been heard by `now` (epoch ms). */
export function newestNoon(now: number): number {
  const sinceNoon = (now - UNDER_WAY_MS + BEIJING_MS - DAY_MS / 2) % DAY_MS;
  return now - UNDER_WAY_MS - sinceNoon;
}

/** The last `count` noons up to one, oldest first. */
export function noonsTo(noon: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => noon - (count - 1 - i) * DAY_MS);
}
