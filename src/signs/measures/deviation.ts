import type { Measure } from './measure.ts';

const HOUR_MS = 3_600_000;
const HOURS_OF_WEEK = 168;
/** One week alone may have been the unusual one. */
const FEWEST_WEEKS = 2;

/**
 * How far the value lies from its mean at the same hour of the week over the past weeks (the present hour is not among them).
 * NaN until two weeks have such an hour, or as many as are asked for if that is one.
 */
export class Deviation implements Measure {
  readonly #weeks: number;
  readonly #percent: boolean;
  /** The means of the past weeks, by hour of the week; newest last. */
  readonly #means = new Map<number, number[]>();
  #hour = Number.NaN;
  #sum = 0;
  #count = 0;
  #newestAt = Number.NEGATIVE_INFINITY;

  constructor(weeks: number, as: 'absolute' | 'percent') {
    this.#weeks = weeks;
    this.#percent = as === 'percent';
  }

  next(at: number, value: number): number {
    const hour = Math.floor(at / HOUR_MS);
    if (hour !== this.#hour) this.#closeHour(hour);
    if (this.#newestAt !== at) {
      this.#newestAt = at;
      this.#sum += value;
      this.#count += 1;
    }
    const past = this.#means.get(hour % HOURS_OF_WEEK) ?? [];
    if (past.length < Math.min(FEWEST_WEEKS, this.#weeks)) return Number.NaN;
    const baseline = past.reduce((sum, mean) => sum + mean, 0) / past.length;
    const apart = value - baseline;
    if (!this.#percent) return apart;
    return baseline === 0 ? Number.NaN : (apart / Math.abs(baseline)) * 100;
  }

  #closeHour(next: number): void {
    if (this.#count > 0) {
      const slot = this.#hour % HOURS_OF_WEEK;
      const means = [...(this.#means.get(slot) ?? []), this.#sum / this.#count].slice(-this.#weeks);
      this.#means.set(slot, means);
    }
    this.#hour = next;
    this.#sum = 0;
    this.#count = 0;
  }
}
