import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { SystemContext } from '#services/context';
import { openWorkOrders, runDeadlines } from '#services/response';
import { EmbeddedPostgres, migrate, Storage, Vault } from '#storage';
import { sql } from 'kysely';

import { publishFire } from './fire/replay-fires.ts';
import { print } from './machine.ts';

const ORDERS = 10_000;
const AT = Date.UTC(2026, 10, 20);
const HALF_OF_ACCEPT_MS = 90_000;
const TARGET_MS = 2000;

/** 10,000 limits fall due for a rung in the same second: how long until each has fired, and whether each did once. */
export async function deadlines(): Promise<void> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'puan-deadlines-'));
  const postgres = await EmbeddedPostgres.start({ dataDir, log: () => undefined });
  const storage = new Storage(postgres.address, () => undefined);
  try {
    await migrate(storage.system);
    await publishFire(storage);
    await measure(storage);
  } finally {
    await storage.close();
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measure(storage: Storage): Promise<void> {
  let now = AT;
  const vault = new Vault(Buffer.alloc(32));
  const system = new SystemContext({ storage, clock: { now: () => now }, poke: () => undefined, vault });
  await fill(storage, system);
  await sql`vacuum analyze`.execute(storage.system);
  now += HALF_OF_ACCEPT_MS;
  const began = performance.now();
  let fired = 0;
  for (let limits = 1; limits > 0; fired += limits) ({ limits } = await runDeadlines(system));
  const took = Math.round(performance.now() - began);
  const { rows } = await sql<{ n: number; orders: number }>`
    select count(*) as n, count(distinct work_order_id) as orders from reminder`.execute(storage.system);
  const [once] = rows;
  print({
    name: '10,000 deadlines due in the same second',
    value: took,
    unit: 'ms',
    note: `到点 ${fired} 个，提醒 ${once?.n} 条，涉及工单 ${once?.orders} 张（各一条）；目标 ${TARGET_MS} ms`,
  });
}

async function fill(storage: Storage, system: SystemContext): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    with spots as (
      insert into monitored_object (code, name, scenarios, place, place_approximate, lat, lon)
      select 'D' || n, '楼宇', array[17::int2], 100, true, 31.2, 121.5 from generate_series(1, ${ORDERS}::int) n returning id
    )
    insert into warning (object_id, item_code, place, scenario, state, level, peak_level, reason, opened_at, changed_at, simulated)
    select id, 'FIRE.I01', 100, 17, 'open', 4, 4, '火警', ${new Date(AT)}, ${new Date(AT)}, false from spots
    returning id`.execute(storage.system);
  const raised = rows.map(({ id }) => ({ change: 'raised', warning: id, level: 'red', at: AT }) as const);
  await system.transaction((tx) => openWorkOrders(tx, AT, raised));
}
