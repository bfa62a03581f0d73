import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';

import { Client } from '../../test/client.ts';
import { PASSWORD, PuanProcess } from '../../test/puan-process.ts';

const TELEMETRY = 'v1/devices/me/telemetry';
const POINT = 'MQTT.P1';
const DEVICE = 'MQTT-GAUGE-1';

const puan = new PuanProcess();
const clients: MqttClient[] = [];
let admin: Client;

beforeAll(async () => {
  await puan.start();
  admin = await new Client(puan.url).as('district', PASSWORD);
  const place = { lat: 31.2, lon: 121.55 };
  await admin.ask('POST', '/api/v1/objects', { code: POINT, name: '下穿一', scenarios: ['FLOOD'], ...place });
  await admin.ask('POST', '/api/v1/points', { code: POINT, object: POINT, element: 'FLOOD.UNDERPASS' });
  await admin.ask('POST', '/api/v1/devices', {
    code: DEVICE,
    protocol: 'mqtt',
    points: [{ factor: 'level', point: POINT, scale: 100 }],
  });
}, 120_000);
afterEach(async () => {
  for (const client of clients.splice(0)) await client.endAsync(true);
});
afterAll(() => puan.remove());

interface Token {
  readonly id: number;
  readonly token: string;
}

const issue = (): Promise<Token> =>
  admin.ask('POST', '/api/v1/tokens', { name: '水位计', kind: 'device', device: DEVICE });

async function connect(options: IClientOptions): Promise<MqttClient> {
  const url = `mqtt://127.0.0.1:${puan.ports.mqtt}`;
  const client = await mqtt.connectAsync(url, { reconnectPeriod: 0, ...options });
  clients.push(client);
  return client;
}

const stored = async (from: number): Promise<readonly number[]> => {
  const query = `point=${POINT}&from=${from}&limit=1000`;
  const { items } = await admin.ask<{ items: { value: number }[] }>('GET', `/api/v1/readings?${query}`);
  return items.map(({ value }) => value);
};

test('a device with its token sends: answered once it can be read; sent twice, stored once', async () => {
  const { token } = await issue();
  const client = await connect({ username: token });
  const at = Date.now() - 60_000;
  const payload = JSON.stringify({ ts: at, values: { level: 0.05 } });
  await client.publishAsync(TELEMETRY, payload, { qos: 1 });
  expect(await stored(at)).toEqual([5]);
  await client.publishAsync(TELEMETRY, payload, { qos: 1, dup: true });
  await client.publishAsync(TELEMETRY, payload, { qos: 2 });
  expect(await stored(at)).toEqual([5]);
  const other = await connect({ username: DEVICE, password: token, clientId: 'second' });
  await other.publishAsync('v2/t', '{"level":0.06}', { qos: 1 });
  expect(await stored(at)).toEqual([5, 6]);
});

test('its page counts what was accepted and what was not, in words', async () => {
  const { token } = await issue();
  const client = await connect({ username: token });
  await client.publishAsync(TELEMETRY, 'no json', { qos: 1 });
  await client.publishAsync(TELEMETRY, '{"tilt":1}', { qos: 1 });
  await vi.waitFor(async () => {
    const { items } = await admin.ask<{ items: object[] }>('GET', `/api/v1/devices?search=${DEVICE}`);
    expect(items[0]).toMatchObject({
      framesRefused: [{ reason: 'bad-json', text: expect.stringContaining('JSON') as string, count: 1 }],
      unmappedFactors: ['tilt'],
    });
  }, 10_000);
});

test('a token that is revoked throws its device out at once and lets nobody in', async () => {
  const { id, token } = await issue();
  const client = await connect({ username: token });
  const closed = new Promise((resolve) => client.once('close', () => resolve(true)));
  await admin.ask('DELETE', `/api/v1/tokens/${id}`);
  await closed;
  await expect(connect({ username: token })).rejects.toThrow('Connection refused');
});

test('who may read listens to what is stored, by SensorThings topics, and may not write', async () => {
  const { token } = await issue();
  const device = await connect({ username: token });
  const { token: program } = await admin.ask<Token>('POST', '/api/v1/tokens', {
    name: '大屏',
    kind: 'gateway',
  });
  const reader = await connect({ username: program });
  const heard: { topic: string; entity: Record<string, unknown> }[] = [];
  reader.on('message', (topic, payload) =>
    heard.push({ topic, entity: JSON.parse(payload.toString()) as Record<string, unknown> }),
  );
  const { value } = await admin.ask<{ value: { '@iot.id': number }[] }>(
    'GET',
    `/v1.1/Datastreams?$filter=${encodeURIComponent(`properties/code eq '${POINT}'`)}`,
  );
  const own = `v1.1/Datastreams(${value[0]?.['@iot.id']})/Observations`;
  const parts = 'v1.1/Observations?$select=result,phenomenonTime';
  await reader.subscribeAsync([own, parts]);
  for (const topic of ["v1.1/Observations('1_1')", 'v1.1/Datastreams(999999)/Observations', '#', TELEMETRY])
    await expect(reader.subscribeAsync(topic)).rejects.toThrow('Unspecified error');
  await expect(device.subscribeAsync(own)).rejects.toThrow('Unspecified error');
  const at = Date.now();
  const payload = JSON.stringify({ ts: at, values: { level: 0.25 } });
  await device.publishAsync(TELEMETRY, payload, { qos: 1 });
  await reader.publishAsync(TELEMETRY, payload, { qos: 1 });
  await vi.waitFor(() => expect(heard).toHaveLength(2), { timeout: 10_000 });
  expect(heard).toContainEqual({
    topic: own,
    entity: expect.objectContaining({ result: 25, resultQuality: 'good' }) as object,
  });
  expect(heard).toContainEqual({
    topic: parts,
    entity: { result: 25, phenomenonTime: expect.stringContaining('T') as string },
  });
  await reader.unsubscribeAsync(own);
  await device.publishAsync(TELEMETRY, JSON.stringify({ ts: at + 1, values: { level: 0.5 } }), { qos: 1 });
  await vi.waitFor(() => expect(heard).toHaveLength(3), { timeout: 10_000 });
  expect(heard.at(-1)?.topic).toBe(parts);
});

test('who may read is told of objects and points that are new or change', async () => {
  const { token } = await admin.ask<Token>('POST', '/api/v1/tokens', { name: '目录', kind: 'gateway' });
  const reader = await connect({ username: token });
  const heard: { topic: string; name: unknown; body: unknown }[] = [];
  reader.on('message', (topic, payload) => {
    const body = JSON.parse(payload.toString()) as Record<string, unknown>;
    heard.push({ topic, name: body['name'], body });
  });
  await reader.subscribeAsync(['v1.1/Things', 'v1.1/Datastreams?$select=name']);
  const place = { lat: 31.2, lon: 121.55 };
  const made = await admin.ask<{ id: number; version: number }>('POST', '/api/v1/objects', {
    code: 'MQTT.P2',
    name: '下穿二',
    scenarios: ['FLOOD'],
    ...place,
  });
  await vi.waitFor(() => expect(heard).toMatchObject([{ topic: 'v1.1/Things', name: '下穿二' }]), 10_000);
  await admin.ask('POST', '/api/v1/points', {
    code: 'MQTT.P2',
    object: 'MQTT.P2',
    element: 'FLOOD.UNDERPASS',
  });
  await vi.waitFor(() => expect(heard).toHaveLength(2), 10_000);
  expect(heard[1]?.body).toEqual({ name: expect.stringContaining('下穿二 · ') as string });
  const name = `v1.1/Things(${made.id})/name`;
  await reader.unsubscribeAsync(['v1.1/Things', 'v1.1/Datastreams?$select=name']);
  await reader.subscribeAsync(name);
  const change = { name: '下穿二（北）', version: made.version, reason: '更名' };
  await admin.ask('PUT', `/api/v1/objects/${made.id}`, change);
  await vi.waitFor(
    () => expect(heard[2]).toMatchObject({ topic: name, body: { name: change.name } }),
    10_000,
  );
});

test('who may not read is not let in', async () => {
  await expect(connect({ username: 'nonsense' })).rejects.toThrow('Connection refused');
});

/** Debian's `mosquitto-clients`: a peer that is not ours. */
const hasMosquitto = spawnSync('mosquitto_pub', ['--help']).error === undefined;
test.skipIf(!hasMosquitto)('mosquitto_pub is answered', async () => {
  const { token } = await issue();
  const at = Date.now() - 30_000;
  const payload = JSON.stringify({ ts: at, values: { level: 0.09 } });
  const options = ['-h', '127.0.0.1', '-p', String(puan.ports.mqtt), '-u', token, '-q', '1', '-t', TELEMETRY];
  const [code] = (await once(spawn('mosquitto_pub', [...options, '-m', payload]), 'exit')) as [number];
  expect(code).toBe(0);
  expect(await stored(at)).toContain(9);
});
