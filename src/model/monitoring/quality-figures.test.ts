import { expect, test } from 'vitest';

import { disagreeing } from './disagreement.ts';
import { qualityFigures } from './quality-figures.ts';

const DAY = {
  expected: 1440,
  arrived: 1440,
  received: 1440,
  suspect: 0,
  inTime: 1440,
  onlineMinutes: 1440,
  requiredMinutes: 1440,
};

test('a whole day of a gauge is excellent', () => {
  expect(qualityFigures(DAY)).toEqual({
    online: 1,
    completeness: 1,
    accuracy: 1,
    timeliness: 1,
    score: 100,
    grade: 'excellent',
  });
});

test('half a day lost costs the figures that miss it, and the grade says so', () => {
  const figures = qualityFigures({ ...DAY, arrived: 720, received: 720, inTime: 720, onlineMinutes: 720 });
  expect(figures).toMatchObject({
    online: 0.5,
    completeness: 0.5,
    accuracy: 1,
    timeliness: 1,
    grade: 'fair',
  });
  // (5 × 0.5/0.95 + 4 × 0.5/0.95 + 4 + 3) / 16
  expect(figures.score).toBeCloseTo(73.36, 2);
});

test('an event has no expected count and no rhythm: what is left is weighed', () => {
  expect(
    qualityFigures({ ...DAY, expected: null, received: 4, suspect: 2, inTime: 4, requiredMinutes: 0 }),
  ).toMatchObject({
    online: null,
    completeness: null,
    accuracy: 0.5,
    grade: 'fair',
  });
  expect(
    qualityFigures({
      expected: null,
      arrived: 0,
      received: 0,
      suspect: 0,
      inTime: 0,
      onlineMinutes: 0,
      requiredMinutes: 0,
    }),
  ).toMatchObject({ score: null, grade: null });
});

test('of three gauges of one underpass the one that is far off the others disagrees; of two nobody knows', () => {
  expect(disagreeing([12, 13, 240], 100)).toEqual([2]);
  expect(disagreeing([12, 240], 100)).toEqual([]);
  expect(disagreeing([12, 60, 110, 20], 100)).toEqual([]);
});
