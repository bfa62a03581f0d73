import type { Measure } from './measure.ts';
import { SlidingWindow } from './window.ts';

/** How much the value has changed since the oldest reading of the window; NaN while there is only one. */
export class Rate implements Measure {
  readonly #window: SlidingWindow;
  #newest = Number.NaN;

  constructor(windowMs: number) {
    this.#window = new SlidingWindow(windowMs);
  }

  next(at: number, value: number): number {
    if (this.#window.newestAt !== at) {
      this.#window.push(at, value);
      this.#newest = value;
    }
    return this.#window.length < 2 ? Number.NaN : this.#newest - this.#window.oldest;
  }
}
