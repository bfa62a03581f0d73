import type { Storage } from '#storage';
import { sql } from 'kysely';

import type { SeenSoFar } from './run-rehearsal.ts';

const TELL_MS = 300;

/** Writes how far a rehearsal is to its row, a few times a second, and learns there whether it was called off. */
export class RehearsalProgress {
  readonly #storage: Storage;
  readonly #id: number;
  readonly #now: () => number;
  readonly #cancel = new AbortController();
  #told = Number.NEGATIVE_INFINITY;
  #writing: Promise<void> = Promise.resolve();
  #failed: unknown;

  constructor(storage: Storage, id: number, now: () => number) {
    this.#storage = storage;
    this.#id = id;
    this.#now = now;
  }

  /** Aborted once somebody has called the rehearsal off. */
  get signal(): AbortSignal {
    return this.#cancel.signal;
  }

  saw(seen: SeenSoFar): void {
    if (this.#failed !== undefined) throw this.#failed;
    if (this.#now() < this.#told + TELL_MS) return;
    this.#told = this.#now();
    this.#writing = this.#write(seen).catch((error: unknown) => {
      this.#failed = error;
    });
  }

  async settled(): Promise<void> {
    await this.#writing;
  }

  async #write({ done, readings }: SeenSoFar): Promise<void> {
    const { rows } = await sql`update rehearsal set done = ${done}, readings = ${readings}
      where id = ${this.#id} and state = 'running' returning id`.execute(this.#storage.system);
    if (rows.length === 0) this.#cancel.abort(new Error('called off'));
  }
}
