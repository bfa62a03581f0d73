import { expect, test } from 'vitest';

import { rollingSum } from './rolling-sum.ts';

const MINUTE = 60_000;

test('one hour of rain in five-minute steps adds up, and what is an hour old has left the sum', () => {
  const samples = Array.from({ length: 14 }, (_, i) => ({ at: i * 5 * MINUTE, value: 2 }));
  const sums = rollingSum(samples, 60 * MINUTE).map((sample) => sample.value);
  expect(sums[0]).toBe(2);
  expect(sums[11]).toBe(24);
  expect(sums[13]).toBe(24);
});

test('a gap in the readings empties the window', () => {
  const sums = rollingSum(
    [
      { at: 0, value: 10 },
      { at: 200 * MINUTE, value: 1.5 },
    ],
    60 * MINUTE,
  );
  expect(sums).toEqual([
    { at: 0, value: 10 },
    { at: 200 * MINUTE, value: 1.5 },
  ]);
});

test('adding and taking away tenths leaves no crumbs', () => {
  const samples = [0.1, 0.2, 0].map((value, i) => ({ at: i * 30 * MINUTE, value }));
  expect(rollingSum(samples, 45 * MINUTE).at(-1)?.value).toBe(0.2);
});
