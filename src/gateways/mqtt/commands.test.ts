import { DATATYPE, decodePayload, encodePayload, type WrittenMetric } from '#protocols/sparkplug';
import type { MqttClient } from 'mqtt';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { World } from './testing.ts';

const REQUESTS = 'v1/devices/me/rpc/request/+';
const NODE = 'pump/east';

let world: World;
beforeEach(() => {
  world = new World();
  world.device('M1', ['level']);
  world.device('G1', []);
  world.device('C1', ['gas'], { via: 'G1' });
  world.device(NODE, ['level']);
  world.device(`${NODE}/P1`, ['speed']);
});
afterEach(() => world.close());

const open = { kind: 'rpc', method: 'openGate', params: '{"percent":50}' } as const;

/** A client that does what `act` says whenever it is told something. */
async function listening(
  port: number,
  code: string,
  topics: readonly string[],
  act: (client: MqttClient, topic: string, payload: Buffer) => unknown,
): Promise<MqttClient> {
  const client = await world.connect(port, { username: `token-${code}` });
  client.on('message', (topic, payload) => act(client, topic, payload));
  for (const topic of topics) await client.subscribeAsync(topic, { qos: 1 });
  return client;
}

test('a device is called, and what it answers is told', async () => {
  const gateway = await world.gateway();
  const calls: unknown[] = [];
  await listening(gateway.port, 'M1', [REQUESTS], (client, topic, payload) => {
    calls.push(JSON.parse(payload.toString()));
    client.publish(topic.replace('request', 'response'), '{"percent":49.5}', { qos: 1 });
  });
  const others: string[] = [];
  await listening(gateway.port, 'G1', [REQUESTS], (_, topic) => others.push(topic));
  expect(await gateway.command?.('M1', open)).toEqual({ kind: 'done', text: '设备回答：{"percent":49.5}' });
  expect(calls).toEqual([{ method: 'openGate', params: { percent: 50 } }]);
  expect(others).toEqual([]);
  await vi.waitFor(() => expect(world.accepted.get('M1')).toBe(1), { timeout: 10_000 });
});

test('by the short topics as well', async () => {
  const gateway = await world.gateway();
  await listening(gateway.port, 'M1', ['v2/r/req/+'], (client, topic) =>
    client.publish(topic.replace('req', 'res'), 'true'),
  );
  expect(await gateway.command?.('M1', open)).toEqual({ kind: 'done', text: '设备回答：true' });
});

test('a device behind a gateway is called through it; nobody else can answer for it', async () => {
  const gateway = await world.gateway();
  const liar = await world.connect(gateway.port, { username: 'token-M1' });
  await listening(gateway.port, 'G1', ['v1/gateway/rpc'], async (client, topic, payload) => {
    const { device, data } = JSON.parse(payload.toString()) as { device: string; data: { id: number } };
    const { id } = data;
    await liar.publishAsync(topic, JSON.stringify({ device, id, data: 'a lie' }), { qos: 1 });
    client.publish(topic, JSON.stringify({ device, id, data: { success: true } }));
  });
  expect(await gateway.command?.('C1', open)).toEqual({ kind: 'done', text: '设备回答：{"success":true}' });
});

test('who is away, does not listen or does not answer is told apart', async () => {
  const gateway = await world.gateway({ answerWithinMs: 100 });
  expect(await gateway.command?.('M1', open)).toEqual({ kind: 'not-connected' });
  const client = await world.connect(gateway.port, { username: 'token-M1' });
  expect(await gateway.command?.('M1', open)).toMatchObject({
    kind: 'refused',
    text: expect.stringContaining(REQUESTS) as string,
  });
  await client.subscribeAsync(REQUESTS);
  expect(await gateway.command?.('M1', open)).toEqual({ kind: 'timeout' });
  await client.unsubscribeAsync(REQUESTS);
  expect(await gateway.command?.('M1', open)).toMatchObject({ kind: 'refused' });
  expect(await gateway.command?.('M1', { kind: 'rebirth' })).toMatchObject({ kind: 'refused' });
  expect(await gateway.command?.('M1', { kind: 'set-clock' })).toEqual({ kind: 'unsupported' });
});

const payloadOf = (seq: number, ...metrics: WrittenMetric[]): Buffer =>
  Buffer.from(encodePayload({ at: 1_790_000_000_000, seq, metrics }));
const speed = (value: number): WrittenMetric => ({ name: 'speed', datatype: DATATYPE.float, value });

test('a Sparkplug node is born anew, and what is written to its device comes back as its value', async () => {
  const gateway = await world.gateway();
  let seq = 2;
  const born = async (client: MqttClient): Promise<void> => {
    const level: WrittenMetric = { name: 'level', datatype: DATATYPE.double, value: 1 };
    await client.publishAsync('spBv1.0/pump/NBIRTH/east', payloadOf(0, level), { qos: 1 });
    await client.publishAsync('spBv1.0/pump/DBIRTH/east/P1', payloadOf(1, speed(1)), { qos: 1 });
    seq = 2;
  };
  const topics = ['spBv1.0/pump/NCMD/east', 'spBv1.0/pump/DCMD/east/#'];
  const node = await listening(gateway.port, NODE, topics, (client, topic, payload) => {
    const [metric] = decodePayload(payload)?.metrics ?? [];
    if (topic.includes('NCMD')) return born(client);
    // The value of before still comes once; then the new one.
    client.publish('spBv1.0/pump/DDATA/east/P1', payloadOf(seq++, speed(1)), { qos: 1 });
    return client.publish('spBv1.0/pump/DDATA/east/P1', payloadOf(seq++, speed(metric?.value ?? 0)), {
      qos: 1,
    });
  });
  await born(node);
  expect(await gateway.command?.(NODE, { kind: 'rebirth' })).toEqual({
    kind: 'done',
    text: '节点已重报出生证明，报来 1 个指标。',
  });
  await vi.waitFor(() => expect(world.sink.stored).toHaveLength(4), { timeout: 10_000 });
  const write = { kind: 'write-metric', metric: 'speed', value: 2.2 } as const;
  expect(await gateway.command?.(`${NODE}/P1`, write)).toMatchObject({ kind: 'done' });
  expect(await gateway.command?.(`${NODE}/P1`, { ...write, metric: 'colour' })).toMatchObject({
    kind: 'refused',
    text: expect.stringContaining('colour') as string,
  });
});
