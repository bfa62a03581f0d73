import { newestShare } from './running.ts';

export const LEVEL_SLOTS = 1;
export const SHIFT_SLOTS = 2;

/** Two hours of five-minute readings: what a reading is held against as its surroundings. */
const SURROUNDINGS = 24;
const SHORT = 100;
const LONG = 20 * SHORT;

/** How far a reading stands from its surroundings: spikes, drops, the first reading of a step. NaN for the very first. */
export function levelDistance(memory: Float32Array, slot: number, count: number, value: number): number {
  const mean = memory[slot] ?? 0;
  memory[slot] = mean + newestShare(count, SURROUNDINGS) * (value - mean);
  return count === 1 ? Number.NaN : Math.abs(value - mean);
}

/** How far the last hundred readings stand from the last two thousand: steps and drifts too small to see in one. */
export function shiftDistance(memory: Float32Array, slot: number, count: number, value: number): number {
  const before = memory[slot] ?? 0;
  const long = memory[slot + 1] ?? 0;
  const short = before + newestShare(count, SHORT) * (value - before);
  memory[slot] = short;
  memory[slot + 1] = long + newestShare(count, LONG) * (value - long);
  // Until then both are the same mean, and a distance of nought would be learnt as the usual one.
  return count > SHORT ? Math.abs(short - long) : Number.NaN;
}
