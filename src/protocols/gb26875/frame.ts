import { fromHex, hexOf, joined, littleEndian, u16 } from './bytes.ts';
import { TIME_TAG_BYTES, type TimeTag } from './time-tag.ts';

/** 六个字节的地址，按线上次序写成 12 位大写十六进制；厂家写法各异，所以只认原字节。 */
export type Address = string;

/** 一个数据包：控制单元（标准表 1）加应用数据单元的原字节。 */
export interface Frame {
  /** 业务流水号；应答与原包相同。 */
  readonly serial: number;
  /** 标准规定主版本为 1，现场并非都是，所以不据此拒收。 */
  readonly versionMain: number;
  readonly versionUser: number;
  readonly sentAt: TimeTag;
  readonly source: Address;
  readonly target: Address;
  readonly command: number;
  readonly unit: Uint8Array;
}

/** 启动符“@@”与结束符“##”的字节。 */
export const START = 0x40;
export const END = 0x23;
/** 启动符、控制单元到命令字节为止。 */
export const HEAD_BYTES = 27;
/** 校验和与结束符。 */
const TAIL_BYTES = 3;
/** 应用数据单元最长（标准 6.6）。 */
export const UNIT_LIMIT = 1024;

const SERIAL = 2;
const VERSION = 4;
const TIME = 6;
const SOURCE = 12;
const TARGET = 18;
const LENGTH = 24;
const COMMAND_AT = 26;

/** `at` 处的头声明的应用数据单元长度。 */
export const unitLengthAt = (bytes: Uint8Array, at: number): number => u16(bytes, at + LENGTH);

/** 整个数据包的字节数。 */
export const frameBytes = (unitLength: number): number => HEAD_BYTES + unitLength + TAIL_BYTES;

/** 校验和（标准 6.6）：控制单元与应用数据单元各字节之和的低八位；`from`（含）到 `to`（不含）。 */
export function sumOf(bytes: Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at += 1) sum += bytes[at] ?? 0;
  return sum & 0xff;
}

/** 读头；应用数据单元取声明的长度与现有字节中较短者。少于一个头的字节为 `undefined`。 */
export function readFrame(bytes: Uint8Array): Frame | undefined {
  if (bytes.length < HEAD_BYTES) return undefined;
  return {
    serial: u16(bytes, SERIAL),
    versionMain: bytes[VERSION] ?? 0,
    versionUser: bytes[VERSION + 1] ?? 0,
    sentAt: bytes.slice(TIME, TIME + TIME_TAG_BYTES),
    source: hexOf(bytes.subarray(SOURCE, TARGET)),
    target: hexOf(bytes.subarray(TARGET, LENGTH)),
    command: bytes[COMMAND_AT] ?? 0,
    unit: bytes.slice(HEAD_BYTES, HEAD_BYTES + unitLengthAt(bytes, 0)),
  };
}

/** `readFrame` 的逆，算好长度与校验和。应用数据单元超过 1024 字节抛 `RangeError`。 */
export function encodeFrame(frame: Frame): Uint8Array {
  const { unit } = frame;
  if (unit.length > UNIT_LIMIT) {
    throw new RangeError(`应用数据单元 ${unit.length} 字节，超过标准的 ${UNIT_LIMIT} 字节`);
  }
  const body = joined([
    Uint8Array.of(START, START),
    littleEndian(frame.serial, 2),
    Uint8Array.of(frame.versionMain, frame.versionUser),
    frame.sentAt,
    fromHex(frame.source),
    fromHex(frame.target),
    littleEndian(unit.length, 2),
    Uint8Array.of(frame.command),
    unit,
  ]);
  return joined([body, Uint8Array.of(sumOf(body, 2, body.length), END, END)]);
}
