/** The readings of a sliding window (t − window, t], oldest first. */
export class SlidingWindow {
  readonly #windowMs: number;
  #times: number[] = [];
  #values: number[] = [];
  #first = 0;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  get length(): number {
    return this.#values.length - this.#first;
  }

  /** Moment of the newest reading; −Infinity before the first. */
  get newestAt(): number {
    return this.#times.at(-1) ?? Number.NEGATIVE_INFINITY;
  }

  get oldestAt(): number {
    return this.#times[this.#first] ?? Number.NaN;
  }

  get oldest(): number {
    return this.#values[this.#first] ?? Number.NaN;
  }

  /** Takes a reading in; `left` is called for each one that falls out. */
  push(at: number, value: number, left: (value: number, at: number) => void = nothing): void {
    this.#times.push(at);
    this.#values.push(value);
    const from = at - this.#windowMs;
    for (;;) {
      const oldest = this.#times[this.#first] ?? at;
      if (oldest > from) break;
      left(this.#values[this.#first] ?? 0, oldest);
      this.#first += 1;
    }
    if (this.#first > 1024 && this.#first * 2 > this.#times.length) this.#compact();
  }

  each(visit: (at: number, value: number) => void): void {
    for (let i = this.#first; i < this.#values.length; i += 1)
      visit(this.#times[i] ?? 0, this.#values[i] ?? 0);
  }

  #compact(): void {
    this.#times = this.#times.slice(this.#first);
    this.#values = this.#values.slice(this.#first);
    this.#first = 0;
  }
}

function nothing(): void {
  // Most measures need not know what left.
}
