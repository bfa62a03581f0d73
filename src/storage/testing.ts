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
  return copyOf(TEMPLATE);
}

/** One without any table, as an earlier version began. */
export async function emptyDatabase(): Promise<TestDatabase> {
  return copyOf('template1');
}

/**
 * A database that `prepare` has filled before the test begins. Whoever asks for the `name` first in a run fills it; everybody
 * gets a copy, so that what takes a second is done once.
 */
export async function preparedDatabase(
  name: string,
  prepare: (storage: Storage) => Promise<void>,
): Promise<TestDatabase> {
  const client = new pg.Client(clientConfig({ ...server(), database: 'postgres' }));
  await client.connect();
  try {
    // Ends with the connection.
    await client.query('select pg_advisory_lock(hashtext($1))', [name]);
    const found = await client.query('select from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) {
      await client.query(copyStatement(`${name}_to_be`, TEMPLATE));
      const storage = new Storage({ ...server(), database: `${name}_to_be` }, () => undefined);
      try {
        await prepare(storage);
      } finally {
        await storage.close();
      }
      await client.query(`alter database ${name}_to_be rename to ${name}`);
    }
  } finally {
    await client.end();
  }
  return copyOf(name);
}

/** By file: through the log, as is the default, every page of every empty table would be written twice. */
const copyStatement = (name: string, template: string): string =>
  `create database ${name} template ${template} strategy file_copy`;

async function copyOf(template: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await admin(copyStatement(name, template));
  const location = { ...server(), database: name };
  const storage = new Storage(location, () => undefined);
  return {
    storage,
    location,
    drop: async () => {
      await storage.close();
      await admin(`drop database ${name} with (force)`);
    },
  };
}

interface Server {
  readonly host: string;
  readonly user: string;
  readonly password: string;
}

/** The test run's PostgreSQL: its global setup has left the address. */
function server(): Server {
  const given = process.env['PUAN_TEST_DATABASE'];
  if (!given) throw new Error('the test run has no database: start it with the project’s vitest.config.ts');
  return JSON.parse(given) as Server;
}

async function admin(statement: string): Promise<void> {
  const client = new pg.Client(clientConfig({ ...server(), database: 'postgres' }));
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
