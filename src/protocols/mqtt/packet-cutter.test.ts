import { expect, test } from 'vitest';

import { seeded } from '../../../test/seeded.ts';
import { fuzzMqtt } from './fuzz.ts';
import { SEEDS } from './fuzz-seeds.ts';
import { type Cut, PacketCutter } from './packet-cutter.ts';

const publish = (head: number, ...body: number[]): Uint8Array => Uint8Array.of(head, body.length, ...body);

function cutsOf(...chunks: readonly Uint8Array[]): readonly Cut[] {
  const cutter = new PacketCutter();
  const cuts: Cut[] = [];
  for (const chunk of chunks) {
    cutter.push(chunk);
    for (let cut = cutter.next(); cut !== 'more'; cut = cutter.next()) cuts.push(cut);
  }
  return cuts;
}

test('of a message it is known where topic, number and payload lie', () => {
  const cutter = new PacketCutter();
  cutter.push(publish(0x3a, 0, 3, 0x61, 0x2f, 0x62, 1, 2, 0x37));
  expect(cutter.next()).toBe('publish');
  const { bytes, topicFrom, topicTo, payloadFrom, payloadTo } = cutter;
  expect([...bytes.subarray(topicFrom, topicTo)]).toEqual([0x61, 0x2f, 0x62]);
  expect([...bytes.subarray(payloadFrom, payloadTo)]).toEqual([0x37]);
  expect(cutter).toMatchObject({ messageId: 258, again: true, unfinished: 0 });
  cutter.push(publish(0x30, 0, 1, 0x61));
  expect([cutter.next(), cutter.messageId, cutter.again, cutter.next()]).toEqual([
    'publish',
    0,
    false,
    'more',
  ]);
});

test('whatever is not plain is left to a reader of the whole protocol', () => {
  const strange = {
    'QoS 2': publish(0x34, 0, 1, 0x61, 0, 1),
    'QoS 3': publish(0x36, 0, 1, 0x61, 0, 1),
    'no topic': publish(0x30, 0, 0),
    'a topic that is longer than the packet': publish(0x30, 0, 9, 0x61),
    'a wildcard in the topic': publish(0x30, 0, 1, 0x2b),
    'no number at QoS 1': publish(0x32, 0, 1, 0x61),
    'number 0 at QoS 1': publish(0x32, 0, 1, 0x61, 0, 0),
    'a packet without a body': Uint8Array.of(0x30, 0),
    PINGREQ: Uint8Array.of(0xc0, 0),
  };
  for (const [name, packet] of Object.entries(strange))
    expect([name, ...cutsOf(packet)]).toEqual([name, 'other']);
});

test('behind a length that is none, everything is handed on as it comes', () => {
  const broken = Uint8Array.of(0x30, 0xff, 0xff, 0xff, 0xff, 1);
  expect(cutsOf(broken, publish(0x30, 0, 1, 0x61))).toEqual(['other', 'other']);
});

test('good packets come out as they went in, of bad ones no byte is lost', () => {
  const { frames, refused } = fuzzMqtt(SEEDS, 2000, seeded(311));
  expect(frames).toBeGreaterThan(2000);
  expect(refused).toBeGreaterThan(2000);
});
