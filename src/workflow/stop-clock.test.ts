import { fromBeijing } from '#base';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { afterRunning, goesOn, type Pause, runningTime } from './stop-clock.ts';
import { workingCalendar } from './working-calendar.ts';

const HOUR = 3_600_000;
/** Friday. */
const DAY = fromBeijing(2026, 11, 20);
const office = workingCalendar([
  { from: '08:30', to: '12:00' },
  { from: '13:00', to: '17:30' },
]);

test('what stood still for three hours is due three hours later', () => {
  const pause = { from: DAY + 9 * HOUR, to: DAY + 12 * HOUR };
  expect(goesOn(undefined, DAY + 10 * HOUR, pause)).toBe(DAY + 13 * HOUR);
});

test('what was late when it stood still stays as late as it was', () => {
  const pause = { from: DAY + 9 * HOUR, to: DAY + 12 * HOUR };
  expect(goesOn(undefined, DAY + 8 * HOUR, pause)).toBe(DAY + 8 * HOUR);
});

test('a limit of working time is moved by the working time it stood still: a night costs nothing', () => {
  const due = DAY + 16 * HOUR;
  expect(goesOn(office, due, { from: DAY + 7 * HOUR, to: DAY + 8 * HOUR })).toBe(due);
  expect(goesOn(office, due, { from: DAY + 9 * HOUR, to: DAY + 10 * HOUR })).toBe(due + HOUR);
  // Three hours of Friday afternoon are given back: an hour and a half of it the same day, the rest on Monday.
  const monday = fromBeijing(2026, 11, 23);
  expect(goesOn(office, due, { from: DAY + 13 * HOUR, to: DAY + 16 * HOUR })).toBe(monday + 10 * HOUR);
});

const moment = fc.integer({ min: 0, max: 14 * 24 * 60 }).map((minutes) => DAY + minutes * 60_000);
const calendars = fc.constantFrom(undefined, office);

test('property: what was left when the clock stopped is left when it goes on', () => {
  fc.assert(
    fc.property(calendars, moment, moment, moment, (calendar, a, b, c) => {
      const from = Math.min(a, b);
      const due = Math.max(a, b) + 60_000;
      const pause = { from, to: Math.max(from, c) };
      const later = goesOn(calendar, due, pause);
      const left = runningTime(calendar, { from, to: due }, []);
      // Hours at which nobody works are given back as they are.
      const counted = left === 0 ? undefined : calendar;
      const span = { from: pause.to, to: later };
      expect(runningTime(counted, span, [])).toBe(left === 0 ? due - from : left);
    }),
  );
});

test('property: with any pauses a limit has run for exactly its length when it is due', () => {
  fc.assert(
    fc.property(
      calendars,
      moment,
      fc.integer({ min: 1, max: 5000 }),
      fc.array(moment, { maxLength: 6 }),
      (calendar, from, minutes, edges) => {
        const sorted = [...new Set(edges.filter((edge) => edge >= from))].toSorted((a, b) => a - b);
        const pauses: Pause[] = [];
        for (let i = 0; i + 1 < sorted.length; i += 2)
          pauses.push({ from: sorted[i] ?? 0, to: sorted[i + 1] ?? 0 });
        const due = afterRunning(calendar, { from, ms: minutes * 60_000 }, pauses);
        expect(runningTime(calendar, { from, to: due }, pauses)).toBe(minutes * 60_000);
      },
    ),
  );
});
