import { setTimeout as sleep } from 'node:timers/promises';

import { EmbeddedPostgres, Storage } from '#storage';
import { sql } from 'kysely';

import { postgresOf } from '../test/postgres-of.ts';
import { PuanProcess } from '../test/puan-process.ts';
import { fallDueAt, plantOrders, toldOf } from './deadlines/plant-orders.ts';
import { cpuSeconds, print } from './machine.ts';

const ORDERS = 10_000;
const AHEAD_MS = 5000;
const LOOK_MS = 25;
const TARGET_MS = 2000;

/** A whole Puan, and a way to the tables of its database beside it. */
interface House {
  readonly puan: PuanProcess;
  readonly storage: Storage;
}

/** Orders whose first rung falls due at the same moment, and what the house had used of the processors by then. */
interface Due {
  readonly orders: readonly number[];
  readonly at: number;
  readonly cpu: number;
}

/**
 * 10,000 limits fall due in the same second in a running Puan: how long from that moment until the last has fired, and whether each
 * did once; the same with the process killed half way and started again. CPU is of the server and its PostgreSQL together.
 */
export async function deadlines(): Promise<void> {
  const puan = new PuanProcess();
  await puan.start();
  const postgres = await EmbeddedPostgres.start({ dataDir: puan.dataDir, log: () => undefined });
  postgres.leave();
  const storage = new Storage(postgres.address, () => undefined);
  try {
    await undisturbed({ puan, storage });
    await killed({ puan, storage });
  } finally {
    await storage.close();
    await puan.remove();
  }
}

async function undisturbed(house: House): Promise<void> {
  const due = await fallDue(house);
  await none(house, due);
  const took = Date.now() - due.at;
  const cpu = cpuOf(house) - due.cpu;
  await settled(house);
  print({
    name: '10,000 deadlines due in the same second',
    value: took,
    unit: 'ms',
    note: `从到点到最后一条提醒入库，其中等下一轮 ${await waited(house, due)} ms；${await once(house, due)}；CPU ${rounded(cpu)} s；通知与事件也处理完 ${Date.now() - due.at} ms，CPU ${rounded(cpuOf(house) - due.cpu)} s；目标 ${TARGET_MS} ms`,
  });
}

async function killed(house: House): Promise<void> {
  const due = await fallDue(house);
  while ((await left(house, due)) > ORDERS / 2) await sleep(LOOK_MS);
  await house.puan.kill();
  const open = await left(house, due);
  await house.puan.start();
  const began = Date.now();
  await none(house, due);
  print({
    name: '10,000 deadlines due in the same second, the process killed half way',
    value: Date.now() - began,
    unit: 'ms',
    note: `从重新启动完成到最后一条提醒入库；kill -9 时还有 ${open} 个没有提醒；${await once(house, due)}；目标：各一条`,
  });
}

async function fallDue(house: House): Promise<Due> {
  const orders = await plantOrders(house.storage, ORDERS);
  // What raising them brings about is not what is measured.
  await settled(house);
  await sql`vacuum analyze`.execute(house.storage.system);
  const at = Date.now() + AHEAD_MS;
  await fallDueAt(house.storage, orders, at);
  await sleep(Math.max(0, at - Date.now()));
  return { orders, at, cpu: cpuOf(house) };
}

/** How many of the limits have not fired yet. */
async function left({ storage }: House, { at }: Due): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from deadline where next_at <= ${new Date(at)} and replay_session_id is null`.execute(
    storage.system,
  );
  return rows[0]?.n ?? 0;
}

async function none(house: House, due: Due): Promise<void> {
  while ((await left(house, due)) > 0) await sleep(LOOK_MS);
}

/** How long the first of them waited for the next round. */
async function waited({ storage }: House, { orders, at }: Due): Promise<number> {
  const { rows } = await sql<{ first: number }>`
    select min(at) as first from reminder where work_order_id = any(${[...orders]}::bigint[])`.execute(
    storage.system,
  );
  return (rows[0]?.first ?? at) - at;
}

async function once({ storage }: House, { orders }: Due): Promise<string> {
  const told = await toldOf(storage, orders);
  return `到点 ${told.limits} 个，提醒 ${told.reminders} 条，涉及工单 ${told.orders} 张`;
}

/** Whatever was announced of the orders has been published, and whoever follows them has handled it. */
async function settled({ storage }: House): Promise<void> {
  for (let isOpen = true; isOpen;) {
    await sleep(LOOK_MS);
    const { rows } = await sql<{ open: boolean }>`
      select exists (select from outbox) or exists (
        select from (values ('command.tell-people', 'work-order.reminded'), ('command.keep-duty-log', 'work-order.reminded'),
          ('command.tell-people', 'work-order.raised'),
          ('response.follow-orders', 'work-order.raised')) f(name, type)
        where coalesce((select seq from subscription s where s.name = f.name), 0)
          < (select max(seq) from event e where e.type = f.type)) as open`.execute(storage.system);
    isOpen = rows[0]?.open ?? true;
  }
}

/** CPU seconds of the server and of every process of its PostgreSQL. */
function cpuOf({ puan }: House): number {
  return [puan.pid, ...postgresOf(puan.dataDir)].reduce((sum, pid) => sum + cpuSeconds(pid), 0);
}

function rounded(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
