import { fromBeijing } from '#base';
import { expect, test } from 'vitest';

import { clockSpan, daySpan, shiftLegend, shiftWord } from './span-text.ts';

const HOUR_MS = 3_600_000;
const at = (day: number, hours: number): number => fromBeijing(2026, 11, day, hours * HOUR_MS);
const PATTERN = {
  workday: [
    { name: '日班', from: '08:30', to: '20:30' },
    { name: '夜班', from: '20:30', to: '08:30' },
  ],
  holiday: [{ name: '', from: '08:30', to: '08:30' }],
};

test('a shift over midnight says that it ends on the next day', () => {
  expect(clockSpan(at(25, 8.5), at(25, 20.5))).toBe('08:30–20:30');
  expect(clockSpan(at(25, 20.5), at(26, 8.5))).toBe('20:30–次日 08:30');
  expect(clockSpan(at(25, 0), at(26, 0))).toBe('00:00–次日 00:00');
  expect(daySpan(at(25, 8.5), at(25, 20.5))).toBe('11-25 08:30–20:30');
});

test('a shift of several days names the day on which it ends', () => {
  expect(clockSpan(at(25, 8.5), at(27, 8.5))).toBe('08:30–11-27 08:30');
});

test('a shift bears the word of its roster, one that was changed by hand its hours', () => {
  expect(shiftWord(PATTERN, at(25, 20.5), at(26, 8.5))).toBe('夜班');
  expect(shiftWord(PATTERN, at(25, 9), at(25, 20.5))).toBe('09:00–20:30');
  expect(shiftWord(PATTERN, at(28, 8.5), at(29, 8.5))).toBe('08:30–次日 08:30');
  expect(shiftLegend(PATTERN)).toEqual(['日班 08:30–20:30', '夜班 20:30–08:30']);
});
