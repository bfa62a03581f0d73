import { daysFromCivil, toBeijing } from '#base';
import type { WorkingPeriod } from '#model/standard';

const DAY_MS = 86_400_000;
const OFFSET_MS = 8 * 3_600_000;
const MINUTE_MS = 60_000;

/** Working periods of a day, and the days that differ from Monday to Friday (调休). Asia/Shanghai. */
export interface WorkingCalendar {
  /** Milliseconds of the day, ascending, apart from each other. */
  readonly periods: readonly { readonly from: number; readonly to: number }[];
  /** Days since 1970-01-01 in Beijing. */
  readonly holidays: ReadonlySet<number>;
  readonly workdays: ReadonlySet<number>;
}

/** `holidays`: weekdays without work; `workdays`: weekend days with work; both as `YYYY-MM-DD`. */
export function workingCalendar(
  periods: readonly WorkingPeriod[],
  holidays: readonly string[] = [],
  workdays: readonly string[] = [],
): WorkingCalendar {
  const spans = periods
    .map((period) => ({ from: msOfDay(period.from), to: msOfDay(period.to) }))
    .toSorted((a, b) => a.from - b.from);
  const ascending = spans.every((span, i) => span.from < span.to && span.from >= (spans[i - 1]?.to ?? 0));
  if (spans.length === 0 || !ascending)
    throw new RangeError('working periods must be ascending and not overlap');
  return { periods: spans, holidays: new Set(holidays.map(dayOf)), workdays: new Set(workdays.map(dayOf)) };
}

export function isWorkingDay(calendar: WorkingCalendar, day: number): boolean {
  if (calendar.workdays.has(day)) return true;
  if (calendar.holidays.has(day)) return false;
  const { weekday } = toBeijing(startOfDay(day));
  return weekday >= 1 && weekday <= 5;
}

/** The moment at which `ms` of working time have passed since `from`. With 0 it is `from` itself. */
export function addWorkingTime(calendar: WorkingCalendar, from: number, ms: number): number {
  let left = ms;
  if (left <= 0) return from;
  for (const period of periodsFrom(calendar, from)) {
    const length = period.to - period.from;
    if (left <= length) return period.from + left;
    left -= length;
  }
  throw new RangeError('the calendar has no working time left');
}

/** Working milliseconds between two moments; 0 when `to` is not after `from`. */
export function workingTimeBetween(calendar: WorkingCalendar, from: number, to: number): number {
  let sum = 0;
  for (const period of periodsFrom(calendar, from)) {
    if (period.from >= to) break;
    sum += Math.min(period.to, to) - period.from;
  }
  return sum;
}

/** When the working day ends in which `from` falls; after hours it is the next working day's end. */
export function endOfWorkingDay(calendar: WorkingCalendar, from: number): number {
  let day = dayAt(from);
  for (const period of periodsFrom(calendar, from)) {
    day = dayAt(period.from);
    break;
  }
  return startOfDay(day) + (calendar.periods.at(-1)?.to ?? 0);
}

/** Working periods from a moment on, the first one cut at it. Ends after ten years: nothing here is due later. */
function* periodsFrom(
  calendar: WorkingCalendar,
  from: number,
): Generator<{ readonly from: number; readonly to: number }> {
  const first = dayAt(from);
  for (let day = first; day < first + 3660; day += 1) {
    if (!isWorkingDay(calendar, day)) continue;
    const midnight = startOfDay(day);
    for (const period of calendar.periods) {
      if (midnight + period.to <= from) continue;
      yield { from: Math.max(midnight + period.from, from), to: midnight + period.to };
    }
  }
}

function dayAt(epochMs: number): number {
  return Math.floor((epochMs + OFFSET_MS) / DAY_MS);
}

function startOfDay(day: number): number {
  return day * DAY_MS - OFFSET_MS;
}

function msOfDay(clock: string): number {
  const [hours, minutes] = clock.split(':').map(Number);
  return ((hours ?? 0) * 60 + (minutes ?? 0)) * MINUTE_MS;
}

function dayOf(date: string): number {
  const [year, month, day] = date.split('-').map(Number);
  if (!year || !month || !day) throw new RangeError(`not a date: ${date}`);
  return daysFromCivil(year, month, day);
}
