import { expect, test } from 'vitest';

import { type Fuzz, type FuzzTally, STRETCH } from './fuzz/target.ts';
import { TARGETS } from './fuzz/targets.ts';
import { seeded } from './seeded.ts';

/** The same each time; `npm run fuzz` takes others. */
const FIRST_SEED = 20_261_130;

/** Stretches, so many that all together take about twenty seconds. */
const STRETCHES: Readonly<Record<string, number>> = {
  hj212: 20,
  sl651: 75,
  gb26875: 40,
  mqtt: 150,
  thingsboard: 110,
  sparkplug: 90,
  modbus: 80,
  pushes: 35,
  sheets: 60,
};

test.each(Object.entries(TARGETS))(
  '%s mutilated: nothing throws, nothing hangs, what is good is still read',
  (name, fuzz) => {
    const tally = { frames: 0, refused: 0 };
    for (let seed = FIRST_SEED; seed < FIRST_SEED + (STRETCHES[name] ?? 0); seed += 1) {
      const { frames, refused } = play(name, fuzz, seed);
      tally.frames += frames;
      tally.refused += refused;
    }
    expect(tally.frames).toBeGreaterThan(100);
    expect(tally.refused).toBeGreaterThan(100);
  },
  120_000,
);

function play(name: string, fuzz: Fuzz, seed: number): FuzzTally {
  try {
    return fuzz(STRETCH, seeded(seed));
  } catch (error) {
    throw new Error(`npm run fuzz -- --frames 1 --seed ${seed} ${name}`, { cause: error });
  }
}
