import { expect, test } from 'vitest';

import { monthAway, monthsBack, spanOfMonth } from './months.ts';

test('December is followed by January of the next year, and January comes after December', () => {
  expect(monthAway('2026-12', 1)).toBe('2027-01');
  expect(monthAway('2026-01', -1)).toBe('2025-12');
});

test('the month picker offers whole months back across the turn of the year', () => {
  expect(monthsBack('2026-02', 4)).toEqual(['2026-02', '2026-01', '2025-12', '2025-11']);
});

test('a month begins and ends at midnight in Beijing', () => {
  expect(spanOfMonth('2026-12')).toEqual({
    from: Date.parse('2026-12-01T00:00+08:00'),
    to: Date.parse('2027-01-01T00:00+08:00'),
  });
});
