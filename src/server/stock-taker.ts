import { setTimeout as sleep } from 'node:timers/promises';

import type { SystemContext } from '#services/context';
import { takeCoverage } from '#services/standard';

import { every } from './every.ts';

const LOOK_MS = 5000;
/** How old figures of coverage may be. */
const OLD_MS = 60_000;
/** After a round, and after each bite of it, so many times as long is left to everything else. */
const REST = 20;
const BITE_REST = 4;

/** Takes stock soon after the start, then once a minute, or less often where it takes long. */
export class StockTaker {
  readonly #system: SystemContext;
  readonly #ending = new AbortController();
  readonly #stop: () => Promise<void>;
  #nextAt = Number.NEGATIVE_INFINITY;

  constructor(system: SystemContext, failed: (error: unknown) => void) {
    this.#system = system;
    this.#stop = every(LOOK_MS, () => this.#look(), failed);
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#stop();
  }

  async #look(): Promise<void> {
    const began = this.#system.now();
    if (began < this.#nextAt) return;
    // One that fails is tried again after a minute, not at the next tick.
    this.#nextAt = began + OLD_MS;
    const { signal } = this.#ending;
    try {
      await takeCoverage(this.#system, (ms) => sleep(BITE_REST * ms, undefined, { signal }));
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    this.#nextAt = began + Math.max(OLD_MS, REST * (this.#system.now() - began));
  }
}
