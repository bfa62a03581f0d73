import type { PastDirection } from '#model/standard';

import { isPast } from './duration.ts';

/** How many points of an object stand past a limit at once (n 点中 k 点). What has gone silent is not counted. */
export class PointsPast {
  readonly #limit: number;
  readonly #direction: PastDirection;
  /** The points that are past, and until when their last word holds (epoch ms). */
  readonly #past = new Map<number, number>();

  constructor(limit: number, direction: PastDirection) {
    this.#limit = limit;
    this.#direction = direction;
  }

  /** Takes a reading of one of the points in (epoch ms), believable for `freshMs`; gives the number at its moment. */
  // Scalars, not an object: this runs for every reading of every such sign.
  // oxlint-disable-next-line max-params
  next(point: number, at: number, value: number, freshMs: number): number {
    if (isPast(value, this.#limit, this.#direction)) this.#past.set(point, at + freshMs);
    else this.#past.delete(point);
    for (const [other, until] of this.#past) if (until < at) this.#past.delete(other);
    return this.#past.size;
  }

  forget(point: number): void {
    this.#past.delete(point);
  }
}
