import { EmbeddedPostgres, migrate, PostgresStartError, Storage } from '#storage';
import { sql } from 'kysely';

import type { Config } from './config.ts';
import type { Log } from './log.ts';

const OLDEST = 170_000;

/** The database, ready to use: started where it is ours, migrated to this version. */
export interface OpenDatabase {
  readonly storage: Storage;
  readonly embedded: EmbeddedPostgres | undefined;
}

/** Opens the embedded database, or the one `DATABASE_URL` names. Throws {@link PostgresStartError} in one sentence. */
export async function openDatabase(config: Config, log: Log): Promise<OpenDatabase> {
  const embedded =
    config.databaseUrl === undefined
      ? await EmbeddedPostgres.start({
          dataDir: config.dataDir,
          log: (line) => log.warn(`PostgreSQL：${line}`),
        })
      : undefined;
  const location = embedded?.address ?? { url: config.databaseUrl ?? '' };
  const storage = new Storage(location, (error) => log.warn('数据库连接断开，将自动重连', error));
  try {
    await checkVersion(storage);
    await migrate(storage.system);
  } catch (error) {
    await storage.close();
    await embedded?.stop();
    throw error;
  }
  return { storage, embedded };
}

async function checkVersion(storage: Storage): Promise<void> {
  let version: number;
  try {
    const { rows } = await sql<{ n: number }>`select current_setting('server_version_num')::int as n`.execute(
      storage.system,
    );
    version = rows[0]?.n ?? 0;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PostgresStartError(
      `连不上 DATABASE_URL 指定的数据库（${reason}）。请检查地址、账号，以及数据库是否在运行。`,
      { cause: error },
    );
  }
  if (version < OLDEST) {
    throw new PostgresStartError(
      `DATABASE_URL 指定的 PostgreSQL 版本太旧（${version}）。请使用 17 以上的版本。`,
    );
  }
}
