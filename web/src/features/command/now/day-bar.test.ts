import type { Shift } from '#contract/command';
import { expect, test } from 'vitest';

import { stretchesOf } from './day-bar.ts';

const shiftOf = (id: number, from: number, to: number, status: Shift['status'] = 'planned'): Shift => ({
  id,
  roster: { id: 1, name: '值班表' },
  platform: { code: 'PD', name: '区总平台' },
  seat: { id: 1, name: '值班员' },
  from,
  to,
  person: {
    kind: 'account',
    id: 1,
    username: 'a',
    name: '值班员甲',
    unit: null,
    title: null,
    phoneMasked: null,
  },
  deputies: [],
  status,
  version: 1,
  swap: null,
  mine: false,
  allowedActions: [],
});

const WINDOW = { from: 0, to: 100 };
const short = (shifts: readonly Shift[]) =>
  stretchesOf(shifts, WINDOW).map(({ shift, from, to }) => [shift?.id ?? null, from, to]);

test('a shift over midnight is cut at the edge of the picture, and a hole between two shifts is a gap', () => {
  expect(short([shiftOf(2, 50, 90), shiftOf(1, -30, 40)])).toEqual([
    [1, 0, 40],
    [null, 40, 50],
    [2, 50, 90],
    [null, 90, 100],
  ]);
});

test('a cancelled shift leaves a gap, and no shift at all is one whole gap', () => {
  expect(short([shiftOf(1, 0, 100, 'cancelled')])).toEqual([[null, 0, 100]]);
  expect(short([])).toEqual([[null, 0, 100]]);
});

test('the picture is filled without overlap whatever the shifts are', () => {
  const stretches = stretchesOf([shiftOf(1, 0, 60), shiftOf(2, 40, 120), shiftOf(3, 10, 20)], WINDOW);
  expect(stretches.reduce((sum, { width }) => sum + width, 0)).toBeCloseTo(1);
  expect(stretches.map(({ from }) => from)).toEqual([0, 60]);
});
