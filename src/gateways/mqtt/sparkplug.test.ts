import { QUALITY } from '#model/monitoring';
import { DATATYPE, decodePayload, encodePayload, type WrittenMetric } from '#protocols/sparkplug';
import type { MqttClient } from 'mqtt';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { MqttGateway } from './gateway.ts';
import { World } from './testing.ts';

const AT = 1_790_000_000_000;
const NODE = 'pump/east';

let world: World;
let gateway: MqttGateway;
let node: MqttClient;
let commands: { readonly topic: string; readonly names: readonly unknown[] }[];
beforeEach(async () => {
  world = new World();
  world.device(NODE, ['level']);
  world.device(`${NODE}/P1`, ['flow']);
  gateway = await world.gateway();
  commands = [];
  const will = {
    topic: 'spBv1.0/pump/NDEATH/east',
    payload: Buffer.from(death(0)),
    qos: 1 as const,
    retain: false,
  };
  node = await world.connect(gateway.port, { username: `token-${NODE}`, will });
  node.on('message', (topic, payload) => {
    commands.push({
      topic,
      names: decodePayload(payload)?.metrics.map(({ name }) => name) ?? [payload.toString()],
    });
  });
  await node.subscribeAsync('spBv1.0/pump/NCMD/east');
});
afterEach(() => world.close());

const bdSeq = (value: number): WrittenMetric => ({ name: 'bdSeq', datatype: DATATYPE.int64, value });
const level = (value: number, more: Partial<WrittenMetric> = { alias: 1 }): WrittenMetric => ({
  datatype: DATATYPE.double,
  at: AT,
  value,
  ...more,
});
function death(n: number): Uint8Array {
  return encodePayload({ metrics: [bdSeq(n)] });
}

async function say(path: string, seq: number, metrics: readonly WrittenMetric[]): Promise<void> {
  const [type = '', device] = path.split(' ');
  const topic = `spBv1.0/pump/${type}/east${device === undefined ? '' : `/${device}`}`;
  await node.publishAsync(topic, Buffer.from(encodePayload({ at: AT, seq, metrics })), { qos: 1 });
}

const born = (): Promise<void> => say('NBIRTH', 0, [bdSeq(0), level(1, { name: 'level', alias: 1 })]);

test('a node’s life: born, speaking by alias, a gap, asked to be born anew, speaking again', async () => {
  await born();
  await say('NDATA', 1, [level(2)]);
  await say('NDATA', 3, [level(4)]);
  await vi.waitFor(() => expect(commands).toHaveLength(1), { timeout: 10_000 });
  expect(commands).toEqual([{ topic: 'spBv1.0/pump/NCMD/east', names: ['Node Control/Rebirth'] }]);
  expect(world.refused).toEqual([`seq-gap:${NODE}`]);
  await born();
  await say('NDATA', 1, [level(5)]);
  expect(world.sink.stored.map(([, , value]) => value)).toEqual([1, 2, 1, 5]);
});

test('data before a birth brings the request for one', async () => {
  await say('NDATA', 7, [level(2, { name: 'level' })]);
  await vi.waitFor(() => expect(commands).toHaveLength(1), { timeout: 10_000 });
  expect(world.sink.stored).toEqual([]);
});

test('devices behind a node have their own codes; those nobody registered wait in quarantine', async () => {
  await born();
  await say('DBIRTH P1', 1, [level(10, { name: 'flow', alias: 2 }), level(0, { name: 'speed', alias: 3 })]);
  await say('DBIRTH P9', 2, [level(10, { name: 'flow', alias: 4 })]);
  expect(world.sink.stored).toContainEqual([11, AT, 10, 0]);
  expect(world.unmapped).toEqual([`${NODE}/P1/speed`]);
  expect(world.quarantined.map(({ code }) => code)).toEqual([`${NODE}/P9`]);
});

test('who has died is no longer spoken for', async () => {
  await born();
  await say('DBIRTH P1', 1, [level(1, { name: 'flow', alias: 2 })]);
  expect(gateway.sessions()[0]?.devices).toEqual([NODE, `${NODE}/P1`]);
  await say('DDEATH P1', 2, []);
  expect(gateway.sessions()[0]?.devices).toEqual([NODE]);
  await node.publishAsync('spBv1.0/pump/NDEATH/east', Buffer.from(death(0)), { qos: 1 });
  expect(gateway.sessions()[0]?.devices).toEqual([]);
});

test('a value the node itself calls bad is stored and never believed', async () => {
  await born();
  // As `level` by alias 1, with property Quality = 0.
  const metric = '10 01 20 0a 4a 0f 0a 07 51 75 61 6c 69 74 79 12 04 08 03 18 00 69 00 00 00 00 00 00 22 40';
  const payload = Buffer.from(`12 1e ${metric} 18 01`.replaceAll(' ', ''), 'hex');
  await node.publishAsync('spBv1.0/pump/NDATA/east', payload, { qos: 1 });
  expect(world.sink.stored.at(-1)?.slice(2)).toEqual([9, QUALITY.device]);
});

test('bytes that are no payload are counted', async () => {
  await node.publishAsync('spBv1.0/pump/NDATA/east', 'no protobuf', { qos: 1 });
  expect(world.refused).toEqual([`bad-payload:${NODE}`]);
});

test('a node sees that the host is there', async () => {
  await node.subscribeAsync('spBv1.0/STATE/puan');
  await vi.waitFor(() => expect(commands).toHaveLength(1), { timeout: 10_000 });
  expect(JSON.parse(String(commands[0]?.names[0]))).toMatchObject({ online: true });
});
