// How rare a reading is beside its own point's past, as the field knows it.
import { expect, test } from 'vitest';

import { seededRandom } from '../../../test/seeded-random.ts';
import { FEWEST_READINGS, Rarity } from './rarity.ts';

const START = 1_700_000_000_000;
const MINUTE = 60_000;
const DAY = 86_400_000;

/** Chlorine that hums about 0.5 mg/L; the same whenever it is asked. */
const hum = (n: number): number => 0.5 + 0.02 * (seededRandom(n + 1)() - 0.5);

/** Tells the detector readings one a minute from the n-th to before the m-th. */
function listen(rarity: Rarity, from: number, to: number, value: (n: number) => number = hum): number[] {
  return Array.from({ length: to - from }, (_, i) =>
    rarity.next(START + (from + i) * MINUTE, value(from + i)),
  );
}

test('while it learns it has nothing to say, however wild the readings; then what is ordinary is nought', () => {
  const rarity = new Rarity(DAY);
  const wild = listen(rarity, 0, 1440, (n) => (n === 700 ? 5 : hum(n)));
  expect(wild.every(Number.isNaN)).toBe(true);
  expect(rarity.isLearning).toBe(true);
  expect(listen(rarity, 1440, 1445)).toEqual([0, 0, 0, 0, 0]);
});

test('a point that speaks by the hour learns until it has said enough, though its days are over', () => {
  const rarity = new Rarity(DAY);
  for (let n = 0; n < FEWEST_READINGS - 1; n += 1) rarity.next(START + n * 60 * MINUTE, hum(n));
  expect(rarity.isLearning).toBe(true);
  expect(rarity.next(START + FEWEST_READINGS * 60 * MINUTE, hum(0))).toBe(0);
});

test('what was told stands while the readings stay away, and ends within the hour of their return', () => {
  const rarity = new Rarity(DAY);
  listen(rarity, 0, 3000);
  const fallen = listen(rarity, 3000, 3010, () => 0.1);
  expect(fallen[0]).toBeGreaterThan(4);
  expect(Math.min(...fallen)).toBe(fallen[0]);
  expect(rarity.told).toBeDefined();
  expect(listen(rarity, 3010, 3060).at(-1)).toBe(0);
});

test('asked again for the same moment, or told of an earlier one, it only answers', () => {
  const rarity = new Rarity(DAY);
  listen(rarity, 0, 2000);
  const { past } = rarity;
  rarity.next(START + 1999 * MINUTE, 9);
  rarity.next(START, 9);
  expect(rarity.past).toEqual(past);
});

test('taken up from what was written down it says the very same ever after', () => {
  const [one, other] = [new Rarity(DAY), new Rarity(DAY)];
  listen(one, 0, 2000);
  const { past } = one;
  if (past) other.takeUp(past);
  // The copy is its own: the one goes on, what was written down does not.
  const wild = (n: number): number => hum(n) + (n % 97 === 0 ? 0.3 : 0);
  const said = listen(one, 2000, 3000, wild);
  expect(said.some((rarity) => rarity > 3)).toBe(true);
  expect(listen(other, 2000, 3000, wild)).toEqual(said);
});
