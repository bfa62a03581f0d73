import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { EmbeddedPostgres, migrate, Storage } from '#storage';
import { sql } from 'kysely';

/** Starts one PostgreSQL for the test run and prepares the migrated template every test database is copied from. */
export async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'puan-test-'));
  const postgres = await EmbeddedPostgres.start({ dataDir: folder, log: () => undefined });
  const storage = new Storage({ ...postgres.address, database: 'puan' }, () => undefined);
  await migrate(storage.system);
  await storage.close();
  const { host, user, password } = postgres.address;
  const templates = await mkdtemp(path.join(os.tmpdir(), 'puan-templates-'));
  process.env['PUAN_TEST_TEMPLATES'] = templates;
  process.env['PUAN_TEST_DATABASE'] = JSON.stringify({ host, user, password });
  const admin = new Storage({ ...postgres.address, database: 'postgres' }, () => undefined);
  await sql`alter database puan rename to puan_template`.execute(admin.system);
  // Hundreds of databases come and go, each with a checkpoint, and none of them outlives the machine.
  await sql`alter system set fsync = off`.execute(admin.system);
  await sql`alter system set full_page_writes = off`.execute(admin.system);
  await sql`select pg_reload_conf()`.execute(admin.system);
  await admin.close();
  return async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
    await rm(templates, { recursive: true, force: true });
  };
}
