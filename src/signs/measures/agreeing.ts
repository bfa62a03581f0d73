import type { Agreement } from '#model/standard';

import type { Measure } from './measure.ts';

/** Which side of a limit is past it, so which of the last readings speaks for the others. */
export type Side = 'high' | 'low';

/**
 * 读数表决 (k of n) as a measure over another one: of its last `of` values the `atLeast`-th worst. "At least 3 of the last 5 are
 * past the limit" is the same as "the 3rd worst of the last 5 is past the limit", whatever the limit; so levels, dead-band and delays
 * judge it as they judge a reading, and signs without it cost nothing.
 */
export class Agreeing implements Measure {
  readonly #inner: Measure | undefined;
  readonly #atLeast: number;
  readonly #side: Side;
  /** The last values as a ring, and the same sorted. */
  readonly #last: Float64Array;
  readonly #sorted: Float64Array;
  #count = 0;
  #at = Number.NEGATIVE_INFINITY;
  #answer = Number.NaN;

  /** `inner` is undefined where the reading itself is compared. */
  constructor(inner: Measure | undefined, { atLeast, of }: Agreement, side: Side) {
    this.#inner = inner;
    this.#atLeast = atLeast;
    this.#side = side;
    this.#last = new Float64Array(of);
    this.#sorted = new Float64Array(of);
  }

  /** NaN until there are as many values as have to agree. What stood before a gap longer than `freshMs` has no say any more. */
  next(at: number, value: number, freshMs = Number.POSITIVE_INFINITY): number {
    const measured = this.#inner ? this.#inner.next(at, value, freshMs) : value;
    if (at === this.#at) return this.#answer;
    if (at - this.#at > freshMs) this.#count = 0;
    this.#at = at;
    if (Number.isNaN(measured)) this.#count = 0;
    else this.#take(measured);
    this.#answer = this.#worst();
    return this.#answer;
  }

  #take(value: number): void {
    this.#last[this.#count % this.#last.length] = value;
    this.#count += 1;
  }

  #worst(): number {
    const held = Math.min(this.#count, this.#last.length);
    if (held < this.#atLeast) return Number.NaN;
    const sorted = this.#sorted.subarray(0, held);
    sorted.set(this.#last.subarray(0, held));
    sorted.sort();
    return sorted[this.#side === 'high' ? held - this.#atLeast : this.#atLeast - 1] ?? Number.NaN;
  }
}
