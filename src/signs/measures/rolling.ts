import type { Statistic } from '#model/standard';

import type { Measure } from './measure.ts';
import { SlidingWindow } from './window.ts';

/**
 * Sums are kept in millionths: whole numbers add up exactly in any order, so 250 tips of 0.2 mm are 50 mm and not
 * 49.999 999, and a sum rebuilt after a restart is the very same.
 */
const MILLIONTHS = 1e6;

/** Sum, mean or count of the window, at the same cost however long it is. */
export class RollingTotal implements Measure {
  readonly #window: SlidingWindow;
  readonly #answer: (total: number, count: number) => number;
  #total = 0;

  constructor(statistic: 'sum' | 'mean' | 'count', windowMs: number) {
    this.#window = new SlidingWindow(windowMs);
    this.#answer = ANSWERS[statistic];
  }

  next(at: number, value: number): number {
    if (this.#window.newestAt !== at) {
      this.#total += whole(value);
      this.#window.push(at, value, (left) => (this.#total -= whole(left)));
    }
    return this.#answer(this.#total / MILLIONTHS, this.#window.length);
  }
}

const ANSWERS: Readonly<Record<'sum' | 'mean' | 'count', (total: number, count: number) => number>> = {
  sum: (total) => total,
  mean: (total, count) => total / count,
  count: (_, count) => count,
};

function whole(value: number): number {
  return Math.round(value * MILLIONTHS);
}

/** Least or greatest of the window: a queue of those that may yet become it, so each reading is touched twice at most. */
export class RollingExtreme implements Measure {
  readonly #windowMs: number;
  readonly #sign: 1 | -1;
  #times: number[] = [];
  #values: number[] = [];
  #first = 0;
  #newestAt = Number.NEGATIVE_INFINITY;

  constructor(statistic: 'min' | 'max', windowMs: number) {
    this.#windowMs = windowMs;
    this.#sign = statistic === 'max' ? 1 : -1;
  }

  next(at: number, value: number): number {
    if (this.#newestAt === at) return this.#values[this.#first] ?? Number.NaN;
    this.#newestAt = at;
    while (this.#values.length > this.#first && this.#loses(this.#values.at(-1) ?? value, value)) {
      this.#values.pop();
      this.#times.pop();
    }
    this.#values.push(value);
    this.#times.push(at);
    while ((this.#times[this.#first] ?? at) <= at - this.#windowMs) this.#first += 1;
    if (this.#first > 1024 && this.#first * 2 > this.#times.length) {
      this.#times = this.#times.slice(this.#first);
      this.#values = this.#values.slice(this.#first);
      this.#first = 0;
    }
    return this.#values[this.#first] ?? Number.NaN;
  }

  #loses(older: number, newer: number): boolean {
    return older * this.#sign <= newer * this.#sign;
  }
}

export function rolling(statistic: Statistic, windowMs: number): Measure {
  return statistic === 'min' || statistic === 'max'
    ? new RollingExtreme(statistic, windowMs)
    : new RollingTotal(statistic, windowMs);
}
