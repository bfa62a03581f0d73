import { fromBeijing, startOfBeijingMonth } from '#base';
import type { PERFORMANCE_SPANS } from '#contract/warning';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** From the first of a month this reaches into the next, whatever their lengths. */
const INTO_NEXT_MS = 32 * DAY_MS;

const LAST_MS: Readonly<Record<(typeof PERFORMANCE_SPANS)[number], number>> = {
  '24h': DAY_MS,
  '7d': 7 * DAY_MS,
  '30d': 30 * DAY_MS,
};

/** A stretch of time whose alarms are looked at, `[from, until)` in epoch ms. */
export interface Span {
  readonly from: number;
  /** Its end, or now where that is still to come. */
  readonly until: number;
  /** `YYYY-MM` where it is a Beijing month. */
  readonly month: string | null;
  readonly isOver: boolean;
}

interface Asked {
  readonly month?: string | undefined;
  readonly last?: (typeof PERFORMANCE_SPANS)[number] | undefined;
}

/** The month that was asked for, or the last so long before `now` (epoch ms). */
export function spanOf({ month, last = '30d' }: Asked, now: number): Span {
  if (month === undefined) return { from: now - LAST_MS[last], until: now, month: null, isOver: false };
  const [year = 0, number = 1] = month.split('-').map(Number);
  const from = fromBeijing(year, number, 1);
  const to = startOfBeijingMonth(from + INTO_NEXT_MS);
  return { from, until: Math.max(from, Math.min(to, now)), month, isOver: to <= now };
}
