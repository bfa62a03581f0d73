import type { Storage } from '#storage';
import { sql } from 'kysely';

import type { PuanProcess } from '../test/puan-process.ts';
import { openOwnStorage } from './own-storage.ts';

/** Moves the shelves of a running Puan in time, so that nobody has to wait for them. */
export class ShelfClock {
  readonly #storage: Storage;

  private constructor(storage: Storage) {
    this.#storage = storage;
  }

  static async open(puan: PuanProcess): Promise<ShelfClock> {
    return new ShelfClock(await openOwnStorage(puan));
  }

  /** All that run have begun an hour ago and end so many seconds from now. */
  async endIn(seconds: number): Promise<void> {
    await sql`update shelf set from_at = from_at - interval '1 hour', until = now() + make_interval(secs => ${seconds})
      where state = 'running'`.execute(this.#storage.system);
  }

  close(): Promise<void> {
    return this.#storage.close();
  }
}
