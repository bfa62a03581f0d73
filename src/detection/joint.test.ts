// What several instruments of one object say together, when each alone says nothing odd.
import { expect, test } from 'vitest';

import { seededRandom } from '../../test/seeded-random.ts';
import { detectTogether, newJointMemory } from './joint.ts';

const ROWS = 3000;

/** Flow, pressure and current of a pump that is driven up and down: one load behind all three. */
function pump(seed: number, change: (row: number, values: Float64Array) => void = () => undefined) {
  const random = seededRandom(seed);
  const hum = (): number => 0.05 * (random() + random() + random() - 1.5);
  return Array.from({ length: ROWS }, (_, row) => {
    const load = 5 + 3 * Math.sin(row / 60);
    const values = Float64Array.of(32 * load + 30 * hum(), 0.4 + 0.1 * load + 0.1 * hum(), load + hum());
    change(row, values);
    return values;
  });
}

const told = (rows: readonly Float64Array[]): readonly number[] => {
  const memory = newJointMemory(3);
  return rows.map((values) => detectTogether(memory, values));
};

test('a pump that draws the current of another load is told at once, though it has often drawn as much', () => {
  const said = told(pump(1, (row, values) => row >= 2500 && (values[2] = 11 - (values[2] ?? 0))));
  expect(Math.max(...said.slice(500, 2500))).toBeLessThan(4);
  expect(said.slice(2500, 2510).some((rarity) => rarity > 4)).toBe(true);
});

test('a leak of a fortieth of the flow, far within what the flow does every hour, is told within an hour', () => {
  const leak = (row: number, values: Float64Array): void => {
    if (row >= 2500) values[0] = (values[0] ?? 0) - 4;
  };
  expect(
    told(pump(2, leak))
      .slice(2500, 2560)
      .some((rarity) => rarity > 3.7),
  ).toBe(true);
});

test('units and offsets do not matter, nor an instrument that never moves or that another one repeats', () => {
  const rows = pump(3, (row, values) => row === 2800 && (values[1] = 0.2));
  const inOthers = rows.map((values) =>
    Float64Array.of((values[0] ?? 0) / 3600, 1000 * (values[1] ?? 0) - 7, values[2] ?? 0),
  );
  const [said, saidInOthers] = [told(rows), told(inOthers)];
  saidInOthers.forEach((rarity, row) => expect(rarity).toBeCloseTo(said[row] ?? 0, 1));
  const memory = newJointMemory(5);
  const wide = rows.map((values) => detectTogether(memory, Float64Array.of(...values, 4, values[2] ?? 0)));
  expect(wide.every(Number.isFinite)).toBe(true);
  expect(wide[2800]).toBeGreaterThan(3.7);
});

test('a moment at which one of them has no number is passed over, and teaches nothing', () => {
  const memory = newJointMemory(3);
  for (const values of pump(4).slice(0, 100)) detectTogether(memory, values);
  const before = structuredClone(memory);
  expect(detectTogether(memory, Float64Array.of(1, Number.NaN, 2))).toBe(0);
  expect(memory).toEqual(before);
});

test('the same readings give the same rarities', () => {
  const rows = pump(5, (row, values) => row % 700 === 699 && (values[0] = 0));
  expect(told(rows)).toEqual(told(rows));
});
