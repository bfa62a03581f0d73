import { beforeEach, expect, test } from 'vitest';

import { type Heard, NodeHost, REBIRTH_PAUSE_MS } from './host.ts';
import { DATATYPE, decodePayload, encodePayload, type WrittenMetric } from './payload.ts';
import { commandTopic, parseTopic } from './topic.ts';

let host: NodeHost;
beforeEach(() => {
  host = new NodeHost('pump/east');
});

const metric = (name: string | undefined, alias: number | undefined, value: number): WrittenMetric => ({
  ...(name === undefined ? {} : { name }),
  ...(alias === undefined ? {} : { alias }),
  datatype: DATATYPE.double,
  value,
});

function hear(path: string, seq: number | undefined, metrics: readonly WrittenMetric[] = [], now = 0): Heard {
  const [type = '', device] = path.split(' ');
  const topic = parseTopic(`spBv1.0/pump/${type}/east${device === undefined ? '' : `/${device}`}`);
  const payload = decodePayload(encodePayload({ at: 1, ...(seq === undefined ? {} : { seq }), metrics }));
  if (!topic || !payload) throw new Error('the test is wrong');
  return host.hear(topic, payload, now);
}

const birth = (bdSeq = 0): readonly WrittenMetric[] => [
  { name: 'bdSeq', datatype: DATATYPE.int64, value: bdSeq },
  { name: 'Node Control/Rebirth', datatype: DATATYPE.boolean, value: false },
  metric('level', 1, 2.5),
];
const values = ({ metrics }: Heard): unknown =>
  metrics.map(({ device, name, metric: { value } }) => [device, name, value]);

test('a birth names the aliases; data by alias is told by name, switches are no measurements', () => {
  expect(values(hear('NBIRTH', 0, birth()))).toEqual([['pump/east', 'level', 2.5]]);
  expect(values(hear('NDATA', 1, [metric(undefined, 1, 3)]))).toEqual([['pump/east', 'level', 3]]);
  expect(values(hear('DBIRTH P1', 2, [metric('flow', 7, 1)]))).toEqual([['pump/east/P1', 'flow', 1]]);
  expect(values(hear('DDATA P1', 3, [metric(undefined, 7, 2)]))).toEqual([['pump/east/P1', 'flow', 2]]);
});

test('data before a birth is not believed, and a birth is asked for', () => {
  expect(hear('NDATA', 5, [metric('level', undefined, 3)])).toEqual({
    metrics: [],
    refusal: 'no-birth',
    rebirth: true,
  });
  hear('NBIRTH', 0, birth());
  expect(hear('DDATA P1', 1, [metric('flow', undefined, 3)])).toMatchObject({
    refusal: 'no-birth',
    rebirth: true,
  });
});

test('a gap in the sequence ends all belief until the node is born anew', () => {
  hear('NBIRTH', 0, birth());
  hear('DBIRTH P1', 1, [metric('flow', 7, 1)]);
  expect(hear('NDATA', 3, [metric(undefined, 1, 9)])).toMatchObject({
    metrics: [],
    refusal: 'seq-gap',
    rebirth: true,
  });
  expect(host.life).toBe('dead');
  expect(host.devices.get('P1')).toBe('dead');
  expect(hear('NDATA', 4, [metric(undefined, 1, 9)])).toMatchObject({ refusal: 'no-birth' });
  hear('NBIRTH', 0, birth());
  expect(hear('NDATA', 1, [metric(undefined, 1, 9)]).refusal).toBeUndefined();
});

test('the sequence goes round after 255', () => {
  hear('NBIRTH', 254, birth());
  expect(hear('NDATA', 255).refusal).toBeUndefined();
  expect(hear('NDATA', 0).refusal).toBeUndefined();
});

test('a node that cannot be made sense of is not asked with every message', () => {
  const ask = (now: number): boolean => hear('NDATA', 9, [], now).rebirth;
  expect([ask(0), ask(1), ask(REBIRTH_PAUSE_MS - 1), ask(REBIRTH_PAUSE_MS)]).toEqual([
    true,
    false,
    false,
    true,
  ]);
});

test('an alias that no birth has named is not guessed at', () => {
  hear('NBIRTH', 0, birth());
  const heard = hear('NDATA', 1, [metric(undefined, 1, 3), metric(undefined, 99, 4)]);
  expect(heard).toMatchObject({ refusal: 'unknown-alias', rebirth: true });
  expect(values(heard)).toEqual([['pump/east', 'level', 3]]);
});

test('a death makes node and devices dead; one of an earlier connection is not believed', () => {
  hear('NBIRTH', 0, birth(4));
  hear('DBIRTH P1', 1);
  const death = (bdSeq: number): Heard =>
    hear('NDEATH', undefined, [{ name: 'bdSeq', datatype: DATATYPE.int64, value: bdSeq }]);
  expect(death(3).refusal).toBe('stale-death');
  expect(host.life).toBe('alive');
  expect(death(4).refusal).toBeUndefined();
  expect([host.life, host.devices.get('P1')]).toEqual(['dead', 'dead']);
});

test('the death of a device leaves its node and its neighbours alive', () => {
  hear('NBIRTH', 0, birth());
  hear('DBIRTH P1', 1);
  hear('DBIRTH P2', 2);
  hear('DDEATH P1', 3);
  expect([host.life, host.devices.get('P1'), host.devices.get('P2')]).toEqual(['alive', 'dead', 'alive']);
});

test('commands are the host’s to give, and topics are what 4.1 says', () => {
  expect(hear('NCMD', undefined).refusal).toBe('command');
  for (const wrong of [
    'spBv1.0/pump/NDATA/east/P1',
    'spBv1.0/pump/DDATA/east',
    'spBv1.0/pump/NDATA',
    'spAv1.0/pump/NDATA/east',
    'spBv1.0/pump/XDATA/east',
    'spBv1.0/pump/DDATA/east/P1/x',
  ])
    expect(parseTopic(wrong)).toBeUndefined();
  expect(commandTopic('pump/east')).toBe('spBv1.0/pump/NCMD/east');
  expect(commandTopic('pump')).toBeUndefined();
});
