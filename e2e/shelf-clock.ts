import { EmbeddedPostgres, Storage } from '#storage';
import { sql } from 'kysely';

import type { PuanProcess } from '../test/puan-process.ts';

/** Moves the shelves of a running Puan in time, so that nobody has to wait for them. */
export class ShelfClock {
  readonly #storage: Storage;

  private constructor(storage: Storage) {
    this.#storage = storage;
  }

  static async open({ dataDir }: PuanProcess): Promise<ShelfClock> {
    const quiet = (): void => undefined;
    const postgres = await EmbeddedPostgres.start({ dataDir, log: quiet });
    // It is the server's own; it stays.
    postgres.leave();
    return new ShelfClock(new Storage(postgres.address, quiet));
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
