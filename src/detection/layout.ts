import { EXTREME_SLOTS } from './extreme.ts';
import { LEVEL_SLOTS, SHIFT_SLOTS } from './level.ts';
import { mixtureSlots, PLACE_SLOTS } from './mixture.ts';
import { NOVELTY_SLOTS } from './novelty.ts';
import { RARITY_SLOTS } from './rarity.ts';
import { RHYTHM_SLOTS } from './rhythm.ts';
import { STANDSTILL_SLOTS } from './standstill.ts';
import { SWING_SLOTS } from './swing.ts';

/**
 * What a detector listens to: each part asks one question of the same reading. All but the last tell a distance, which is an
 * event beyond so many times its mean: five mean deviations are four standard deviations of a normal distance; a mixture's
 * distance is a sum of squares, whose events lie nearer.
 */
export const PARTS = [
  { name: 'level', event: 5 },
  { name: 'shift', event: 5 },
  { name: 'rhythm', event: 5 },
  { name: 'swing', event: 5 },
  { name: 'mixture', event: 4 },
  { name: 'long-mixture', event: 4 },
  { name: 'standstill', event: 5 },
  { name: 'extreme' },
] as const;

export type DetectionPart = (typeof PARTS)[number]['name'];

/** How many parts tell a distance; each has a rarity of its own. */
const DISTANCES = PARTS.length - 1;

const SIZES = {
  /** Readings seen, up to the horizon. */
  count: 1,
  /** Near the first reading; all else is kept relative to it, so that a meter at 12,345,678.9 loses no digit. */
  origin: 1,
  previous: 1,
  /** Which part spoke loudest at the newest reading: 1 + its number, 0 none. */
  loudest: 1,
  /** A bit for each part that found the newest reading unusual; the last part's is not kept. */
  speaking: 1,
  /** What was told last, while it lasts, else 0; and which part spoke loudest when it was told, like `loudest`. */
  standing: 1,
  told: 1,
  novelty: NOVELTY_SLOTS,
  level: LEVEL_SLOTS,
  shift: SHIFT_SLOTS,
  rhythm: RHYTHM_SLOTS,
  swing: SWING_SLOTS,
  place: PLACE_SLOTS,
  mixture: mixtureSlots(),
  longMixture: mixtureSlots(),
  standstill: STANDSTILL_SLOTS,
  extreme: EXTREME_SLOTS,
  rarities: RARITY_SLOTS * DISTANCES,
} as const;

type Field = keyof typeof SIZES;

/** Where each field begins in a detector's memory. */
export const SLOT = Object.fromEntries(
  Object.keys(SIZES).map((field, i) => [
    field,
    Object.values(SIZES)
      .slice(0, i)
      .reduce((sum, size) => sum + size, 0),
  ]),
) as Readonly<Record<Field, number>>;

/** Numbers (float32) a detector remembers of one point. */
export const MEMORY_SLOTS = Object.values(SIZES).reduce((sum, size) => sum + size, 0);
