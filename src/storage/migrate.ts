import { readdir, readFile } from 'node:fs/promises';

import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';

import type { Database } from './tables/database.ts';

const STRANGE =
  '数据库做过的升级与本版本不一致，没有动它。它可能由更新的版本用过：请换回那个版本，或用 PUAN_DATA_DIR（或 DATABASE_URL）另指一处';
const FOLDER = new URL('migrations/', import.meta.url);

/**
 * Brings the tables to this version: every file of `migrations/` once, in order, each in its transaction.
 * Throws with the file's name when one fails; nothing of that file is then left. A database that another version has brought
 * further is left as it is. `upTo`: a file's name without its ending, beyond which it does not go.
 */
export async function migrate(db: Kysely<Database>, upTo?: string): Promise<void> {
  await sql`do $$ begin
    if not exists (select from pg_roles where rolname = 'puan_app') then create role puan_app nologin; end if;
  end $$`.execute(db);
  await sql`grant usage on schema public to puan_app`.execute(db);
  await sql`grant puan_app to current_user`.execute(db);
  const migrator = new Migrator({ db, provider: { getMigrations: readMigrations } });
  const { error, results } = await (upTo === undefined
    ? migrator.migrateToLatest()
    : migrator.migrateTo(upTo));
  if (error !== undefined) {
    const failed = results?.find((result) => result.status === 'Error')?.migrationName;
    throw new Error(failed === undefined ? STRANGE : `数据库升级 ${failed} 没有完成，已撤销这一步`, {
      cause: error,
    });
  }
}

async function readMigrations(): Promise<Record<string, Migration>> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).toSorted();
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, FOLDER), 'utf8')));
  return Object.fromEntries(
    names.map((name, i) => [
      name.replace('.sql', ''),
      { up: async (db: Kysely<unknown>) => void (await sql.raw(texts[i] ?? '').execute(db)) },
    ]),
  );
}
