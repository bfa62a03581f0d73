import { expect, test } from 'vitest';
import { encodeFrame } from './frame.ts';
import { Framer, type FramerEvent } from './framer.ts';
import { joined } from './bytes.ts';
import { encodeMessage } from './messages.ts';
import { COMMAND, UNIT } from './tables.ts';
import { timeTag } from './time-tag.ts';
import { unitOf } from './unit.ts';

const AT = Date.UTC(2026, 7, 29, 1);
const NOISE = Uint8Array.of(0x31, 0x40, 0x55);

function fire(serial: number, text = ''): Uint8Array {
  const unit = unitOf(UNIT.componentState, [
    {
      systemType: 1,
      systemAddress: 1,
      componentType: 42,
      componentAddress: serial,
      state: 2,
      description: Uint8Array.from(text, (character) => character.charCodeAt(0)),
      time: timeTag(AT),
    },
  ]);
  return encodeMessage(
    { serial, source: '711101000000', target: '385B01000000', at: AT },
    COMMAND.send,
    unit,
  );
}

const serials = (events: readonly FramerEvent[]): number[] =>
  events.flatMap((event) => (event.kind === 'frame' ? [event.frame.serial] : []));
const reasons = (events: readonly FramerEvent[]): string[] =>
  events.flatMap((event) => (event.kind === 'discarded' ? [event.reason] : []));

function spoil(frame: Uint8Array, at: number, byte: number): Uint8Array {
  const bytes = frame.slice();
  bytes[bytes.length + at] = byte;
  return bytes;
}

test('部件说明里出现“@@”“##”不算启动与结束', () => {
  const framer = new Framer();
  const events = [...joined([fire(1, '@@##@@'), fire(2)])].flatMap((byte) =>
    framer.push(Uint8Array.of(byte)),
  );
  expect(serials(events)).toEqual([1, 2]);
  expect(reasons(events)).toEqual([]);
});

test('半个包只等，不猜；连接断了说没收全', () => {
  const framer = new Framer();
  expect(framer.push(fire(1).subarray(0, 50))).toEqual([]);
  expect(framer.heldBytes).toBe(50);
  expect(reasons(framer.end())).toEqual(['incomplete']);
  expect(framer.heldBytes).toBe(0);
});

test('坏帧里看得见的假头声称还有一千字节，挡不住后面已经完整的好帧', () => {
  // 说明里的“@@”之后第二十四个字节起，读成长度是 960。
  const framer = new Framer();
  const bad = spoil(fire(1, `@@${'.'.repeat(22)}\u00C0\u0003`), -3, 0);
  expect(reasons(framer.push(bad))).toEqual(['bad-sum']);
  expect(framer.heldBytes).toBe(40);
  expect(serials(framer.push(fire(2)))).toEqual([2]);
});

test.each([
  ['校验和错', (frame: Uint8Array) => spoil(frame, -3, 0), 'bad-sum'],
  ['结束符错', (frame: Uint8Array) => spoil(frame, -1, 0x13), 'bad-end'],
  ['长度写大了', (frame: Uint8Array) => spoil(frame, -frame.length + 24, 0xf0), 'bad-end'],
  ['长度超过 1024', (frame: Uint8Array) => spoil(frame, -frame.length + 25, 0x05), 'unit-too-long'],
  ['掉了十个字节', (frame: Uint8Array) => frame.subarray(0, -10), 'bad-end'],
  ['前面有杂音', (frame: Uint8Array) => joined([NOISE, frame.subarray(0, 1)]), 'no-start'],
])('%s：理由有名，后面两帧照收', (_name, damage, reason) => {
  const framer = new Framer();
  const events = framer.push(joined([damage(fire(1)), fire(2), fire(3), fire(4), fire(5)]));
  expect(reasons(events)[0]).toBe(reason);
  expect(serials(events)).toEqual([2, 3, 4, 5]);
});

test('十兆杂音：只留得住一个未收全的帧，之后的好帧照收', () => {
  const framer = new Framer();
  const noise = new Uint8Array(64 * 1024).map((_byte, at) => (at % 7 === 0 ? 0x40 : at * 31));
  for (let sent = 0; sent < 10 * 1024 * 1024; sent += noise.length) {
    framer.push(noise);
    expect(framer.heldBytes).toBeLessThanOrEqual(1054);
  }
  expect(serials([...framer.push(fire(9)), ...framer.end()])).toEqual([9]);
});

test('应用数据单元超过 1024 字节，组包时就说', () => {
  const frame = {
    serial: 1,
    versionMain: 1,
    versionUser: 1,
    sentAt: timeTag(AT),
    source: '000000000001',
    target: '000000000000',
    command: 2,
    unit: new Uint8Array(1025),
  };
  expect(() => encodeFrame(frame)).toThrow(RangeError);
});
