import { array, assert, constant, constantFrom, integer, oneof, property, string, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { encodeText } from './coding.ts';
import { crcHj212, crcModbus, crcText } from './crc16.ts';
import { encodeUpload } from './encode.ts';
import { Framer, type FramerEvent } from './framer.ts';
import { REFUSAL_TEXT } from './text.ts';

const frame = (value: string): Uint8Array =>
  encodeUpload({
    mn: '010000A8900016F000169DC0',
    st: '39',
    cn: '2011',
    pw: '123456',
    observedAt: 1_700_000_000_000,
    sentAt: 1_700_000_000_123,
    groups: [
      [
        ['a34004-Rtd', value],
        ['a34004-Flag', 'N'],
      ],
    ],
  });

const text = (bytes: Uint8Array): string => String.fromCharCode(...bytes);
const join = (...parts: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]));
const frames = (events: readonly FramerEvent[]): string[] =>
  events.flatMap((event) => (event.kind === 'frame' ? [text(event.segment)] : []));
const reasons = (events: readonly FramerEvent[]): string[] =>
  events.flatMap((event) => (event.kind === 'discarded' ? [event.reason] : []));
const value = (segment: string): string => /Rtd=([\d.]+)/.exec(segment)?.[1] ?? '';

test('任意切开、帧间夹杂音，出来的帧一个不少、次序不变', () => {
  const noise = oneof(
    constant(''),
    string({ maxLength: 40 }).filter((text) => !text.includes('#')),
    constantFrom('\r\n', '#', '# #', '##', '##12', '##abcd', '##00', '&&1C80', '\0\0'),
  );
  const parts = array(tuple(noise, integer({ min: 0, max: 9999 })), { minLength: 1, maxLength: 8 });
  const cuts = array(integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 40 });
  assert(
    property(parts, cuts, (parts, cuts) => {
      const stream = join(...parts.flatMap(([noise, n]) => [encodeText(noise), frame(String(n))]));
      const framer = new Framer();
      const events: FramerEvent[] = [];
      for (let at = 0, turn = 0; at < stream.length; turn += 1) {
        const size = cuts[turn % cuts.length] ?? 1;
        events.push(...framer.push(stream.subarray(at, at + size)));
        at += size;
      }
      events.push(...framer.end());
      expect(frames(events).map(value)).toEqual(parts.map(([, n]) => String(n)));
    }),
    { numRuns: 200, seed: 212 },
  );
});

test('杂音算一次“没有包头”，接着的算“重新对齐”，一个字节不少', () => {
  const framer = new Framer();
  const events = [...framer.push(encodeText('hello ')), ...framer.push(encodeText('world'))];
  expect(reasons(events)).toEqual(['no-header', 'resync']);
  const bytes = events.flatMap((event) => (event.kind === 'discarded' ? [...event.bytes] : []));
  expect(text(Uint8Array.from(bytes))).toBe('hello world');
});

test('半帧等待，补齐即出', () => {
  const framer = new Framer();
  const whole = frame('7');
  expect(framer.push(whole.subarray(0, 50))).toEqual([]);
  expect(framer.heldBytes).toBe(50);
  expect(frames(framer.push(whole.subarray(50))).map(value)).toEqual(['7']);
  expect(framer.heldBytes).toBe(0);
});

test('声明得太长的帧一见收尾就拒收，后面的好帧立刻可用', () => {
  const long = encodeText(text(frame('1')).replace(/^##\d{4}/, '##9000'));
  expect(reasons(new Framer().push(long))).toEqual(['length-mismatch']);
  expect(frames(new Framer().push(join(long, frame('2')))).map(value)).toEqual(['2']);
});

test('断线时剩下的半帧以“没有收尾”拒收', () => {
  const framer = new Framer();
  framer.push(frame('1').subarray(0, 80));
  const events = framer.end();
  expect(reasons(events)).toEqual(['missing-end']);
  expect(framer.heldBytes).toBe(0);
});

test('坏帧的声明长度盖住了后面的好帧，好帧照收', () => {
  for (const declared of ['0900', '0060']) {
    const framer = new Framer();
    const stream = join(encodeText(`##${declared}QN=1;ST=39;CP=`), frame('3'));
    expect(frames([...framer.push(stream), ...framer.end()]).map(value)).toEqual(['3']);
  }
});

test('断在半路的帧盖住后面的好帧、校验又恰好碰上（只有 256 种取值），好帧照收', () => {
  const at = Date.UTC(2026, 7, 1);
  const good = encodeUpload({
    mn: '010000A8900016F000169DC0',
    st: '39',
    cn: '2011',
    pw: '123456',
    observedAt: at,
    sentAt: at,
    groups: [[['a34004-Rtd', '0.035']]],
  });
  // 断的那一帧声明到好帧的 QN 当中，后面的四个字符（0000）恰好是到那里为止的校验。
  const covered = text(good).slice(0, text(good).indexOf('0000', 6));
  const tries = Array.from({ length: 2000 }, (_, n) => `QN=20260801000000000;ST=91;CN=9014;PW=${n};MN=0100`);
  const begun = tries.find((begun) => crcHj212(encodeText(begun + covered)) === 0) ?? '';
  expect(begun).not.toBe('');
  const declared = String(begun.length + covered.length).padStart(4, '0');
  const cut = encodeText(`##${declared}${begun}`);
  const framer = new Framer();
  const events = [...framer.push(join(cut, good)), ...framer.end()];
  expect(frames(events).map(value)).toEqual(['0.035']);
  expect(reasons(events)).toEqual(['missing-end']);
});

test('超过上限的帧不缓冲，直接拒收', () => {
  const framer = new Framer({ maxSegmentBytes: 1024 });
  expect(reasons(framer.push(encodeText('##1025QN=1')))).toEqual(['too-long']);
  expect(framer.heldBytes).toBe(0);
});

test('10 MB 没有包头的字节不占内存', () => {
  const framer = new Framer();
  const junk = new Uint8Array(64 * 1024).fill(0x55);
  for (let turn = 0; turn < 160; turn += 1) framer.push(junk);
  expect(framer.heldBytes).toBe(0);
  expect(frames(framer.push(frame('9'))).map(value)).toEqual(['9']);
});

test.each(['#', '##', '##9998', '##9999&&9999', '&&1C80', '##12345678'])(
  '“%s”的洪水之后，好帧照收',
  (unit) => {
    const framer = new Framer();
    const flood = encodeText(unit.repeat(4000));
    const events = [
      ...framer.push(flood),
      ...framer.push(frame('9')),
      ...framer.push(frame('8')),
      ...framer.end(),
    ];
    expect(frames(events).map(value)).toEqual(['9', '8']);
  },
);

test('Modbus 校验：默认拒收并说出名字，设备档案明示后才收，并报告用了宽限', () => {
  const segment = encodeText('QN=1;ST=39;CN=2011;PW=1;MN=A;Flag=4;CP=&&DataTime=20240101000000&&');
  const crc = crcText(crcModbus(segment));
  const head = `##${String(segment.length).padStart(4, '0')}`;
  const straight = join(encodeText(head), segment, encodeText(crc));
  const swapped = join(encodeText(head), segment, encodeText(crc.slice(2) + crc.slice(0, 2)));
  expect(reasons(new Framer().push(straight))).toEqual(['crc-modbus']);
  expect(reasons(new Framer().push(swapped))).toEqual(['crc-modbus-swapped']);
  expect(new Framer({ crc: 'modbus' }).push(straight)).toEqual([
    { kind: 'frame', segment, leniencies: ['crc-modbus'] },
  ]);
  expect(new Framer({ crc: 'modbus-swapped' }).push(swapped)).toEqual([
    { kind: 'frame', segment, leniencies: ['crc-modbus-swapped'] },
  ]);
  expect(reasons(new Framer({ crc: 'modbus' }).push(frame('1')))).toEqual(['crc-hj212']);
});

test.each([
  ['写长了', '##0480', 'length-by-crc'],
  ['写短了', '##0100', 'length-by-crc'],
  ['只有三位', '##121', 'three-digit-length'],
])('长度%s：明示“以校验为准”才收，逐帧报告', (_name, head, leniency) => {
  const whole = text(frame('1'));
  const declared = String(Number(whole.slice(2, 6)));
  const wrong = encodeText(head.length === 5 ? `##${declared}${whole.slice(6)}` : head + whole.slice(6));
  expect(new Framer({ length: 'by-crc' }).push(wrong)).toMatchObject([
    { kind: 'frame', leniencies: [leniency] },
  ]);
  expect(frames([...new Framer().push(wrong)])).toEqual([]);
  const corrupt = encodeText(text(wrong).replace('Rtd=1', 'Rtd=2'));
  expect(frames(new Framer({ length: 'by-crc' }).push(corrupt))).toEqual([]);
});

test('每个理由都有一句中文', () => {
  for (const sentence of Object.values(REFUSAL_TEXT)) expect(sentence).toMatch(/[\u4e00-\u9fff].*。$/);
});
