import { HORIZON, newestShare } from './running.ts';

export const SWING_SLOTS = 2;

const SHORT = 100;
/** A fiftieth of the usual swing counts as stillness: without it, silence would be infinitely far from anything. */
const STILL = 0.02;

/**
 * How much the steps between readings have grown or shrunk, as a logarithm: the last hundred beside all. NaN until there
 * are so many. `step` is the absolute difference to the reading before, NaN at the first; `count` counts the steps.
 */
export function swingDistance(memory: Float32Array, slot: number, count: number, step: number): number {
  if (Number.isNaN(step)) return Number.NaN;
  const before = memory[slot] ?? 0;
  const past = memory[slot + 1] ?? 0;
  const short = before + newestShare(count, SHORT) * (step - before);
  const long = past + newestShare(count, HORIZON) * (step - past);
  memory[slot] = short;
  memory[slot + 1] = long;
  if (count < SHORT) return Number.NaN;
  return long > 0 ? Math.abs(Math.log((short + STILL * long) / ((1 + STILL) * long))) : 0;
}
