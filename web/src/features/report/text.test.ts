import { expect, test } from 'vitest';

import { monthAway, monthsBack } from './text.ts';

test('December is followed by January of the next year, and January comes after December', () => {
  expect(monthAway('2026-12', 1)).toBe('2027-01');
  expect(monthAway('2026-01', -1)).toBe('2025-12');
});

test('the month picker offers whole months back across the turn of the year', () => {
  expect(monthsBack('2026-02', 4)).toEqual(['2026-02', '2026-01', '2025-12', '2025-11']);
});
