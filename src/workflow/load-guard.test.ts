import { expect, test } from 'vitest';

import { nextLoad } from './load-guard.ts';

const LIMITS = { enterAbove: 10, leaveBelow: 5 };

test('a flood begins above ten and ends below five; in between it stays as it is', () => {
  const counts = [0, 10, 11, 37, 10, 5, 4, 5, 10, 11];
  let inFlood = false;
  const steps = counts.map((count) => {
    const step = nextLoad(inFlood, count, LIMITS);
    if (step !== 'stay') inFlood = step === 'begin';
    return step;
  });
  expect(steps).toEqual(['stay', 'stay', 'begin', 'stay', 'stay', 'stay', 'end', 'stay', 'stay', 'begin']);
});

test('limits that were set crossed do not make it begin and end at every look', () => {
  expect(nextLoad(true, 12, { enterAbove: 10, leaveBelow: 50 })).toBe('stay');
  expect(nextLoad(true, 10, { enterAbove: 10, leaveBelow: 50 })).toBe('end');
});
