import { expect, test } from 'vitest';

import { kindOf, PLACE_SLOTS } from './mixture.ts';

test('a first value that is not quite nought is not learnt as the width of a point’s noise', () => {
  // What is left of 1.732 when a float of it is taken away.
  const memory = new Float32Array(PLACE_SLOTS);
  const kinds = Array.from({ length: 40 }, (_, row) => kindOf(memory, 0, row + 1, Math.fround(-2.4e-8)));
  expect(new Set(kinds)).toEqual(new Set([4]));
  expect(memory[1]).toBe(0);
});

test('the kinds lie evenly about the mean, and outermost ones do not move it', () => {
  const memory = new Float32Array(PLACE_SLOTS);
  for (let row = 0; row < 2000; row += 1) kindOf(memory, 0, row + 1, row % 2 === 0 ? 1 : -1);
  expect([0, 0.5, 2, 5, 9, -0.5, -2, -5, -9].map((value) => kindOf(memory, 0, 2001, value))).toEqual([
    4, 5, 6, 7, 8, 3, 2, 1, 0,
  ]);
  kindOf(memory, 0, 2001, 1e9);
  expect(memory[0]).toBeLessThan(0.1);
});
