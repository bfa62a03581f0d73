import os from 'node:os';

import { Client } from '../test/client.ts';
import { PASSWORD } from '../test/puan-process.ts';
import { percentile, print } from './machine.ts';
import { fillRecords } from './million.ts';
import { setStage, type Stage } from './stage.ts';

const ROWS = Number(process.env['PUAN_LIST_ROWS'] ?? 1_000_000);
const RUNS = 40;
const CHANGES = 100;

/** Who looks: the district, an office of a scenario and its handling unit, a town, a village. */
const SEATS = ['district', 'flood.admin', 'flood.handler', 'town.zhangjiang', 'village.sample'] as const;

const WARNINGS = '/api/v1/warnings?limit=50';
const ORDERS = '/api/v1/work-orders?limit=50';

/** What a list is asked for, by the words of its page. */
const LISTS: readonly {
  readonly name: string;
  readonly path: string;
  readonly filters: Readonly<Record<string, string>>;
}[] = [
  {
    name: 'warnings',
    path: WARNINGS,
    filters: {
      全部: '',
      生效: '&state=open',
      已恢复: '&state=normal',
      已结案: '&state=closed',
      未签收: '&alarmState=unacknowledged',
      已签收: '&alarmState=acknowledged',
      恢复未签收: '&alarmState=rtn-unacknowledged',
      红: '&level=red',
      生效的红: '&state=open&level=red',
      蓝: '&level=blue',
      防汛: '&scenario=FLOOD',
      燃气的红: '&scenario=GAS&level=red',
      实时: '&replay=false',
      回放: '&replay=true',
    },
  },
  {
    name: 'work orders',
    path: ORDERS,
    filters: {
      全部: '',
      未结案: '&open=true',
      待接单: '&state=dispatched',
      复核中: '&state=reviewing',
      待派单: '&state=raised',
      等我办: '&mine=true&open=true',
      超期: '&overdue=true',
      超期未结案: '&overdue=true&open=true',
      红: '&level=red',
      未结案的红: '&open=true&level=red',
      燃气: '&scenario=GAS',
      燃气的红: '&scenario=GAS&level=red',
      回放: '&replay=true',
    },
  },
];

type Page = { readonly items: readonly { readonly id: number }[]; readonly next: string | null };

/**
 * P8: a million warnings and a million orders. The first page of the lists by every filter, a page deep down, the duty desk and the
 * cards, as those who stand at different desks ask for them; one status change; and what it takes to reconcile all of it.
 */
export async function lists(): Promise<void> {
  const stage = await setStage(0, (storage) => fillRecords(storage, ROWS));
  try {
    for (const who of SEATS) {
      const seat = await new Client(stage.puan.url).as(who, PASSWORD);
      for (const list of LISTS) await firstPages(seat, who, list);
      for (const list of LISTS) await deepPages(seat, who, list);
      await pages(seat, `P8 ${who} duty desk`, { 值守台: '/api/v1/duty-desk' });
      await pages(seat, `P8 ${who} warning cards`, { 归并: '/api/v1/warning-cards?replay=false' });
    }
    await changes(stage);
    await reconciled(stage);
  } finally {
    await stage.puan.remove();
  }
}

async function firstPages(seat: Client, who: string, list: (typeof LISTS)[number]): Promise<void> {
  const paths = Object.entries(list.filters).map(([name, filter]) => [name, list.path + filter] as const);
  await pages(seat, `P8 ${who} ${list.name}, first page`, Object.fromEntries(paths));
}

/** Behind half of all there is, by the cursor the lists give out themselves: a moment and a number. */
async function deepPages(seat: Client, who: string, list: (typeof LISTS)[number]): Promise<void> {
  const { next } = await seat.ask<Page>('GET', list.path);
  if (next === null) return;
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
