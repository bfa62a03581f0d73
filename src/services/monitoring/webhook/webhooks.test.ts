// A unit is sent what it was granted: signed, in order, again when its door was shut, and nothing of a replay.
import http from 'node:http';
import type { AddressInfo } from 'node:net';

import { AddressGuard } from '#outlets/call';
import { signWebhook } from '#outlets/webhook';
import { SystemContext } from '#services/context';
import { FaultWatch } from '#services/operations';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { createSharedGrant } from '../sharing/change-grants.ts';
import { createSharedItem } from '../sharing/change-items.ts';
import { getSharedUse } from '../sharing/read-shared.ts';
import { HOUR, SECOND, START, Station } from '../testing.ts';
import {
  createWebhook,
  listWebhookDeliveries,
  listWebhooks,
  removeWebhook,
  resendDelivery,
} from './change-webhooks.ts';
import { deliverWebhooks } from './deliver-webhooks.ts';
import { forgetDeliveries, pauseWebhook, resumeWebhook } from './pause-webhooks.ts';
import { queueReadings } from './queue-readings.ts';
import { queueWarnings } from './queue-warnings.ts';

interface Got {
  readonly id: string;
  readonly signed: boolean;
  readonly body: {
    readonly type: string;
    readonly readings?: readonly { readonly value: number }[];
    readonly warning?: object;
  };
}

const LISTED = new AddressGuard(['127.0.0.1']);
let station: Station;
let point = 0;
let grant = 0;
let receiver: http.Server;
let url = '';
let secret = '';
let answer = 200;
let got: Got[] = [];

beforeAll(async () => {
  receiver = http.createServer((request, reply) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString('utf8');
      const id = String(request.headers['webhook-id']);
      const timestamp = Number(request.headers['webhook-timestamp']);
      const signed = request.headers['webhook-signature'] === signWebhook(secret, { id, timestamp, body });
      if (answer === 200) got.push({ id, signed, body: JSON.parse(body) as Got['body'] });
      reply.writeHead(answer, answer === 302 ? { location: url } : {}).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/puan`;
  station = await Station.open();
  point = await station.point('W-1', 'FLOOD.UNDERPASS');
  const body = { name: '水位', platform: 'FLOOD', elements: [] };
  const item = await createSharedItem(station.request(), { body });
  const made = await createSharedGrant(station.request(), {
    body: { item: item.id, unit: '区水务局', purpose: '会商', to: START + 90 * 24 * HOUR },
  });
  grant = made.id;
});
beforeEach(() => {
  got = [];
  answer = 200;
});
afterAll(async () => {
  await new Promise((resolve) => receiver.close(resolve));
  await station.close();
});

const system = (): SystemContext => new SystemContext(station.ground);
const deliver = async (guard = LISTED): Promise<void> => {
  while ((await deliverWebhooks(system(), guard)) > 0);
};
async function open(body: { readonly grant?: number; readonly warnings: boolean }): Promise<number> {
  const made = await createWebhook(station.request(), {
    body: { name: '推送', platform: 'FLOOD', url, ...body },
  });
  secret = made.secret;
  return made.id;
}
const listed = (id: number) =>
  listWebhookDeliveries(station.request(), { params: { id }, query: { limit: 50 } });

test('readings of a grant arrive signed, in order and once, over a shut door and a second look', async () => {
  const id = await open({ grant, warnings: false });
  await station.moveTo(station.now + SECOND);
  await station.send(point, [[station.now, 1]]);
  expect(await queueReadings(system())).toBe(1);
  await station.moveTo(station.now + SECOND);
  await station.send(point, [[station.now, 2]]);
  expect(await queueReadings(system())).toBe(1);
  expect(await queueReadings(system())).toBe(0);

  answer = 503;
  await deliver();
  expect((await listed(id)).items.map(({ state, attempts, failure }) => [state, attempts, failure])).toEqual([
    ['waiting', 0, null],
    ['waiting', 1, '对方回答 503'],
  ]);
  answer = 200;
  await deliver();
  expect(got).toEqual([]);
  station.now += 10 * SECOND;
  await deliver();
  expect(got.map(({ signed, body }) => [signed, body.readings?.map(({ value }) => value)])).toEqual([
    [true, [1]],
    [true, [2]],
  ]);
  expect((await getSharedUse(station.request(), grant)).items).toMatchObject([{ requests: 2, readings: 2 }]);
  await removeWebhook(station.request(), id);
});

test('nothing that a replay plays is sent', async () => {
  const id = await open({ grant, warnings: true });
  await station.moveTo(station.now + SECOND);
  await station.send(point, [[station.now, 7]], 1);
  expect(await queueReadings(system())).toBe(0);
  const { rows } = await sql<{ id: number; replayed: boolean }>`
    with session as (insert into replay_session (name, state, opened_at) values ('r', 'running', now()) returning id)
    insert into warning (object_id, item_code, place, scenario, state, level, peak_level, reason, opened_at, changed_at, simulated, replay_session_id)
    select o.id, i.code, 100, 1, case n when 0 then 'open' else 'normal' end, 3, 3, '水深', now(), now(), false, case n when 1 then s.id end
    from monitored_object o, session s, generate_series(0, 1) n, (select min(code) as code from warning_item where scenario = 1) i
    where o.code = 'W-1' returning id, replay_session_id is not null as replayed`.execute(
    station.db.storage.system,
  );
  const events = rows.map(({ id: warning }, n) => ({
    seq: 100 + n,
    type: 'warning.raised',
    at: station.now + 1,
    place: 100,
    scenario: 1,
    payload: { id: warning },
  }));
  const told = () =>
    station.db.storage.system.transaction().execute((tx) => queueWarnings(tx, events, station.now));
  await told();
  await told();
  await deliver();
  const live = rows.find(({ replayed }) => !replayed)?.id;
  expect(got.map(({ id: message, body }) => [message, body])).toMatchObject([
    [
      'warning-100',
      { type: 'warning.raised', warning: { id: live, object: 'W-1', level: 'orange', reason: '水深' } },
    ],
  ]);
  await removeWebhook(station.request(), id);
});

test('what is not taken in all its attempts is dead, is told, lets the next pass, and is sent again by hand', async () => {
  const id = await open({ grant, warnings: false });
  await station.moveTo(station.now + SECOND);
  await station.send(point, [[station.now, 3]]);
  await queueReadings(system());
  answer = 302;
  for (let n = 0; n < 10; n += 1) {
    await deliver();
    station.now += 3 * HOUR;
  }
  const [dead] = (await listed(id)).items;
  expect(dead).toMatchObject({ state: 'dead', attempts: 10, failure: '对方回答 302', nextAt: null });
  const { items } = await listWebhooks(station.request(), { query: { limit: 50 } });
  expect(items).toMatchObject([{ id, waiting: 0, dead: 1 }]);
  answer = 200;
  expect(await resendDelivery(station.request(), dead?.id ?? 0)).toMatchObject({
    state: 'waiting',
    attempts: 0,
  });
  await deliver();
  expect(got).toMatchObject([{ id: dead?.messageId, signed: true }]);
  await removeWebhook(station.request(), id);
});

test('an address inside the house is not called unless it is listed', async () => {
  const id = await open({ grant, warnings: false });
  await station.moveTo(station.now + SECOND);
  await station.send(point, [[station.now, 4]]);
  await queueReadings(system());
  await deliver(new AddressGuard([]));
  expect((await listed(id)).items).toMatchObject([
    { state: 'waiting', failure: '地址在内网，系统管理员没有允许' },
  ]);
  expect(got).toEqual([]);
  await removeWebhook(station.request(), id);

  const guard = new AddressGuard(['10.1.0.0/16']);
  const inside = [
    '127.0.0.1',
    '10.2.0.1',
    '169.254.169.254',
    '192.168.1.1',
    '::1',
    '::ffff:10.2.0.1',
    'fd00::1',
    '0.0.0.0',
  ];
  expect(inside.filter((address) => guard.allows(address))).toEqual([]);
  expect(['10.1.2.3', '8.8.8.8', '2400:3200::1'].filter((address) => !guard.allows(address))).toEqual([]);
  const named = await new Promise((resolve) =>
    guard.lookup('localhost', {}, (error) => resolve(error?.name)),
  );
  expect(named).toBe('InnerAddress');
});

const one = async (id: number) => {
  const { items } = await listWebhooks(station.request(), { query: { limit: 50 } });
  return items.find((webhook) => webhook.id === id);
};
const send = async (value: number): Promise<void> => {
  await station.moveTo(station.now + SECOND);
  await station.send(point, [[station.now, value]]);
  await queueReadings(system());
};

test('a webhook that is paused sends and queues nothing; resumed, it goes on with what was missed', async () => {
  const id = await open({ grant, warnings: false });
  await pauseWebhook(station.request(), { params: { id }, body: { note: '对方升级' } });
  await send(71);
  await deliver();
  expect(got).toEqual([]);
  expect(await one(id)).toMatchObject({
    pausedBy: expect.any(String) as string,
    pauseReason: '对方升级',
    waiting: 0,
  });
  expect(await resumeWebhook(station.request(), id)).toMatchObject({ pausedAt: null, pauseReason: null });
  await queueReadings(system());
  await deliver();
  expect(got.flatMap(({ body }) => body.readings ?? []).map(({ value }) => value)).toContain(71);
  await removeWebhook(station.request(), id);
});

test('one by which nothing is taken for three days stands still by itself and is a fault; resumed, it is taken anew and the fault is over', async () => {
  const id = await open({ grant, warnings: false });
  await send(72);
  answer = 503;
  for (let day = 0; day < 3; day += 1) {
    await deliver();
    expect((await one(id))?.pausedAt ?? null).toBe(null);
    await station.moveTo(station.now + 24 * HOUR);
  }
  await deliver();
  expect(await one(id)).toMatchObject({ pausedBy: null, pauseReason: '连续 3 天没有送成：对方回答 503' });
  const faults = new FaultWatch(system());
  const look = () => faults.look({ findings: [], listeningSince: station.now });
  const standing = () =>
    station.db.storage.system
      .selectFrom('fault')
      .select(['subject', 'state'])
      .where('kind', '=', 'webhook-paused')
      .execute();
  await look();
  expect(await standing()).toEqual([{ subject: `webhook/${id}`, state: 'open' }]);
  answer = 200;
  await deliver();
  expect(got).toEqual([]);
  await resumeWebhook(station.request(), id);
  await deliver();
  expect(got).toHaveLength(1);
  await look();
  expect(await standing()).toEqual([{ subject: `webhook/${id}`, state: 'resolved' }]);
  const { rows } = await sql<{ action: string }>`
    select action from audit where subject = ${`webhook/${id}`} order by id`.execute(
    station.db.storage.system,
  );
  expect(rows.map(({ action }) => action)).toEqual(['webhook.create', 'webhook.pause', 'webhook.resume']);
  await removeWebhook(station.request(), id);
});

test('deliveries are forgotten after a month, but for what waits and the last that was taken', async () => {
  const id = await open({ grant, warnings: false });
  await send(73);
  await deliver();
  await send(74);
  await deliver();
  answer = 503;
  await send(75);
  await deliver();
  await station.moveTo(station.now + 31 * 24 * HOUR);
  await forgetDeliveries(system());
  expect((await listed(id)).items.map(({ state }) => state)).toEqual(['waiting', 'delivered']);
  await removeWebhook(station.request(), id);
  await forgetDeliveries(system());
  expect((await listed(id)).items.map(({ state }) => state)).toEqual(['delivered']);
});
