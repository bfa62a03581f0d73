import { expect, test } from 'vitest';
import { seeded } from '../../../test/seeded.ts';
import { fuzzSl651 } from './fuzz.ts';
import { SEEDS } from './fuzz-seeds.ts';

test('弄坏、切碎、夹杂音：不抛错，字节都有下落，后面的好帧都读得出', () => {
  const { frames, refused } = fuzzSl651(SEEDS, 1500, seeded(651));
  expect(frames).toBeGreaterThan(1500);
  expect(refused).toBeGreaterThan(1500);
});
