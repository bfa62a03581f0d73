import type { PastDirection } from '#model/standard';

import type { Measure } from './measure.ts';

/** Whether a value is past a limit, as the catalog writes it: ≥ upwards, < downwards. */
export function isPast(value: number, limit: number, direction: PastDirection): boolean {
  return direction === 'high' ? value >= limit : value < limit;
}

/** Seconds for which every reading has been past the limit, from the first of them on; 0 at one that is not. */
export class Duration implements Measure {
  readonly #limit: number;
  readonly #direction: PastDirection;
  #since = Number.NaN;

  constructor(limit: number, direction: PastDirection) {
    this.#limit = limit;
    this.#direction = direction;
  }

  next(at: number, value: number): number {
    if (!isPast(value, this.#limit, this.#direction)) {
      this.#since = Number.NaN;
      return 0;
    }
    if (Number.isNaN(this.#since)) this.#since = at;
    return this.later(at);
  }

  later(at: number): number {
    return Number.isNaN(this.#since) ? 0 : (at - this.#since) / 1000;
  }
}
