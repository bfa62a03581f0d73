import { HORIZON } from './running.ts';

export const EXTREME_SLOTS = 2;

/** Extremes fade ten times as slowly as everything else: that a point once stood there is worth remembering. */
const FADE = 10 * HORIZON;
/** Beyond the old extreme by a tenth of the range counts in full, by less in proportion. */
const MARGIN = 0.1;

/**
 * Rarity of a reading higher or lower than all before, in decades: among `count` readings that come in any order the
 * newest is the highest or the lowest once in count / 2.
 */
export function extremeRarity(memory: Float32Array, slot: number, count: number, value: number): number {
  if (count === 1) {
    memory[slot] = value;
    memory[slot + 1] = value;
    return 0;
  }
  const low = memory[slot] ?? 0;
  const high = memory[slot + 1] ?? 0;
  memory[slot] = value < low ? value : low + (value - low) / FADE;
  memory[slot + 1] = value > high ? value : high - (high - value) / FADE;
  const beyond = Math.max(value - high, low - value);
  if (beyond <= 0 || high <= low) return 0;
  return Math.log10(count / 2) * Math.min(1, beyond / (MARGIN * (high - low)));
}
