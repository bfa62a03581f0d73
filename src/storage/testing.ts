import { randomBytes } from 'node:crypto';

import pg from 'pg';

import { clientConfig, type DatabaseLocation, Storage } from './connection.ts';

/** A database of its own for one test file, copied from the migrated template in a few milliseconds. */
export interface TestDatabase {
  readonly storage: Storage;
  readonly location: DatabaseLocation;
  drop(): Promise<void>;
}

/** The name of the migrated template that the test run's setup prepares. */
export const TEMPLATE = 'puan_template';

/**
 * A fresh database with every table. The test run's global setup has started PostgreSQL and left its address in
 * `PUAN_TEST_DATABASE` (JSON).
 */
export async function testDatabase(): Promise<TestDatabase> {
  const given = process.env['PUAN_TEST_DATABASE'];
  if (!given) throw new Error('the test run has no database: start it with the project’s vitest.config.ts');
  const server = JSON.parse(given) as { host: string; user: string; password: string };
  const name = `test_${randomBytes(6).toString('hex')}`;
  await admin(server, `create database ${name} template ${TEMPLATE}`);
  const location = { ...server, database: name };
  const storage = new Storage(location, () => undefined);
  return {
    storage,
    location,
    drop: async () => {
      await storage.close();
      await admin(server, `drop database ${name} with (force)`);
    },
  };
}

async function admin(
  server: { host: string; user: string; password: string },
  statement: string,
): Promise<void> {
  const client = new pg.Client(clientConfig({ ...server, database: 'postgres' }));
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
