import { setTimeout as sleep } from 'node:timers/promises';

import { EmbeddedPostgres, Storage } from '#storage';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { fallDueAt, plantOrders, toldOf } from '../bench/deadlines/plant-orders.ts';
import { clientConfig } from '../src/storage/connection.ts';
import { PuanProcess } from './puan-process.ts';

const ORDERS = 2000;

const puan = new PuanProcess();
let postgres: EmbeddedPostgres;
let storage: Storage;

beforeAll(async () => {
  await puan.start();
  // The one that runs already; it outlives the process that started it.
  postgres = await EmbeddedPostgres.start({ dataDir: puan.dataDir, log: () => undefined });
  postgres.leave();
  storage = new Storage(postgres.address, () => undefined);
}, 120_000);
afterAll(async () => {
  await storage.close();
  await puan.remove();
});

/** A connection that holds what the server needs, until it is let go. */
async function hold(statement: string, values: readonly unknown[] = []): Promise<() => Promise<void>> {
  const client = new pg.Client(clientConfig(postgres.address));
  await client.connect();
  await client.query('begin');
  await client.query(statement, [...values]);
  return async () => {
    await client.query('rollback');
    await client.end();
  };
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(50);
}

const isStuck = async (): Promise<boolean> => {
  const { rows } =
    await sql`select from pg_locks where relation = 'reminder'::regclass and not granted`.execute(
      storage.system,
    );
  return rows.length > 0;
};

test('2,000 limits fall due in one second, and the server is killed in the middle of telling them: each is told once', async () => {
  const orders = await plantOrders(storage, ORDERS);
  const half = orders.slice(0, ORDERS / 2);
  // One half cannot be taken yet, so that the server is through with the other one when it is killed.
  const letGo = await hold('select from work_order where id = any($1::bigint[]) for update', [half]);
  await fallDueAt(storage, orders, Date.now());
  await until(async () => (await toldOf(storage, orders)).reminders >= ORDERS / 2);
  expect(await toldOf(storage, half)).toEqual({ limits: 0, reminders: 0, orders: 0 });

  // It has moved the limits of the second half and writes its reminders: nothing of that is committed.
  const open = await hold('lock table reminder in share mode');
  await letGo();
  await until(isStuck);
  await puan.kill();
  await open();
  await until(async () => !(await isStuck()));
  expect(await toldOf(storage, half)).toEqual({ limits: 0, reminders: 0, orders: 0 });

  await puan.start();
  await until(async () => (await toldOf(storage, orders)).reminders >= ORDERS);
  await puan.stop();
  await puan.start();
  const once = { limits: ORDERS, reminders: ORDERS, orders: ORDERS };
  expect(await toldOf(storage, orders)).toEqual(once);
  const { rows } = await sql<{ kind: string; n: number; of: number }>`
    select 'audit' as kind, count(*) as n, count(distinct subject) as of from audit where action = 'work-order.reminded'
    union all select 'event', count(*), count(distinct payload->>'id') from event where type = 'work-order.reminded'
    union all select 'timeline', count(*), count(distinct work_order_id) from work_order_entry where kind = 'reminded'
    order by 1`.execute(storage.system);
  expect(rows).toEqual(['audit', 'event', 'timeline'].map((kind) => ({ kind, n: ORDERS, of: ORDERS })));
}, 240_000);
