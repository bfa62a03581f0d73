import type { CalendarYear } from '#contract/command';

import { moveDay } from '../calendar-days.ts';

export type CalendarDay = CalendarYear['days'][number];

/**
 * What somebody changed in a year, kept apart from the year itself: when another person has saved meanwhile, it is put upon
 * the year as it is now, and nothing of either is lost.
 */
export interface YearChanges {
  readonly added: readonly CalendarDay[];
  /** Days as `2026-10-01`. */
  readonly removed: readonly string[];
}

export const NO_CHANGES: YearChanges = { added: [], removed: [] };

/** The year's days with the changes in them, in order. */
export function changedDays(
  days: readonly CalendarDay[],
  { added, removed }: YearChanges,
): readonly CalendarDay[] {
  const gone = new Set([...removed, ...added.map(({ day }) => day)]);
  return [...days.filter(({ day }) => !gone.has(day)), ...added].toSorted((a, b) =>
    a.day.localeCompare(b.day),
  );
}

/** With some days entered; one that is there already becomes what is entered. */
export function withDays({ added, removed }: YearChanges, days: readonly CalendarDay[]): YearChanges {
  const entered = new Set(days.map(({ day }) => day));
  return {
    added: [...added.filter(({ day }) => !entered.has(day)), ...days],
    removed: removed.filter((day) => !entered.has(day)),
  };
}

/** With a day taken out, whether it was in the year or entered just now. */
export function withoutDay(
  { added, removed }: YearChanges,
  day: string,
  days: readonly CalendarDay[],
): YearChanges {
  const held = days.some((one) => one.day === day);
  return {
    added: added.filter((one) => one.day !== day),
    removed: held && !removed.includes(day) ? [...removed, day] : removed,
  };
}

const LONGEST = 31;

/** From–to of a year, both included; undefined where it is no such span. An empty `to` is the same day. */
export function spanOfDays(year: number, from: string, to: string): readonly string[] | undefined {
  const last = to === '' ? from : to;
  const inYear = (day: string): boolean => /^\d{4}-\d{2}-\d{2}$/u.test(day) && day.startsWith(`${year}-`);
  if (!inYear(from) || !inYear(last)) return undefined;
  const days: string[] = [];
  for (let day = from; day <= last; day = moveDay(day, 1)) {
    if (days.length === LONGEST) return undefined;
    days.push(day);
  }
  return days.length === 0 ? undefined : days;
}

/** A holiday as it is read: its days off and the days that are worked for it. */
export interface Holiday {
  readonly name: string;
  readonly off: readonly string[];
  readonly work: readonly string[];
}

/** The days of a year by the name of their holiday, in the order in which they are had: one may be worked for weeks before. */
export function holidaysOf(days: readonly CalendarDay[]): readonly Holiday[] {
  const names = [...new Set(days.map(({ name }) => name))];
  const of = (name: string, kind: CalendarDay['kind']): readonly string[] =>
    days.filter((one) => one.name === name && one.kind === kind).map(({ day }) => day);
  const first = ({ off, work }: Holiday): string => off[0] ?? work[0] ?? '';
  return names
    .map((name) => ({ name, off: of(name, 'holiday'), work: of(name, 'workday') }))
    .toSorted((a, b) => first(a).localeCompare(first(b)));
}
