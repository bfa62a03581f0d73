import { existsSync } from 'node:fs';
import path from 'node:path';

import { type DatabaseLocation, EmbeddedPostgres, Storage } from '#storage';

import type { Config } from './config.ts';

/** What cannot be done as it was asked, in a sentence: exit 2. */
export class Unusable extends Error {}

/** A database as it was found. */
export interface FoundDatabase {
  readonly storage: Storage;
  readonly location: DatabaseLocation;
  close(): Promise<void>;
}

/** The database, as it is found: one that runs is used and left running, one that does not is started and ended. */
export async function openFoundDatabase(config: Config): Promise<FoundDatabase> {
  const quiet = (): void => undefined;
  if (config.databaseUrl !== undefined) {
    const location = { url: config.databaseUrl };
    const storage = new Storage(location, quiet);
    return { storage, location, close: () => storage.close() };
  }
  if (!existsSync(path.join(config.dataDir, 'postgres.secret')))
    throw new Unusable(
      `${config.dataDir} 里没有数据库。请用 PUAN_DATA_DIR 指明数据文件夹，或用 DATABASE_URL 指明数据库。`,
    );
  const embedded = await EmbeddedPostgres.start({ dataDir: config.dataDir, log: quiet });
  const { adopted, address } = embedded;
  if (adopted) embedded.leave();
  const storage = new Storage(address, quiet);
  return {
    storage,
    location: address,
    close: async () => {
      await storage.close();
      if (!adopted) await embedded.stop();
    },
  };
}
