import type { SystemContext } from '#services/context';
import { takeCoverage } from '#services/standard';

/** How old figures of coverage may be. */
const OLD_MS = 60_000;
/** Taking stock of 100,000 objects costs a few seconds: after it, so many times as long is left to everything else. */
const REST = 100;

/** Takes stock soon after the start, then once a minute, or less often where it takes long. */
export class StockTaker {
  readonly #system: SystemContext;
  #nextAt = Number.NEGATIVE_INFINITY;

  constructor(system: SystemContext) {
    this.#system = system;
  }

  async tick(): Promise<void> {
    const began = this.#system.now();
    if (began < this.#nextAt) return;
    // One that fails is tried again after a minute, not at the next tick.
    this.#nextAt = began + OLD_MS;
    await takeCoverage(this.#system);
    this.#nextAt = began + Math.max(OLD_MS, REST * (this.#system.now() - began));
  }
}
