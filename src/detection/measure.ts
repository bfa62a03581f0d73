import { PARTS, SLOT } from './layout.ts';
import { levelDistance, shiftDistance } from './level.ts';
import { kindOf, mixtureDistance } from './mixture.ts';
import type { Distance } from './rarity.ts';
import { outsideRhythm, rhythmDistance } from './rhythm.ts';
import { standstillDistance } from './standstill.ts';
import { swingDistance } from './swing.ts';

/** Half a day of five-minute readings, and a day. */
const MIXTURE = 100;
const LONG_MIXTURE = 300;

/** A rhythm that leaves less than a fifth of a distance has explained it; one that leaves more says nothing of it. */
const UNEXPLAINED = 0.2;

export interface Step {
  /** Epoch ms. */
  readonly at: number;
  /** Which reading this is, 1 for the first; stops at the horizon. */
  readonly count: number;
  /** Relative to the origin. */
  readonly value: number;
}

/** One place a part, overwritten by each reading: nothing is allocated while readings come. */
const heard = PARTS.flatMap((part) =>
  'event' in part ? [{ distance: Number.NaN, unexplained: Number.NaN, event: part.event }] : [],
);

/** What the parts make of a reading, in their order; NaN: cannot tell yet. To be used before the next reading comes. */
export function measure(memory: Float32Array, { at, count, value }: Step): readonly Distance[] {
  const outside = outsideRhythm(memory, SLOT.rhythm, at, value);
  const level = levelDistance(memory, SLOT.level, count, value);
  // A step that comes every day at this time is a step, and no news.
  hear(0, level, Math.abs(outside) < UNEXPLAINED * level ? Math.abs(outside) : level);
  hear(1, shiftDistance(memory, SLOT.shift, count, value));
  hear(2, rhythmDistance(memory, SLOT.rhythm, outside));

  const step = count === 1 ? Number.NaN : Math.abs(value - (memory[SLOT.previous] ?? 0));
  memory[SLOT.previous] = value;
  hear(3, swingDistance(memory, SLOT.swing, count - 1, step));

  const kind = kindOf(memory, SLOT.place, count, value);
  hear(4, mixtureDistance(memory, SLOT.mixture, { count, kind, short: MIXTURE }));
  hear(5, mixtureDistance(memory, SLOT.longMixture, { count, kind, short: LONG_MIXTURE }));
  hear(6, standstillDistance(memory, SLOT.standstill, step));
  return heard;
}

function hear(part: number, distance: number, unexplained = distance): void {
  const place = heard[part];
  if (!place) return;
  place.distance = distance;
  place.unexplained = unexplained;
}
