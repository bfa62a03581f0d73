import { beijingMonth, spanOfBeijingMonth, toBeijing } from '#base';

/** A month in Beijing: `[from, to)` in epoch ms, and its days as `YYYY-MM-DD`. */
export interface MonthSpan {
  readonly month: string;
  readonly from: number;
  readonly to: number;
  /** The days up to the given moment; none of a month that has not begun. */
  readonly days: readonly string[];
}

const DAY_MS = 86_400_000;

/** The month of `YYYY-MM`, or the one of the moment `now` (epoch ms). */
export function monthSpan(month: string | undefined, now: number): MonthSpan {
  const its = month ?? beijingMonth(now);
  const { from, to } = spanOfBeijingMonth(its);
  const days: string[] = [];
  for (let at = from; at < to && at <= now; at += DAY_MS) days.push(dayOf(at));
  return { month: its, from, to, days };
}

function dayOf(at: number): string {
  const { year, month, day } = toBeijing(at);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

function pad(n: number, width: number): string {
  return String(n).padStart(width, '0');
}
