import { fromBeijing } from '#base';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { addWorkingTime, endOfWorkingDay, workingCalendar, workingTimeBetween } from './working-calendar.ts';

const HOUR = 3_600_000;
const calendar = workingCalendar(
  [{ from: '08:30', to: '17:30' }],
  ['2026-10-01', '2026-10-02'],
  ['2026-10-10'],
);
const twoPeriods = workingCalendar([
  { from: '13:00', to: '17:00' },
  { from: '08:30', to: '11:30' },
]);

/** A moment of autumn 2026 in Beijing. */
function at(month: number, day: number, hour: number, minute = 0): number {
  return fromBeijing(2026, month, day, hour * HOUR + minute * 60_000);
}

test('two working hours from Friday 16:30 end on Monday 09:30', () => {
  expect(addWorkingTime(calendar, at(11, 20, 16, 30), 2 * HOUR)).toBe(at(11, 23, 9, 30));
});

test('what is opened on Sunday begins to count on Monday morning', () => {
  expect(addWorkingTime(calendar, at(11, 22, 10), HOUR)).toBe(at(11, 23, 9, 30));
  expect(endOfWorkingDay(calendar, at(11, 22, 10))).toBe(at(11, 23, 17, 30));
});

test('the working day ends at 17:30, also for what is opened in the small hours; after hours it is the next day', () => {
  expect(endOfWorkingDay(calendar, at(11, 20, 3))).toBe(at(11, 20, 17, 30));
  expect(endOfWorkingDay(calendar, at(11, 20, 17, 29))).toBe(at(11, 20, 17, 30));
  expect(endOfWorkingDay(calendar, at(11, 20, 17, 30))).toBe(at(11, 23, 17, 30));
});

test('a holiday does not count, a shifted working Saturday does', () => {
  expect(addWorkingTime(calendar, at(9, 30, 17), HOUR)).toBe(at(10, 5, 9));
  expect(addWorkingTime(calendar, at(10, 9, 17), HOUR)).toBe(at(10, 10, 9));
});

test('a lunch break between two periods is not worked', () => {
  expect(addWorkingTime(twoPeriods, at(11, 23, 11), HOUR)).toBe(at(11, 23, 13, 30));
  expect(workingTimeBetween(twoPeriods, at(11, 23, 8), at(11, 23, 18))).toBe(7 * HOUR);
});

test('periods that overlap or end before they begin are refused', () => {
  expect(() => workingCalendar([{ from: '09:00', to: '08:00' }])).toThrow(RangeError);
  expect(() => workingCalendar([])).toThrow(RangeError);
  expect(() =>
    workingCalendar([
      { from: '08:00', to: '12:00' },
      { from: '11:00', to: '17:00' },
    ]),
  ).toThrow(RangeError);
});

const anyMoment = fc.integer({ min: at(9, 1, 0), max: at(12, 31, 0) });
const anySpan = fc.integer({ min: 1, max: 200 * HOUR });

test('property: the working time up to the due moment is the limit itself', () => {
  fc.assert(
    fc.property(anyMoment, anySpan, (from, ms) => {
      expect(workingTimeBetween(calendar, from, addWorkingTime(calendar, from, ms))).toBe(ms);
    }),
  );
});

test('property: working times of two stretches add up', () => {
  fc.assert(
    fc.property(anyMoment, anySpan, anySpan, (from, a, b) => {
      const sum =
        workingTimeBetween(calendar, from, from + a) + workingTimeBetween(calendar, from + a, from + a + b);
      expect(workingTimeBetween(calendar, from, from + a + b)).toBe(sum);
    }),
  );
});
