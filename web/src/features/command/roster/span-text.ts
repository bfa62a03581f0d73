import { formatDateTime } from '../../../app/format.ts';
import { dayOf } from '../calendar-days.ts';

/** `08:30–20:30`, or with the day where it ends on another: `20:30–次日 08:30`. */
export function clockSpan(from: number, to: number): string {
  const start = formatDateTime(from).slice(11);
  const end = formatDateTime(to).slice(11);
  if (dayOf(from) === dayOf(to)) return `${start}–${end}`;
  return to - from > 36 * 3_600_000 ? `${start}–${formatDateTime(to).slice(5)}` : `${start}–次日 ${end}`;
}

/** `11-28 08:30–20:30` */
export function daySpan(from: number, to: number): string {
  return `${dayOf(from).slice(5)} ${clockSpan(from, to)}`;
}
