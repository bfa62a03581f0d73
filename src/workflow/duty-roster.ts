import { fromBeijing, toBeijing } from '#base';
import type { Turn } from '#model/command';

import { isWorkingDay, type WorkingCalendar } from './working-calendar.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** 1 January 1970 was a Thursday: weeks begin on Mondays. */
const MONDAY_SHIFT = 3;

/** Shifts of a day as clock times; `to` not after `from` is on the next day, an equal one 24 hours later. Asia/Shanghai. */
export interface ShiftTime {
  readonly from: string;
  readonly to: string;
}
export interface ShiftPattern {
  readonly workday: readonly ShiftTime[];
  /** Days off; null: as on working days. */
  readonly holiday: readonly ShiftTime[] | null;
}

/** Epoch ms, the end excluded. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A seat's rota. People are keys (`account:7`, `contact:3`); what they are is the caller's. */
export interface SeatRota {
  readonly turn: Turn;
  readonly rota: readonly string[];
  /** A cycle of its own for days off; null: the same one goes on. */
  readonly holidayRota: readonly string[] | null;
}

/** Who stood last in a cycle before the span, so that it goes on behind them. */
export interface LastTurn {
  readonly person: string;
  /** Day on which that shift began, days since 1970-01-01 in Beijing. */
  readonly day: number;
}

export interface PlannedShift extends Span {
  readonly person: string;
  readonly dayOff: boolean;
}

export interface PlanInput {
  readonly pattern: ShiftPattern;
  readonly calendar: WorkingCalendar;
  readonly seat: SeatRota;
  /** First and last day, both included. */
  readonly fromDay: number;
  readonly toDay: number;
  readonly last: { readonly usual: LastTurn | null; readonly dayOff: LastTurn | null };
  /** Shifts of the seat that stay as they are; the plan is cut around them. */
  readonly kept: readonly Span[];
}

/** Day number of a moment in Beijing. */
export function dayNumber(at: number): number {
  return Math.floor((at + 8 * 3_600_000) / DAY_MS);
}

/** The shifts of a seat over some days, by its rota; never two at once. A shift belongs to the day on which it begins. */
export function planShifts(input: PlanInput): readonly PlannedShift[] {
  const { pattern, calendar, seat, fromDay, toDay, last, kept } = input;
  const usual = new Cycle(seat.rota, seat.turn, last.usual);
  const dayOffCycle = seat.holidayRota === null ? usual : new Cycle(seat.holidayRota, seat.turn, last.dayOff);
  const shifts: PlannedShift[] = [];
  let busyUntil = Number.NEGATIVE_INFINITY;
  for (let day = fromDay; day <= toDay; day += 1) {
    const dayOff = !isWorkingDay(calendar, day);
    const cycle = dayOff ? dayOffCycle : usual;
    const times = dayOff ? (pattern.holiday ?? pattern.workday) : pattern.workday;
    for (const span of spansOf(times, day)) {
      // Where two patterns meet, the one that has begun goes on to its end.
      const from = Math.max(span.from, busyUntil);
      if (from >= span.to) continue;
      const person = cycle.next(day);
      if (person === undefined) continue;
      busyUntil = span.to;
      for (const free of without({ from, to: span.to }, kept)) shifts.push({ ...free, person, dayOff });
    }
  }
  return shifts;
}

/** Goes round a rota: to the next one with every shift, day or week that begins. */
class Cycle {
  readonly #rota: readonly string[];
  readonly #turn: Turn;
  #index: number;
  #key: number | undefined;

  constructor(rota: readonly string[], turn: Turn, last: LastTurn | null) {
    this.#rota = rota;
    this.#turn = turn;
    // Somebody who is not in the rota any more: it begins anew.
    this.#index = last === null ? -1 : rota.indexOf(last.person);
    this.#key = last === null || this.#index === -1 ? undefined : this.#keyOf(last.day);
  }

  next(day: number): string | undefined {
    const key = this.#keyOf(day);
    if (key === undefined || key !== this.#key) this.#index = (this.#index + 1) % this.#rota.length;
    this.#key = key;
    return this.#rota[this.#index];
  }

  /** Shifts with the same key are one turn; undefined: each is its own. */
  #keyOf(day: number): number | undefined {
    if (this.#turn === 'shift') return undefined;
    return this.#turn === 'day' ? day : Math.floor((day + MONDAY_SHIFT) / 7);
  }
}

function spansOf(times: readonly ShiftTime[], day: number): readonly Span[] {
  const { year, month, day: date } = toBeijing(day * DAY_MS);
  const midnight = fromBeijing(year, month, date);
  return times
    .map(({ from, to }) => {
      const begin = msOfDay(from);
      const end = msOfDay(to);
      return { from: midnight + begin, to: midnight + (end > begin ? end : end + DAY_MS) };
    })
    .toSorted((a, b) => a.from - b.from);
}

function msOfDay(clock: string): number {
  const [hours, minutes] = clock.split(':').map(Number);
  return ((hours ?? 0) * 60 + (minutes ?? 0)) * MINUTE_MS;
}

/** What is left of a span beside others. */
export function without(span: Span, others: readonly Span[]): readonly Span[] {
  let left: readonly Span[] = [span];
  for (const other of others) {
    left = left.flatMap((part) => {
      if (other.to <= part.from || other.from >= part.to) return [part];
      return [
        { from: part.from, to: other.from },
        { from: other.to, to: part.to },
      ].filter(({ from, to }) => from < to);
    });
  }
  return left;
}
