import { expect, test } from 'vitest';
import { timesBody } from './answers.ts';
import { hexBytes, hexText } from './bcd.ts';
import { crc16 } from './crc16.ts';
import { encodeFrame, type Frame } from './frame.ts';
import { Framer, type FramerEvent } from './framer.ts';

const AT = Date.UTC(2026, 6, 1, 4);
const KEEPING: Frame = {
  direction: 'up',
  centre: 1,
  station: '0012345678',
  password: '1234',
  code: 0x2f,
  packet: undefined,
  body: timesBody(7, AT),
  end: 'ETX',
};
const GOOD = encodeFrame(KEEPING);
const hex = (text: string): Uint8Array => hexBytes(text) ?? new Uint8Array(0);
const join = (...parts: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]));

const told = (events: readonly FramerEvent[]): string[] =>
  events.map((event) =>
    event.kind === 'frame' ? `帧 ${event.frame.code.toString(16)}` : `${event.reason} ${event.bytes.length}`,
  );

function withByte(bytes: Uint8Array, at: number, byte: number): Uint8Array {
  const changed = bytes.slice();
  changed[at] = byte;
  return changed;
}

test('校验码是 CRC-16/Modbus，高位字节在前', () => {
  expect(crc16(Uint8Array.from('123456789', (digit) => digit.charCodeAt(0)))).toBe(0x4b37);
  expect(hexText(GOOD.slice(-2))).toBe(
    crc16(GOOD, 0, GOOD.length - 2)
      .toString(16)
      .toUpperCase(),
  );
});

test('一个字节一个字节地来，到最后一个字节才成帧', () => {
  const framer = new Framer();
  const events = [...GOOD].map((byte) => told(framer.push(Uint8Array.of(byte))));
  expect(events.slice(0, -1).flat()).toEqual([]);
  expect(events.at(-1)).toEqual(['帧 2f']);
  expect(framer.heldBytes).toBe(0);
});

test('DTU 的注册包不是帧，后面的帧照收', () => {
  const hello = Uint8Array.from('REG13800138000', (letter) => letter.charCodeAt(0));
  expect(told(new Framer().push(join(hello, GOOD, GOOD)))).toEqual(['no-header 14', '帧 2f', '帧 2f']);
});

test('改了一个字节的帧以校验不符拒收，退一个字节重新对齐', () => {
  const bad = withByte(GOOD, 15, 0x55);
  expect(told(new Framer().push(join(bad, GOOD)))).toEqual(['crc-mismatch 25', '帧 2f']);
});

test('长度写大了的帧不挡路：后面一到好帧就先收好帧，不等它凑够', () => {
  const long = withByte(withByte(GOOD, 11, 0x0f), 12, 0xff);
  const framer = new Framer();
  expect(told(framer.push(long))).toEqual([]);
  expect(told(framer.push(GOOD.slice(0, 10)))).toEqual([]);
  expect(told(framer.push(GOOD.slice(10)))).toEqual(['length-mismatch 25', '帧 2f']);
});

test('一串写大了长度的帧套在一起，最后那帧好的也读得出', () => {
  const long = withByte(GOOD, 12, 0xf0);
  const stream = join(long, long, long, GOOD);
  const framer = new Framer();
  const events = [...stream].flatMap((byte) => told(framer.push(Uint8Array.of(byte))));
  expect(events).toEqual(['length-mismatch 75', '帧 2f']);
});

test('长度写小了：声明处不是结束符', () => {
  expect(told(new Framer().push(join(withByte(GOOD, 12, 5), GOOD)))).toEqual(['length-mismatch 25', '帧 2f']);
});

test('正文里有 7E7E、03、17 也是一帧：先按长度，不找结束符', () => {
  const body = join(timesBody(7, AT), hex('F3F37E7E0102030317067E7E'));
  const frame = encodeFrame({ ...KEEPING, code: 0x36, body });
  const framer = new Framer();
  const events = [...frame].flatMap((byte) => told(framer.push(Uint8Array.of(byte))));
  expect(events).toEqual(['帧 36']);
});

test('遥测站的多包帧 16 位全是长度（表 22）：一包 40000 字节也收', () => {
  const body = new Uint8Array(40_000).fill(0x7e);
  const frame = encodeFrame({ ...KEEPING, code: 0x36, packet: { total: 2, number: 2 }, body });
  const events = new Framer('station').push(frame);
  expect(events).toMatchObject([{ kind: 'frame', frame: { packet: { total: 2, number: 2 } } }]);
  expect(events.map((event) => (event.kind === 'frame' ? event.frame.body.length : -1))).toEqual([40_000]);
});

test('ASCII 编码的报文以其名拒收，不当杂音', () => {
  const ascii = `\u0001010012345678123432002B\u0002`;
  const bytes = Uint8Array.from(`${ascii}0001260701120000ST 0012345678 P \u0003ABCD`, (letter) =>
    letter.charCodeAt(0),
  );
  expect(told(new Framer().push(join(bytes, GOOD)))).toEqual([`ascii-form ${bytes.length}`, '帧 2f']);
  const framer = new Framer();
  const drips = [...bytes, ...GOOD].flatMap((byte) => told(framer.push(Uint8Array.of(byte))));
  expect([drips[0], drips.at(-1)]).toEqual(['ascii-form 24', '帧 2f']);
});

test('断线时的半帧以 cut-short 拒收；里面没有别的帧', () => {
  const framer = new Framer();
  framer.push(GOOD.slice(0, 20));
  expect(told(framer.end())).toEqual(['cut-short 20']);
  expect(framer.heldBytes).toBe(0);
});
