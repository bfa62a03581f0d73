import type { SystemContext } from '#services/context';
import { takeCoverage } from '#services/standard';

/** How old figures of coverage may be: taking stock of 100,000 objects costs a few seconds of one processor. */
const OLD_MS = 60_000;

/** Takes stock soon after the start, then once a minute. */
export class StockTaker {
  readonly #system: SystemContext;
  #takenAt = Number.NEGATIVE_INFINITY;

  constructor(system: SystemContext) {
    this.#system = system;
  }

  async tick(): Promise<void> {
    const now = this.#system.now();
    if (now - this.#takenAt < OLD_MS) return;
    this.#takenAt = now;
    await takeCoverage(this.#system);
  }
}
