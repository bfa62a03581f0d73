import type { SystemContext } from '#services/context';
import { endOwnLimitsDue, nextMoment, takeEffectDue } from '#services/standard';

import { every } from './every.ts';

const LOOK_MS = 100;

/**
 * Lets published versions of the standard take effect, and limits of objects end, at their moment. Asks the tables only when one
 * is due, or something was published or set.
 */
export class StandardClock {
  readonly #context: SystemContext;
  readonly #struck: () => void;
  readonly #stop: () => Promise<void>;
  #next = 0;

  /** `struck` is called when a moment may have come: what stands is judged by the version in force, without waiting for a tick. */
  constructor(
    context: SystemContext,
    tell: { readonly struck: () => void; readonly failed: (error: unknown) => void },
  ) {
    this.#context = context;
    this.#struck = tell.struck;
    this.#stop = every(LOOK_MS, () => this.#look(), tell.failed);
  }

  /** A version was published or called off, or an own limit set: its moment may be the next. */
  lookAgain(): void {
    this.#next = 0;
  }

  stop(): Promise<void> {
    return this.#stop();
  }

  async #look(): Promise<void> {
    if (this.#context.now() < this.#next) return;
    // Whoever publishes meanwhile sets it back to 0, and is not overwritten.
    this.#next = Number.POSITIVE_INFINITY;
    this.#struck();
    try {
      await takeEffectDue(this.#context);
      await endOwnLimitsDue(this.#context);
      this.#next = Math.min(this.#next, await nextMoment(this.#context));
    } catch (error) {
      this.#next = 0;
      throw error;
    }
  }
}
