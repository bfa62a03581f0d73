import { setTimeout as sleep } from 'node:timers/promises';

/** A database that has not answered for this long is not there for whoever asks. */
const PATIENCE_MS = 2000;
/** Silent for this long, it counts as gone: shorter, a busy machine would be told as an outage. */
const GONE_MS = 10_000;

/**
 * Whether the database answers. One that hangs (its disk stands still, it was stopped) neither refuses nor ends a connection:
 * without a limit every question would wait for ever. One question is under way at a time, however many ask.
 */
export class DatabasePulse {
  readonly #ask: () => Promise<unknown>;
  #asking: Promise<boolean> | undefined;
  #answeredAt = performance.now();

  /** `ask` is any question that the database answers at once. */
  constructor(ask: () => Promise<unknown>) {
    this.#ask = ask;
  }

  /** Asks; false when no answer has come within two seconds, or a refusal. */
  async beats(): Promise<boolean> {
    this.#asking ??= this.#askOnce();
    const limit = new AbortController();
    try {
      return await Promise.race([
        this.#asking,
        sleep(PATIENCE_MS, false, { signal: limit.signal, ref: false }).catch(() => false),
      ]);
    } finally {
      limit.abort();
    }
  }

  /** Has not answered for so long that nobody can wait for it; known only where somebody asks now and then. */
  get isGone(): boolean {
    return performance.now() - this.#answeredAt > GONE_MS;
  }

  async #askOnce(): Promise<boolean> {
    try {
      await this.#ask();
      this.#answeredAt = performance.now();
      return true;
    } catch {
      // That it refused is the answer; why is told by whoever needed it.
      return false;
    } finally {
      this.#asking = undefined;
    }
  }
}
