import type { PastDirection } from '#model/standard';

import { isPast } from './duration.ts';
import type { Measure } from './measure.ts';
import { SlidingWindow } from './window.ts';

/** What is not coming: beyond every limit a sign may have, and still a number that tables can hold. */
export const NEVER_SECONDS = 366 * 86_400;
const FEWEST_READINGS = 4;

/**
 * In how many seconds the value crosses the limit if it goes on by the straight line through the window (least squares): 0
 * when it is past it. NaN until four readings lie over at least half of the window.
 */
export class Forecast implements Measure {
  readonly #window: SlidingWindow;
  readonly #windowMs: number;
  readonly #limit: number;
  readonly #direction: PastDirection;
  /** Sums over the window, times in seconds from `#origin`. */
  #origin = 0;
  #t = 0;
  #v = 0;
  #tt = 0;
  #tv = 0;
  #sinceExact = 0;
  #newest = Number.NaN;

  constructor(windowMs: number, limit: number, direction: PastDirection) {
    this.#windowMs = windowMs;
    this.#window = new SlidingWindow(windowMs);
    this.#limit = limit;
    this.#direction = direction;
  }

  next(at: number, value: number): number {
    if (this.#window.newestAt !== at) this.#take(at, value);
    if (isPast(this.#newest, this.#limit, this.#direction)) return 0;
    const n = this.#window.length;
    if (n < FEWEST_READINGS || at - this.#window.oldestAt < this.#windowMs / 2) return Number.NaN;
    const slope = (n * this.#tv - this.#t * this.#v) / (n * this.#tt - this.#t * this.#t);
    const left = (this.#limit - this.#newest) / slope;
    return left > 0 ? Math.min(left, NEVER_SECONDS) : NEVER_SECONDS;
  }

  #take(at: number, value: number): void {
    this.#newest = value;
    this.#add(at, value, 1);
    this.#window.push(at, value, (gone, when) => this.#add(when, gone, -1));
    // Running sums gather rounding errors; once per window they are made anew, which costs one visit a reading.
    this.#sinceExact += 1;
    if (this.#sinceExact < this.#window.length) return;
    this.#sinceExact = 0;
    this.#origin = this.#window.oldestAt;
    this.#t = this.#v = this.#tt = this.#tv = 0;
    this.#window.each((when, what) => this.#add(when, what, 1));
  }

  #add(at: number, value: number, sign: 1 | -1): void {
    const t = (at - this.#origin) / 1000;
    this.#t += sign * t;
    this.#v += sign * value;
    this.#tt += sign * t * t;
    this.#tv += sign * t * value;
  }
}
