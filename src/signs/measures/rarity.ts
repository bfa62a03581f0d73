import { detect, type DetectorMemory, newDetectorMemory, standingRarity, toldPart } from '#detection';
import type { DetectionPart } from '#detection';

import type { Measure } from './measure.ts';

/** However long a point has been heard: fewer readings than these are no past to be held against. */
export const FEWEST_READINGS = 300;

/** All that is remembered of a point, to be stored and taken up again. Moments are epoch ms. */
export interface RarityPast {
  /** Of the first reading. */
  readonly since: number;
  /** Of the newest one that was learnt. */
  readonly at: number;
  /** How many were learnt. */
  readonly readings: number;
  readonly memory: DetectorMemory;
}

/**
 * How rarely the point's own past has seen the like of a reading, in decades of a return period: 4 is once in ten thousand. What
 * was told stands for as long as the point goes on being unusual. NaN while it learns: until `learnMs` have gone by since the
 * first reading and {@link FEWEST_READINGS} have come. Needs no more memory for a longer past. Decisions 0025, 0032.
 */
export class Rarity implements Measure {
  readonly learnMs: number;
  #since = Number.NaN;
  #at = Number.NEGATIVE_INFINITY;
  #readings = 0;
  #memory = newDetectorMemory();

  constructor(learnMs: number) {
    this.learnMs = learnMs;
  }

  next(at: number, value: number): number {
    if (at > this.#at) {
      if (this.#readings === 0) this.#since = at;
      this.#at = at;
      this.#readings += 1;
      detect(this.#memory, at, value);
    }
    return this.isLearning ? Number.NaN : this.standing;
  }

  get isLearning(): boolean {
    return this.#readings < FEWEST_READINGS || this.#at - this.#since < this.learnMs;
  }

  /** How many more readings it needs, however long it takes. */
  get lacking(): number {
    return Math.max(0, FEWEST_READINGS - this.#readings);
  }

  /** What stands, learning or not: decades of a return period. */
  get standing(): number {
    return standingRarity(this.#memory);
  }

  /** What spoke loudest when what stands was told. */
  get told(): DetectionPart | undefined {
    return toldPart(this.#memory);
  }

  /** From when to when it has learnt how many readings; undefined before the first. */
  get known(): Omit<RarityPast, 'memory'> | undefined {
    return this.#readings === 0 ? undefined : { since: this.#since, at: this.#at, readings: this.#readings };
  }

  /** A copy of all that is remembered; undefined before the first reading. */
  get past(): RarityPast | undefined {
    return this.known && { ...this.known, memory: this.#memory.slice() };
  }

  /** Goes on from what was remembered: readings up to its moment are known already. */
  takeUp({ since, at, readings, memory }: RarityPast): void {
    this.#since = since;
    this.#at = at;
    this.#readings = readings;
    this.#memory = memory.slice();
  }
}
