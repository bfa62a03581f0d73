import { expect, test } from 'vitest';
import { seeded } from '../../../test/seeded.ts';
import { fuzzHj212 } from './fuzz.ts';
import { SEEDS } from './fuzz-seeds.ts';

test('弄坏、切碎、夹杂音：不抛错，留存有限，后面的好帧都读得出', () => {
  const { frames, refused } = fuzzHj212(SEEDS, 400, seeded(212));
  expect(frames).toBeGreaterThan(400);
  expect(refused).toBeGreaterThan(400);
});
