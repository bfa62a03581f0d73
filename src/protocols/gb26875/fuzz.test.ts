import { expect, test } from 'vitest';
import { seeded } from '../../../test/seeded.ts';
import { fuzzGb26875 } from './fuzz.ts';
import { SEEDS } from './fuzz-seeds.ts';

test('切碎、夹杂音、改坏：数据包层的诺言一条不破', () => {
  const tally = fuzzGb26875(SEEDS, 300, seeded(26875));
  expect(tally.frames).toBeGreaterThan(300);
  expect(tally.refused).toBeGreaterThan(300);
});
