import type { Measure } from './measure.ts';

/** What lies further out moves the mean only as much as this, so that a fault is not learnt as the new normal. */
const CLIP = 3;

/**
 * How unusual a value is beside its own recent past: its distance from the moving mean in moving standard deviations, both
 * weighted exponentially with the window as time constant. NaN until a whole window has gone by, and while nothing moves.
 */
export class Anomaly implements Measure {
  readonly #windowMs: number;
  #startedAt = Number.NaN;
  #at = Number.NaN;
  #mean = 0;
  #variance = 0;
  #score = Number.NaN;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  next(at: number, value: number): number {
    if (at === this.#at) return this.#score;
    if (Number.isNaN(this.#startedAt)) {
      this.#startedAt = at;
      this.#mean = value;
    }
    const sigma = Math.sqrt(this.#variance);
    const warm = at - this.#startedAt >= this.#windowMs && sigma > 0;
    const apart = value - this.#mean;
    this.#score = warm ? Math.abs(apart) / sigma : Number.NaN;
    this.#learn(at, warm ? Math.max(-CLIP * sigma, Math.min(CLIP * sigma, apart)) : apart);
    this.#at = at;
    return this.#score;
  }

  #learn(at: number, apart: number): void {
    const passed = Number.isNaN(this.#at) ? 0 : at - this.#at;
    const weight = 1 - Math.exp(-passed / this.#windowMs);
    this.#mean += weight * apart;
    this.#variance = (1 - weight) * (this.#variance + weight * apart * apart);
  }
}
