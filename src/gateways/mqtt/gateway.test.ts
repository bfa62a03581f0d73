import { connect as dial, type Socket } from 'node:net';

import mqtt, { type MqttClient } from 'mqtt';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { MqttGateway } from './gateway.ts';
import { World } from './testing.ts';

const TELEMETRY = 'v1/devices/me/telemetry';
const AT = 1_790_000_000_000;

let world: World;
beforeEach(() => {
  world = new World();
  world.device('M1', ['level', 'flow']);
});
afterEach(() => world.close());

async function come(code = 'M1'): Promise<{ gateway: MqttGateway; client: MqttClient }> {
  const gateway = await world.gateway();
  return { gateway, client: await world.connect(gateway.port, { username: `token-${code}` }) };
}

const closeOf = (link: MqttClient | Socket): Promise<void> =>
  new Promise((resolve) => {
    (link as Socket).once('close', () => resolve());
  });

const row = (value: number, at = AT): string => JSON.stringify({ ts: at, values: { level: value } });

test('a message is answered after its commit, never before', async () => {
  const { client } = await come();
  const { promise, resolve } = Promise.withResolvers<void>();
  world.sink.hold = promise;
  let answered = false;
  const sent = client.publishAsync(TELEMETRY, row(1.5), { qos: 1 }).then(() => (answered = true));
  await vi.waitFor(() => expect(world.sink.asked).toBe(1), { timeout: 10_000 });
  expect(answered).toBe(false);
  expect(world.accepted.get('M1')).toBeUndefined();
  resolve();
  await sent;
  expect(world.sink.stored).toEqual([[1, AT, 1.5, 0]]);
  expect(world.accepted.get('M1')).toBe(1);
});

test('what could not be stored is not answered: the connection ends, and the device sends it again', async () => {
  const gateway = await world.gateway();
  const client = await world.connect(gateway.port, { username: 'token-M1', reconnectPeriod: 20 });
  world.sink.failures = 1;
  await client.publishAsync(TELEMETRY, row(2), { qos: 1 });
  expect(world.refused).toEqual(['store-failed:M1']);
  expect(world.sink.stored).toEqual([[1, AT, 2, 0]]);
});

test('QoS 2 and QoS 0 are taken as well', async () => {
  const { client } = await come();
  await client.publishAsync(TELEMETRY, row(1), { qos: 2 });
  await client.publishAsync(TELEMETRY, row(2, AT + 1), { qos: 0 });
  await vi.waitFor(() => expect(world.sink.stored).toHaveLength(2), { timeout: 10_000 });
});

test('all forms of telemetry: bare values, with a moment, many moments, short topics, attributes', async () => {
  const { client } = await come();
  const before = Date.now();
  await client.publishAsync(TELEMETRY, '{"level":1,"flow":true}', { qos: 1 });
  await client.publishAsync(
    'v2/t',
    JSON.stringify([
      { ts: AT, values: { level: 2 } },
      { ts: AT + 1, values: { level: 3 } },
    ]),
    {
      qos: 1,
    },
  );
  await client.publishAsync('v1/devices/me/attributes', '{"flow":4,"firmware":"1.2"}', { qos: 1 });
  await client.publishAsync('v2/a', '{"flow":5}', { qos: 1 });
  const values = world.sink.stored.map(([point, , value]) => [point, value]);
  expect(values).toEqual([
    [1, 1],
    [2, 1],
    [1, 2],
    [1, 3],
    [2, 4],
    [2, 5],
  ]);
  const [first] = world.sink.stored;
  expect(first?.[1]).toBeGreaterThanOrEqual(before);
  expect(world.sink.stored[2]?.[1]).toBe(AT);
  expect(world.unmapped).toEqual([]);
});

test('a bad message is counted under its reason and answered, so that it does not come for ever', async () => {
  const { client } = await come();
  for (const bad of ['not json', '[1,2]', '"text"', '{"ts":"now","values":{"level":1}}', '{"level":"high"}'])
    await client.publishAsync(TELEMETRY, bad, { qos: 1 });
  await client.publishAsync(TELEMETRY, '{"voltage":3.3}', { qos: 1 });
  await client.publishAsync(TELEMETRY, `"${'x'.repeat(300 * 1024)}"`, { qos: 1 });
  expect(world.refused).toEqual([
    'bad-json:M1',
    'bad-shape:M1',
    'bad-shape:M1',
    'bad-time:M1',
    'bad-value:M1',
    'too-large:M1',
  ]);
  expect(world.unmapped).toEqual(['M1/voltage']);
  expect(world.sink.stored).toEqual([]);
  expect(client.connected).toBe(true);
});

test('numbers in quotes are numbers only where the device’s file says so, and each use is counted', async () => {
  world.device('M2', ['level'], { numbers: 'text' });
  const { client } = await come('M2');
  await client.publishAsync(TELEMETRY, '{"level":"12.5"}', { qos: 1 });
  await client.publishAsync(TELEMETRY, '{"level":"0x10"}', { qos: 1 });
  expect(world.sink.stored.map(([, , value]) => value)).toEqual([12.5]);
  expect(world.lenient).toEqual(['numbers-as-text:M2']);
  expect(world.refused).toEqual(['bad-value:M2']);
});

test('a device writes only its own topics and listens only to what is said to it', async () => {
  world.device('city/node', []);
  const { gateway, client } = await come();
  const node = await world.connect(gateway.port, { username: 'token-city/node' });
  await client.publishAsync('v1/devices/M2/telemetry', row(1), { qos: 1 });
  await client.publishAsync('spBv1.0/city/NDATA/node', row(1), { qos: 1 });
  await client.publishAsync('$SYS/x', row(1), { qos: 1 });
  expect(world.refused).toEqual(['topic-denied:M1', 'topic-denied:M1', 'topic-denied:M1']);

  const granted = async (of: MqttClient, topic: string): Promise<boolean> =>
    of.subscribeAsync(topic, { qos: 1 }).then(
      (grants) => grants.every(({ qos }) => qos < 128),
      () => false,
    );
  for (const topic of ['v1/devices/me/rpc/request/+', 'v1/devices/me/attributes', 'v1/gateway/rpc'])
    expect(await granted(client, topic)).toBe(true);
  for (const topic of ['#', '+/+/me/telemetry', TELEMETRY, '$SYS/#', 'spBv1.0/city/NCMD/node'])
    expect(await granted(client, topic)).toBe(false);
  expect(await granted(node, 'spBv1.0/city/NCMD/node')).toBe(true);
  expect(await granted(node, 'spBv1.0/city/DCMD/node/#')).toBe(true);
  expect(await granted(node, 'spBv1.0/+/NCMD/node')).toBe(false);
});

test('what one device says no other hears, and nothing of it is retained', async () => {
  world.device('M2', []);
  const { gateway, client } = await come();
  const other = await world.connect(gateway.port, { username: 'token-M2' });
  const heard: string[] = [];
  other.on('message', (topic) => heard.push(topic));
  await other.subscribeAsync('v1/devices/me/attributes');
  await client.publishAsync('v1/devices/me/attributes', '{"level":1}', { qos: 1, retain: true });
  const late = await world.connect(gateway.port, { username: 'token-M2' });
  late.on('message', (topic) => heard.push(topic));
  await late.subscribeAsync('v1/devices/me/attributes');
  await late.publishAsync(TELEMETRY, '{}', { qos: 1 });
  await other.publishAsync(TELEMETRY, '{}', { qos: 1 });
  expect(heard).toEqual([]);
  expect(world.sink.stored).toHaveLength(1);
});

test('who has no token, a wrong one or another device’s is not let in', async () => {
  const gateway = await world.gateway();
  const codeOf = async (options: object): Promise<unknown> =>
    mqtt.connectAsync(`mqtt://127.0.0.1:${gateway.port}`, { reconnectPeriod: 0, ...options }).then(
      async (client) => {
        await client.endAsync(true);
        return 'in';
      },
      (error: unknown) => (error as { code?: unknown }).code,
    );
  expect(await codeOf({})).toBe(4);
  expect(await codeOf({ username: 'nonsense' })).toBe(4);
  expect(await codeOf({ username: 'M2', password: 'token-M1' })).toBe(4);
  expect(await codeOf({ username: 'token-M1' })).toBe('in');
  expect(await codeOf({ username: 'M1', password: 'token-M1' })).toBe('in');
  expect(await codeOf({ username: 'token-stranger' })).toBe(5);
  expect(world.refused).toEqual([
    'bad-credential:?',
    'bad-credential:?',
    'bad-credential:?',
    'not-mqtt-device:?',
  ]);
});

test('a token that has ended ends its connection, and nobody comes in with it again', async () => {
  const { gateway, client } = await come();
  const closed = closeOf(client);
  world.revoke('M1');
  await closed;
  expect(world.refused).toEqual(['credential-ended:M1']);
  await expect(world.connect(gateway.port, { username: 'token-M1' })).rejects.toThrow('Connection refused');
});

test('a message without a moment that is sent again keeps the moment of the first', async () => {
  const gateway = await world.gateway();
  const client = await world.connect(gateway.port, { username: 'token-M1', reconnectPeriod: 20 });
  const { promise, resolve } = Promise.withResolvers<void>();
  world.sink.hold = promise;
  const sent = client.publishAsync(TELEMETRY, '{"level":7}', { qos: 1 });
  await vi.waitFor(() => expect(world.sink.asked).toBe(1), { timeout: 10_000 });
  // The link breaks before the answer; the device calls again and repeats itself.
  const [session] = gateway.sessions();
  gateway.cut(session?.id ?? 0);
  await vi.waitFor(() => expect(world.sink.asked).toBe(2), { timeout: 10_000 });
  resolve();
  await sent;
  expect(world.sink.stored).toHaveLength(2);
  expect(world.sink.stored[0]).toEqual(world.sink.stored[1]);
});

test('a gateway speaks for those that come by it; strangers wait in quarantine', async () => {
  world.device('G1', ['battery']);
  world.device('C1', ['gas'], { via: 'G1' });
  const { gateway, client } = await come('G1');
  const both = { C1: [{ ts: AT, values: { gas: 1 } }], G1: [{ ts: AT, values: { battery: 9 } }] };
  await client.publishAsync('v1/gateway/telemetry', JSON.stringify(both), { qos: 1 });
  expect(world.sink.stored).toEqual([
    [21, AT, 1, 0],
    [11, AT, 9, 0],
  ]);
  await client.publishAsync('v1/gateway/connect', '{"device":"C1"}', { qos: 1 });
  expect(gateway.sessions()[0]?.devices).toEqual(['G1', 'C1']);
  await client.publishAsync('v1/gateway/disconnect', '{"device":"C1"}', { qos: 1 });
  expect(gateway.sessions()[0]?.devices).toEqual(['G1']);
  const foreign = { M1: [{ ts: AT, values: { level: 1 } }], X9: [{ ts: AT, values: { gas: 1 } }] };
  await client.publishAsync('v1/gateway/telemetry', JSON.stringify(foreign), { qos: 1 });
  expect(world.refused).toEqual(['not-its-gateway:M1', 'unknown-device:G1']);
  expect(world.quarantined.map(({ code }) => code)).toEqual(['X9']);
  expect(world.sink.stored).toHaveLength(2);
});

test('a page sees who is connected, and a person can cut a session', async () => {
  const { gateway, client } = await come();
  await client.publishAsync(TELEMETRY, row(1), { qos: 1 });
  const [session] = gateway.sessions();
  expect(session).toMatchObject({ id: 1, frames: 1, devices: ['M1'] });
  const closed = closeOf(client);
  expect(gateway.cut(1)).toBe(true);
  await closed;
  await vi.waitFor(() => expect(gateway.sessions()).toEqual([]), { timeout: 10_000 });
  expect(gateway.cut(1)).toBe(false);
});

test('too many from one address, floods without end and other protocols are shut out and counted', async () => {
  const gateway = await world.gateway({ limits: { connectionsPerAddress: 1, noiseBytes: 100_000 } });
  const flood = dial(gateway.port, '127.0.0.1');
  flood.on('error', () => undefined);
  await vi.waitFor(() => expect(gateway.sessions()).toHaveLength(1), { timeout: 10_000 });
  const second = dial(gateway.port, '127.0.0.1');
  second.on('error', () => undefined);
  await closeOf(second);
  // A CONNECT that says to be 200 MB long.
  flood.write(Buffer.from([0x10, 0x80, 0x84, 0xaf, 0x5f]));
  flood.write(Buffer.alloc(300_000));
  await closeOf(flood);
  await vi.waitFor(() => expect(gateway.sessions()).toEqual([]), { timeout: 10_000 });
  const browser = dial(gateway.port, '127.0.0.1');
  browser.on('error', () => undefined);
  browser.write('GET / HTTP/1.1\r\n\r\n');
  await closeOf(browser);
  expect(world.refused).toEqual(['too-many-connections:?', 'connection-noise:?', 'bad-packet:?']);
});

test('whoever never says who it is, byte by byte, is cut off as idle and not called another protocol', async () => {
  const gateway = await world.gateway({ limits: { idleMs: 500 } });
  const dripper = dial(gateway.port, '127.0.0.1');
  dripper.on('error', () => undefined);
  const connect = Buffer.from('101a00044d5154540402003c000e', 'hex');
  let n = 0;
  const timer = setInterval(() => dripper.write(connect.subarray(n, (n += 1))), 50);
  await closeOf(dripper).finally(() => clearInterval(timer));
  expect(world.refused).toEqual(['connection-idle:?']);
});

test('closing waits for what is being committed, and answers it', async () => {
  const { gateway, client } = await come();
  const { promise, resolve } = Promise.withResolvers<void>();
  world.sink.hold = promise;
  const sent = client.publishAsync(TELEMETRY, row(1), { qos: 1 });
  await vi.waitFor(() => expect(world.sink.asked).toBe(1), { timeout: 10_000 });
  const closed = gateway.close();
  resolve();
  await closed;
  await sent;
  expect(world.sink.stored).toHaveLength(1);
});
