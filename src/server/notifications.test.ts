// By real HTTP: whom the event stream tells of a message, and what an answer by SMS or by key does.
import { createHmac } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { Client } from '../../test/client.ts';
import { orderOfObject } from '../../test/order-of-object.ts';
import { PASSWORD, PuanProcess } from '../../test/puan-process.ts';

const SECRET = '0123456789abcdef0123';
const PHONE = '13800138000';

/** A provider of SMS and calls: numbers what it takes. */
class Provider {
  readonly got: { readonly path: string; readonly to: string; readonly text: string; readonly id: string }[] =
    [];
  readonly #server = http.createServer((request, reply) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { to, text } = JSON.parse(Buffer.concat(parts).toString('utf8')) as { to: string; text: string };
      const id = `m${this.got.length + 1}`;
      this.got.push({ path: request.url ?? '', to, text, id });
      reply.setHeader('content-type', 'application/json').end(JSON.stringify({ id }));
    });
  });

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.close();
  }
}

const provider = new Provider();
const puan = new PuanProcess({ env: { PUAN_WEBHOOK_INSIDE: '127.0.0.1' } });
const as = (name: string): Promise<Client> => new Client(puan.url).as(name, PASSWORD);
let address = '';
let gateway: Client;
const channels = { sms: 0, voice: 0 };

beforeAll(async () => {
  address = await provider.listen();
  await puan.start();
  const [admin, district, flood, head] = await Promise.all(
    ['admin', 'district', 'flood.admin', 'flood.head'].map(as),
  );
  if (!admin || !district || !flood || !head) throw new Error('nobody is there');
  const named = { name: '测试网关', kind: 'gateway' };
  gateway = new Client(puan.url, (await admin.ask<{ token: string }>('POST', '/api/v1/tokens', named)).token);
  const { items } = await flood.ask<{ items: { id: number; username: string }[] }>(
    'GET',
    '/api/v1/accounts?search=flood.handler',
  );
  const account = items.find(({ username }) => username === 'flood.handler')?.id ?? 0;
  const wanted = { action: 'change', account, phone: PHONE, reason: '登记本人手机号码' };
  const request = await flood.ask<{ id: number }>('POST', '/api/v1/account-requests', wanted);
  await head.ask('POST', `/api/v1/account-requests/${request.id}/approve`, {});
  for (const kind of ['sms', 'voice'] as const) {
    const { id } = await district.ask<{ id: number }>('POST', '/api/v1/channels', {
      platform: 'PD',
      name: kind,
      dryRun: false,
      settings: {
        kind,
        url: `${address}/${kind}`,
        body: '{"to":"{phone}","text":"{text}","id":"{id}"}',
        secret: 'k',
        idPointer: '/id',
        receiptSecret: SECRET,
      },
    });
    channels[kind] = id;
  }
}, 180_000);
afterAll(async () => {
  await puan.remove();
  provider.close();
});

/** A new underpass that is red at once; gives its order. */
async function breach(code: string): Promise<number> {
  const admin = await as('admin');
  const body = { code, name: code, scenarios: ['FLOOD'], lat: 31.2, lon: 121.6 };
  const { id: object } = await admin.ask<{ id: number }>('POST', '/api/v1/objects', body);
  await admin.ask('POST', '/api/v1/points', { code, object: code, element: 'FLOOD.UNDERPASS' });
  await gateway.ask('POST', '/api/v1/readings', [{ point: code, observedAt: Date.now(), value: 45 }]);
  return orderOfObject(await as('flood.admin'), object);
}

async function receipt(channel: number, body: object, secret = SECRET): Promise<number> {
  const text = JSON.stringify(body);
  const at = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', secret).update(`${at}.${text}`, 'utf8').digest('hex');
  const reply = await fetch(`${puan.url}/api/v1/notification-receipts/${channel}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-puan-timestamp': at,
      'x-puan-signature': signature,
    },
    body: text,
  });
  await reply.arrayBuffer();
  return reply.status;
}

interface Order {
  readonly state: string;
  readonly nextCall: { readonly reason: string } | null;
  readonly deadlines: readonly { readonly kind: string; readonly metAt: number | null }[];
  readonly entries: readonly { readonly kind: string }[];
}
const orderOf = async (id: number): Promise<Order> =>
  (await as('flood.handler')).ask<Order>('GET', `/api/v1/work-orders/${id}`);
/** The order as the handler was sent it; desks and contacts are told of it too, and where nobody is on duty everybody of the warning. */
async function messageOf(path: string, code: string): Promise<(typeof provider.got)[number]> {
  const find = () =>
    provider.got.find(
      (one) =>
        one.path === path && one.to === PHONE && one.text.includes(code) && one.text.includes('请接单'),
    );
  await expect.poll(find, { timeout: 60_000 }).toBeDefined();
  const found = find();
  if (!found) throw new Error('it was not sent');
  return found;
}

/** What a stream hears of `notification.sent`, and whether it hears of the order at all. */
async function listen(client: Client): Promise<{ heard: () => string; stop: () => void }> {
  const stop = new AbortController();
  const reply = await fetch(`${puan.url}/api/v1/events`, {
    headers: { authorization: `Bearer ${client.token}` },
    signal: stop.signal,
  });
  let text = '';
  const decoder = new TextDecoder();
  void (async () => {
    for await (const chunk of reply.body ?? []) text += decoder.decode(chunk, { stream: true });
  })().catch(() => undefined);
  while (!text.includes(': ready')) await sleep(10);
  return { heard: () => text, stop: () => stop.abort() };
}

test('that somebody was told reaches that person’s stream alone, also where another may read the same order', async () => {
  const people = await Promise.all(['flood.handler', 'flood.head', 'gas.handler'].map(as));
  const streams = await Promise.all(people.map(listen));
  const [mine, other, stranger] = streams.map(({ heard }) => heard);
  if (!mine || !other || !stranger) throw new Error('nobody listens');
  await breach('STREAM-1');
  await expect.poll(mine, { timeout: 60_000 }).toContain('event: notification.sent');
  await expect.poll(other, { timeout: 60_000 }).toContain('event: work-order.raised');
  // Once more, so that what was on its way to the others has come.
  const before = mine().length;
  await breach('STREAM-2');
  await expect.poll(() => mine().slice(before), { timeout: 60_000 }).toContain('event: notification.sent');
  await expect.poll(() => other().split('event: work-order.raised').length).toBeGreaterThan(2);
  const told = (heard: () => string): string[] =>
    [...heard().matchAll(/"type":"notification\.sent","at":\d+,"id":(\d+)/gu)].map((found) => found[1] ?? '');
  expect(told(mine).length).toBeGreaterThan(1);
  // First what was heard, then whose it is: meanwhile more comes.
  const heard = streams.map((stream) => told(stream.heard));
  for (const [i, person] of people.entries()) {
    const { items } = await person.ask<{ items: { id: number }[] }>(
      'GET',
      '/api/v1/my-notifications?limit=200',
    );
    const own = new Set(items.map(({ id }) => String(id)));
    expect(heard[i]?.filter((id) => !own.has(id))).toEqual([]);
  }
  expect(told(other).filter((id) => told(mine).includes(id))).toEqual([]);
  expect(told(stranger)).toEqual([]);
  for (const { stop } of streams) stop();
});

test('an answer by SMS accepts the order in the name of whoever was asked and meets the limit; unsigned it does nothing and is counted', async () => {
  const order = await breach('ANSWER-SMS');
  const message = await messageOf('/sms', 'ANSWER-SMS');
  expect(message.to).toBe(PHONE);
  const answer = { id: message.id, from: PHONE, state: 'answered', text: '1', at: Date.now() };
  expect(await receipt(channels.sms, answer, 'not-the-secret-of-it')).toBe(401);
  expect((await orderOf(order)).state).toBe('dispatched');
  for (let told = 0; told < 2; told += 1) expect(await receipt(channels.sms, answer)).toBe(200);
  const accepted = await orderOf(order);
  expect(accepted.state).toBe('accepted');
  expect(accepted.deadlines.find(({ kind }) => kind === 'accept')?.metAt).not.toBeNull();
  expect(accepted.entries.filter(({ kind }) => kind === 'accept')).toHaveLength(1);
  const district = await as('district');
  const refused = async (): Promise<number> => {
    const { items } = await district.ask<{ items: { id: number; refusedReceipts: number }[] }>(
      'GET',
      '/api/v1/channels',
    );
    return items.find(({ id }) => id === channels.sms)?.refusedReceipts ?? 0;
  };
  await expect.poll(refused, { timeout: 30_000 }).toBe(1);
});

test('the key 1 of a call accepts too, where there is no SMS', async () => {
  const district = await as('district');
  const { items } = await district.ask<{ items: { id: number; version: number }[] }>(
    'GET',
    '/api/v1/channels',
  );
  const version = items.find(({ id }) => id === channels.sms)?.version ?? 0;
  await district.ask('PUT', `/api/v1/channels/${channels.sms}`, {
    name: 'sms',
    addressBy: 'username',
    ratePerMinute: 60,
    dryRun: false,
    enabled: false,
    version,
  });
  const order = await breach('ANSWER-KEY');
  const message = await messageOf('/voice', 'ANSWER-KEY');
  expect(await receipt(channels.voice, { id: message.id, state: 'answered', text: '1' })).toBe(200);
  expect((await orderOf(order)).state).toBe('accepted');
});

test('once it is accepted nobody is called next for its acceptance; what is called for is what comes then', async () => {
  const id = await breach('NEXT-CALL');
  const waiting = await orderOf(id);
  expect(waiting.nextCall?.reason).toContain('接单');
  await (await as('flood.handler')).ask('POST', `/api/v1/work-orders/${id}/advance`, { action: 'accept' });
  const accepted = await orderOf(id);
  expect(accepted.deadlines.find(({ kind }) => kind === 'accept')?.metAt).not.toBeNull();
  expect(accepted.nextCall?.reason).toBeDefined();
  expect(accepted.nextCall?.reason).not.toContain('接单');
});
