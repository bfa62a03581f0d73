// A thousand breaches of one object at the same time, by the doors: one warning an item, whoever was first.
import { afterAll, beforeAll, expect, test } from 'vitest';

import { Client } from '../../test/client.ts';
import { PASSWORD, PuanProcess } from '../../test/puan-process.ts';

const GAUGES = 250;
const BREACHES = 1000;
const TOGETHER = 50;
const WAIT_MS = 180_000;

interface Warnings {
  readonly items: readonly {
    readonly id: number;
    readonly level: string;
    readonly item: { readonly code: string };
  }[];
}
interface Record30 {
  readonly last30Days: { readonly alarms: Readonly<Record<string, number>>; readonly warnings: number };
}

const puan = new PuanProcess();
let admin: Client;
let gateway: Client;
const code = (n: number): string => `one-${n}`;
beforeAll(async () => {
  await puan.start();
  admin = await new Client(puan.url).as('flood.admin', PASSWORD);
  const named = { name: '测试网关', kind: 'gateway' };
  gateway = new Client(puan.url, (await admin.ask<{ token: string }>('POST', '/api/v1/tokens', named)).token);
  const object = { code: 'one', name: '龙阳路下立交', scenarios: ['FLOOD'], lat: 31.2, lon: 121.6 };
  await admin.ask('POST', '/api/v1/objects', object);
  await atOnce(GAUGES, (n) =>
    admin.ask('POST', '/api/v1/points', { code: code(n), object: 'one', element: 'FLOOD.UNDERPASS' }),
  );
  await admin.ask('POST', '/api/v1/points', { code: 'one-rain', object: 'one', element: 'FLOOD.RAIN_5M' });
}, WAIT_MS);
afterAll(() => puan.remove());

/** So many of them, some at a time. */
async function atOnce(count: number, work: (n: number) => Promise<unknown>): Promise<void> {
  const turns = Array.from({ length: count }, (_, n) => n).values();
  await Promise.all(
    Array.from({ length: TOGETHER }, async () => {
      for (const n of turns) await work(n);
    }),
  );
}

const send = (point: string, value: number, at = Date.now()) =>
  gateway.ask('POST', '/api/v1/readings', [{ point, observedAt: at, value }]);
const standing = () => admin.ask<Warnings>('GET', '/api/v1/warnings?state=open&limit=100');
const record = () => admin.ask<Record30>('GET', '/api/v1/signs/FLOOD.S06/record');

test(
  'the gauges of one underpass are red at once, a thousand times: as many alarms as gauges, one warning, one order',
  async () => {
    // Each by a request of its own; 40 cm is red and waits for nothing.
    await atOnce(BREACHES, (n) => send(code(n % GAUGES), 45 + Math.floor(n / GAUGES)));
    await expect
      .poll(async () => (await record()).last30Days, { timeout: WAIT_MS, interval: 500 })
      .toMatchObject({ alarms: { red: GAUGES }, warnings: 1 });
    const now = Date.now();
    // Rain of the same object is another item. Twelve five-minute sums of an hour.
    for (let n = 12; n >= 0; n -= 1) await send('one-rain', 12, now - n * 300_000);
    await expect
      .poll(async () => (await standing()).items.length, { timeout: WAIT_MS, interval: 500 })
      .toBe(2);
    const { items } = await standing();
    expect(items.map(({ item }) => item.code).toSorted()).toEqual(['FLOOD.I01', 'FLOOD.I06']);
    expect((await record()).last30Days).toMatchObject({ alarms: { red: GAUGES }, warnings: 1 });
    const orders = await admin.ask<{ items: readonly unknown[] }>('GET', '/api/v1/work-orders?limit=100');
    expect(orders.items).toHaveLength(2);
  },
  WAIT_MS,
);
