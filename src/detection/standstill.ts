import { HORIZON } from './running.ts';

export const STANDSTILL_SLOTS = 1;

/**
 * For how many readings the value has not moved at all, one at least; a point that often rests makes long rests usual.
 * `step` is NaN at the first reading.
 */
export function standstillDistance(memory: Float32Array, slot: number, step: number): number {
  if (Number.isNaN(step)) return Number.NaN;
  const run = step === 0 ? Math.min((memory[slot] ?? 0) + 1, HORIZON) : 0;
  memory[slot] = run;
  return Math.max(1, run);
}
