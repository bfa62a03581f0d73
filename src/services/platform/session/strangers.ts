const KEPT = 10_000;

/**
 * Failed attempts on names that nobody has: they lock like real ones, or the lock itself would tell which names exist.
 * Kept in memory and bounded; the oldest name is forgotten first.
 */
export class Strangers {
  readonly #failures = new Map<string, { count: number; until: number }>();
  readonly #limit: number;
  readonly #lockMs: number;

  constructor(limit: number, lockMs: number) {
    this.#limit = limit;
    this.#lockMs = lockMs;
  }

  /** Epoch ms until which the name is locked; 0 when it is not. */
  lockedUntil(username: string, now: number): number {
    const until = this.#failures.get(username)?.until ?? 0;
    return until > now ? until : 0;
  }

  fail(username: string, now: number): void {
    const before = this.#failures.get(username);
    const count = before && before.until === 0 ? before.count + 1 : 1;
    this.#failures.delete(username);
    this.#failures.set(username, { count, until: count >= this.#limit ? now + this.#lockMs : 0 });
    const oldest = this.#failures.keys().next();
    if (this.#failures.size > KEPT && !oldest.done) this.#failures.delete(oldest.value);
  }
}
