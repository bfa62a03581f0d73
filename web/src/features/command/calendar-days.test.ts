import { fromBeijing } from '#base';
import type { Shift } from '#contract/command';
import { expect, test } from 'vitest';

import {
  dayOf,
  daysOfMonth,
  fromLocalText,
  loadsOf,
  markOf,
  moveDay,
  moveMonth,
  shiftsByDay,
  toLocalText,
} from './calendar-days.ts';

const PERSON = {
  kind: 'account',
  id: 1,
  username: 'a',
  name: '值班员甲',
  unit: null,
  title: null,
  phoneMasked: null,
} as const;

const shiftOf = (part: Partial<Shift>): Shift => ({
  id: 1,
  roster: { id: 1, name: '值班表' },
  platform: { code: 'PD', name: '区总平台' },
  seat: { id: 1, name: '值班员' },
  from: 0,
  to: 0,
  person: PERSON,
  deputies: [],
  status: 'planned',
  version: 1,
  swap: null,
  mine: false,
  allowedActions: [],
  ...part,
});

test('a month has its days by the calendar of Beijing, leap day and year end included', () => {
  const february = daysOfMonth('2028-02');
  expect(february).toHaveLength(29);
  expect(february.at(-1)?.day).toBe('2028-02-29');
  expect(february[0]?.weekday).toBe(2);
  expect(moveMonth('2026-12', 1)).toBe('2027-01');
  expect(moveMonth('2026-01', -1)).toBe('2025-12');
  expect(moveDay('2026-12-31', 1)).toBe('2027-01-01');
  // 23:59 in Beijing is still the day that London has long begun.
  expect(dayOf(fromBeijing(2026, 11, 25, 86_399_000))).toBe('2026-11-25');
});

test('a holiday on a weekday is off, a make-up Saturday is worked', () => {
  const days = [
    { day: '2026-10-01', kind: 'holiday', name: '国庆节' },
    { day: '2026-10-10', kind: 'workday', name: '国庆节调休' },
  ] as const;
  expect(markOf({ day: '2026-10-01', weekday: 4 }, [...days])).toEqual({
    off: true,
    mark: '休',
    name: '国庆节',
  });
  expect(markOf({ day: '2026-10-10', weekday: 6 }, [...days])).toMatchObject({ off: false, mark: '班' });
  expect(markOf({ day: '2026-10-17', weekday: 6 }, [...days])).toMatchObject({ off: true, mark: undefined });
});

test('a night shift stands on the day on which it begins', () => {
  const night = shiftOf({
    from: fromBeijing(2026, 11, 25, 73_800_000),
    to: fromBeijing(2026, 11, 26, 30_600_000),
  });
  const days = shiftsByDay([night]);
  expect(days.get('2026-11-25')?.get(1)).toEqual([night]);
  expect(days.has('2026-11-26')).toBe(false);
});

test('the load counts days off, and no cancelled shift', () => {
  const from = fromBeijing(2026, 11, 28, 30_600_000);
  const to = from + 12 * 3_600_000;
  const shifts = [
    shiftOf({ id: 1, from, to }),
    shiftOf({ id: 2, from: from + 86_400_000 * 3, to: to + 86_400_000 * 3 }),
    shiftOf({ id: 3, from, to, status: 'cancelled' }),
  ];
  expect(loadsOf(shifts, (day) => day === '2026-11-28')).toEqual([
    { name: '值班员甲', shifts: 2, off: 1, hours: 24 },
  ]);
});

test('a typed date and time is one of Beijing, whatever the zone of the browser', () => {
  const at = fromBeijing(2026, 11, 25, 30_600_000);
  expect(toLocalText(at)).toBe('2026-11-25T08:30');
  expect(fromLocalText('2026-11-25T08:30')).toBe(at);
  expect(fromLocalText('')).toBeUndefined();
});
