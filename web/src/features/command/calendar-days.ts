import { daysFromCivil, toBeijing } from '#base';
import type { CalendarYear, Shift } from '#contract/command';

const DAY_MS = 86_400_000;
const OFFSET_MS = 8 * 3_600_000;

/** A day in Beijing: its name, and from when to when it lasts. */
export interface Day {
  /** `2026-11-25` */
  readonly day: string;
  readonly number: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  readonly from: number;
  readonly to: number;
}

const two = (value: number): string => String(value).padStart(2, '0');

function dayAt(at: number): Day {
  const { year, month, day, weekday, msOfDay } = toBeijing(at);
  const from = at - msOfDay;
  return { day: `${year}-${two(month)}-${two(day)}`, number: day, weekday, from, to: from + DAY_MS };
}

/** The day in Beijing at a moment. */
export function dayOf(at: number): string {
  return dayAt(at).day;
}

/** When a day begins in Beijing. */
export function startOf(day: string): number {
  const [year = 1970, month = 1, number = 1] = day.split('-').map(Number);
  return daysFromCivil(year, month, number) * DAY_MS - OFFSET_MS;
}

/** The day `by` days later. */
export function moveDay(day: string, by: number): string {
  return dayOf(startOf(day) + by * DAY_MS);
}

/** `2026-11` of a moment. */
export function monthOf(at: number): string {
  return dayOf(at).slice(0, 7);
}

export function moveMonth(month: string, by: number): string {
  const [year = 1970, number = 1] = month.split('-').map(Number);
  const months = year * 12 + number - 1 + by;
  return `${Math.floor(months / 12)}-${two((months % 12) + 1)}`;
}

export function daysOfMonth(month: string): readonly Day[] {
  const end = startOf(`${moveMonth(month, 1)}-01`);
  const days: Day[] = [];
  for (let at = startOf(`${month}-01`); at < end; at += DAY_MS) days.push(dayAt(at));
  return days;
}

/** What the calendar says of a day. `mark` 休 or 班 where it is not as its weekday is. */
export interface DayMark {
  readonly off: boolean;
  readonly mark: '休' | '班' | undefined;
  readonly name: string | undefined;
}

export function markOf(day: Pick<Day, 'day' | 'weekday'>, days: CalendarYear['days']): DayMark {
  const special = days.find((one) => one.day === day.day);
  const weekend = day.weekday === 0 || day.weekday === 6;
  if (!special) return { off: weekend, mark: undefined, name: undefined };
  const off = special.kind === 'holiday';
  return { off, mark: off ? '休' : '班', name: special.name };
}

/** The shifts of each day (by the day on which they begin) and seat. */
export function shiftsByDay(
  shifts: readonly Shift[],
): ReadonlyMap<string, ReadonlyMap<number, readonly Shift[]>> {
  const days = new Map<string, Map<number, Shift[]>>();
  for (const shift of shifts.toSorted((a, b) => a.from - b.from)) {
    const day = dayOf(shift.from);
    const seats = days.get(day) ?? new Map<number, Shift[]>();
    days.set(day, seats);
    const list = seats.get(shift.seat.id) ?? [];
    seats.set(shift.seat.id, list);
    list.push(shift);
  }
  return days;
}

/** How many shifts, and how many of them on days off, each person stands: whether the load is even. */
export interface Load {
  readonly name: string;
  readonly shifts: number;
  readonly off: number;
  readonly hours: number;
}

export function loadsOf(shifts: readonly Shift[], isOff: (day: string) => boolean): readonly Load[] {
  const loads = new Map<string, Load>();
  for (const { person, from, to, status } of shifts) {
    if (status === 'cancelled') continue;
    const key = `${person.kind} ${person.id}`;
    const before = loads.get(key) ?? { name: person.name, shifts: 0, off: 0, hours: 0 };
    loads.set(key, {
      name: person.name,
      shifts: before.shifts + 1,
      off: before.off + (isOff(dayOf(from)) ? 1 : 0),
      hours: before.hours + (to - from) / 3_600_000,
    });
  }
  return [...loads.values()].toSorted((a, b) => b.shifts - a.shifts);
}

/** For `<input type="datetime-local">`, which knows no zone: always Beijing's. */
export function toLocalText(at: number): string {
  const { msOfDay } = toBeijing(at);
  const minutes = Math.floor(msOfDay / 60_000);
  return `${dayOf(at)}T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

export function fromLocalText(text: string): number | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})/u.exec(text);
  if (!match) return undefined;
  const [, day = '', hours, minutes] = match;
  return startOf(day) + (Number(hours) * 60 + Number(minutes)) * 60_000;
}
