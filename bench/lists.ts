import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

import { EmbeddedPostgres, Storage } from '#storage';
import { sql } from 'kysely';

import { Client } from '../test/client.ts';
import { PASSWORD } from '../test/puan-process.ts';
import { percentile, print } from './machine.ts';
import { type AskedList, LONG_LISTS, SHORT_LISTS } from './lists/asked-lists.ts';
import { fillAroundOrders } from './lists/fill-around-orders.ts';
import { fillRecords } from './million.ts';
import { setStage, type Stage } from './stage.ts';

const ROWS = Number(process.env['PUAN_LIST_ROWS'] ?? 1_000_000);
const RUNS = 40;
const CHANGES = 100;
/** Objects that breach one after the other: what a reading sets off asks the same tables, with plans that are kept. */
const BREACHES = 60;
const BREACH_CM = 45;
const LIST_WAIT_MS = 60_000;
/** Rows from which on a table is not to be read from end to end. */
const BIG = 20_000;
/** PostgreSQL tells its statistics so late. */
const STATISTICS_MS = 3000;

/** Who looks: the district, an office of a scenario and its handling unit, a town, a village. */
const SEATS = ['district', 'flood.admin', 'flood.handler', 'town.zhangjiang', 'village.sample'] as const;

type Page = { readonly items: readonly { readonly id: number }[]; readonly next: string | null };

/**
 * P8: a million warnings and a million orders, and what hangs on them. The first page of the lists by every filter, a page deep down,
 * the duty desk and the cards, as those who stand at different desks ask for them; which big tables were read from end to end for
 * it; one status change; and what it takes to reconcile all of it.
 */
export async function lists(): Promise<void> {
  const stage = await setStage(BREACHES, async (storage) => {
    await fillRecords(storage, ROWS);
    await fillAroundOrders(storage, ROWS);
  });
  const postgres = await EmbeddedPostgres.start({ dataDir: stage.puan.dataDir, log: () => undefined });
  postgres.leave();
  const storage = new Storage(postgres.address, () => undefined);
  try {
    const before = await readWhole(storage);
    for (const who of SEATS) {
      const seat = await new Client(stage.puan.url).as(who, PASSWORD);
      for (const list of [...LONG_LISTS, ...SHORT_LISTS]) await firstPages(seat, who, list);
      for (const list of LONG_LISTS) await deepPages(seat, who, list);
      await pages(seat, `P8 ${who} duty desk`, { 值守台: '/api/v1/duty-desk' });
      await pages(seat, `P8 ${who} warning cards`, { 归并: '/api/v1/warning-cards?replay=false' });
    }
    const listed = await readWhole(storage);
    tellWhole('the lists', before, listed);
    await changes(stage);
    await breaches(stage);
    tellWhole('changes, breaches and what follows them', listed, await readWhole(storage));
    await reconciled(stage);
  } finally {
    await storage.close();
    await stage.puan.remove();
  }
}

/** How often each big table was read from its first row to its last. */
async function readWhole(storage: Storage): Promise<ReadonlyMap<string, number>> {
  await sleep(STATISTICS_MS);
  const { rows } = await sql<{ name: string; times: number }>`
    select relname as name, seq_scan as times from pg_stat_user_tables where n_live_tup > ${BIG}`.execute(
    storage.system,
  );
  return new Map(rows.map(({ name, times }) => [name, times]));
}

function tellWhole(
  by: string,
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): void {
  const read = [...after].flatMap(([name, times]) => {
    const more = times - (before.get(name) ?? 0);
    return more > 0 ? [`${name} ${more} 次`] : [];
  });
  print({
    name: `P8 big tables read from end to end by ${by}`,
    value: read.length,
    unit: 'tables',
    note: `${read.join('，') || '没有'}；${BIG} 行以上的表，含同时在跑的后台轮次；目标 0`,
  });
}

async function firstPages(seat: Client, who: string, list: AskedList): Promise<void> {
  // Not everybody's page.
  if ((await seat.send('GET', list.path)).status === 403) return;
  const paths = Object.entries(list.filters).map(([name, filter]) => [name, list.path + filter] as const);
  await pages(seat, `P8 ${who} ${list.name}, first page`, Object.fromEntries(paths));
}

/** Behind half of all there is, by the cursor the lists give out themselves: a moment and a number. */
async function deepPages(seat: Client, who: string, list: AskedList): Promise<void> {
  const { status, body } = await seat.send<Page>('GET', list.path);
  const { next } = body;
  if (status === 403 || next === null) return;
  const [newest = 0] = next.split('_').map(Number);
  const after = `&after=${newest - 540 * 86_400_000}_1`;
  const deep = Object.entries(list.filters).map(
    ([name, filter]) => [name, list.path + filter + after] as const,
  );
  await pages(seat, `P8 ${who} ${list.name}, page deep down`, Object.fromEntries(deep));
}

/** One figure, that of the slowest; the others stand beside it. */
async function pages(seat: Client, name: string, paths: Readonly<Record<string, string>>): Promise<void> {
  const told: (readonly [string, number])[] = [];
  for (const [what, path] of Object.entries(paths))
    told.push([what, percentile(await times(RUNS, () => seat.ask('GET', path)), 0.95)]);
  const sorted = told.toSorted(([, a], [, b]) => b - a);
  print({
    name: `${name}, p95 of the slowest`,
    value: rounded(sorted[0]?.[1] ?? Number.NaN),
    unit: 'ms',
    note: `${sorted.map(([what, ms]) => `${what} ${rounded(ms)}`).join('，')}；目标 50 ms；${how(RUNS)}`,
  });
}

/** 签收 of a warning, and 接单 of an order by whoever handles it. */
async function changes({ admin, puan }: Stage): Promise<void> {
  const handler = await new Client(puan.url).as('flood.handler', PASSWORD);
  const warnings = await admin.ask<Page>('GET', '/api/v1/warnings?alarmState=unacknowledged&limit=200');
  const orders = await handler.ask<Page>('GET', '/api/v1/work-orders?state=dispatched&limit=200');
  const acts = [
    [
      'acknowledgement',
      warnings.items,
      (id: number) => admin.ask('POST', `/api/v1/warnings/${id}/acknowledge`),
    ],
    [
      'order accepted',
      orders.items,
      (id: number) => handler.ask('POST', `/api/v1/work-orders/${id}/advance`, { action: 'accept' }),
    ],
  ] as const;
  for (const [name, items, act] of acts) {
    const figures: number[] = [];
    for (const { id } of items.slice(0, CHANGES)) {
      const began = performance.now();
      await act(id);
      figures.push(performance.now() - began);
    }
    print({
      name: `P8 one status change, ${name}, p95`,
      value: rounded(percentile(figures, 0.95)),
      unit: 'ms',
      note: `中位数 ${rounded(percentile(figures, 0.5))} ms；目标 30 ms；${how(figures.length)}`,
    });
  }
}

/** A reading that breaches, until its order is on the list. */
async function breaches({ admin, puan, points, gatewayToken }: Stage): Promise<void> {
  const figures: number[] = [];
  for (const point of points) {
    const newest = async (): Promise<number> =>
      (await admin.ask<Page>('GET', '/api/v1/work-orders?limit=1')).items[0]?.id ?? 0;
    const before = await newest();
    const began = performance.now();
    const reply = await fetch(`${puan.url}/api/v1/readings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${gatewayToken}` },
      body: JSON.stringify([{ point, observedAt: Date.now(), value: BREACH_CM }]),
    });
    if (!reply.ok) throw new Error(`answered ${reply.status}: ${await reply.text()}`);
    while ((await newest()) === before) {
      if (performance.now() - began > LIST_WAIT_MS)
        throw new Error(`no order followed the breach of ${point}`);
      await sleep(5);
    }
    figures.push(performance.now() - began);
  }
  print({
    name: 'a breach until its order is on the list, p95',
    value: rounded(percentile(figures, 0.95)),
    unit: 'ms',
    note: `中位数 ${rounded(percentile(figures, 0.5))} ms；${how(figures.length)}`,
  });
}

/** 对账 of all of it, asked for by a person. */
async function reconciled({ admin }: Stage): Promise<void> {
  const began = performance.now();
  const { counts } = await admin.ask<{
    counts: readonly { kind: string; mismatches: number; unchecked: string | null; ms: number }[];
  }>('POST', '/api/v1/reconciliations');
  const each = counts.map(
    ({ kind, mismatches, unchecked, ms }) =>
      `${kind} ${unchecked === null ? `${mismatches} 项` : '未核'} ${ms} ms`,
  );
  print({
    name: 'reconciliation',
    value: Math.round(performance.now() - began),
    unit: 'ms',
    note: `${each.join('，')}；另有报警与证据各 ${ROWS} 条；${how(1)}`,
  });
}

async function times(runs: number, run: () => Promise<unknown>): Promise<readonly number[]> {
  for (let i = 0; i < 3; i += 1) await run();
  const found: number[] = [];
  for (let i = 0; i < runs; i += 1) {
    const began = performance.now();
    await run();
    found.push(performance.now() - began);
  }
  return found;
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}

function how(runs: number): string {
  return `预警、工单各 ${ROWS} 条（${Math.round(ROWS / 101)} 条生效），一人依次请求 ${runs} 次，经 HTTP，一分钟平均负载 ${os.loadavg()[0]?.toFixed(1)}`;
}
