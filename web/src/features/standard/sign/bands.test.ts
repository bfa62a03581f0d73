import { expect, test } from 'vitest';

import { bandsOf } from './bands.ts';

const cells = [
  { level: 'red', limit: 40 },
  { level: 'blue', limit: 5 },
] as const;

test('a sign that rises begins normal and ends red', () => {
  expect(bandsOf(cells, 'high')).toEqual([
    { level: null, from: null },
    { level: 'blue', from: 5 },
    { level: 'red', from: 40 },
  ]);
});

test('a sign that falls begins red, each level up to its limit', () => {
  const low = [
    { level: 'red', limit: 1 },
    { level: 'blue', limit: 3 },
  ] as const;
  expect(bandsOf(low, 'low')).toEqual([
    { level: 'red', from: null },
    { level: 'blue', from: 1 },
    { level: null, from: 3 },
  ]);
});

test('a band is normal in its middle', () => {
  expect(bandsOf([{ level: 'red', limit: 23, lower: 19 }], 'band')).toEqual([
    { level: 'red', from: null },
    { level: null, from: 19 },
    { level: 'red', from: 23 },
  ]);
});
