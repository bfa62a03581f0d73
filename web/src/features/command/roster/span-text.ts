import type { Roster } from '#contract/command';

import { formatDateTime } from '../../../app/format.ts';
import { dayOf } from '../calendar-days.ts';

/** `08:30–20:30`, or with the day where it ends on another: `20:30–次日 08:30`. */
export function clockSpan(from: number, to: number): string {
  const start = formatDateTime(from).slice(11);
  const end = formatDateTime(to).slice(11);
  if (dayOf(from) === dayOf(to)) return `${start}–${end}`;
  return to - from > 36 * 3_600_000 ? `${start}–${formatDateTime(to).slice(5)}` : `${start}–次日 ${end}`;
}

type Pattern = Roster['pattern'];
const timesOf = ({ workday, holiday }: Pattern): Pattern['workday'] => [...workday, ...(holiday ?? [])];

/** The roster's own word for a shift of these hours (日班, 夜班), or the hours where it has none. */
export function shiftWord(pattern: Pattern, from: number, to: number): string {
  const start = formatDateTime(from).slice(11);
  const end = formatDateTime(to).slice(11);
  const time = timesOf(pattern).find((one) => one.from === start && one.to === end && one.name !== '');
  return time?.name ?? clockSpan(from, to);
}

/** What the words mean: `日班 08:30–20:30`. */
export function shiftLegend(pattern: Pattern): readonly string[] {
  const named = timesOf(pattern).filter(({ name }) => name !== '');
  return [...new Set(named.map(({ name, from, to }) => `${name} ${from}–${to}`))];
}

/** `11-28 08:30–20:30` */
export function daySpan(from: number, to: number): string {
  return `${dayOf(from).slice(5)} ${clockSpan(from, to)}`;
}
