/** Sum of a point's readings over a sliding window (t − window, t]. Readings come in order of time. */
export class RollingSum {
  readonly #windowMs: number;
  #times: number[] = [];
  #values: number[] = [];
  #first = 0;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** Takes a reading in and gives the sum at its moment. Asked again for the same moment it only gives the sum. */
  add(at: number, value: number): number {
    if (this.#times.at(-1) === at) return this.#sum();
    this.#times.push(at);
    this.#values.push(value);
    const from = at - this.#windowMs;
    while ((this.#times[this.#first] ?? at) <= from) this.#first += 1;
    if (this.#first > 1024 && this.#first * 2 > this.#times.length) this.#compact();
    return this.#sum();
  }

  /** Added anew each time: a running difference would gather rounding errors over months. */
  #sum(): number {
    let sum = 0;
    for (let i = this.#first; i < this.#values.length; i += 1) sum += this.#values[i] ?? 0;
    return sum;
  }

  #compact(): void {
    this.#times = this.#times.slice(this.#first);
    this.#values = this.#values.slice(this.#first);
    this.#first = 0;
  }
}
