import { EmbeddedPostgres, Storage } from '#storage';

import type { PuanProcess } from '../test/puan-process.ts';

/** The tables of a running Puan; its database stays when they are left. */
export async function openOwnStorage({ dataDir }: PuanProcess): Promise<Storage> {
  const quiet = (): void => undefined;
  const postgres = await EmbeddedPostgres.start({ dataDir, log: quiet });
  // It is the server's own; it stays.
  postgres.leave();
  return new Storage(postgres.address, quiet);
}
