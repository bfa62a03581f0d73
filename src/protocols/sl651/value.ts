import { hexText } from './bcd.ts';

/** 为什么没有值：全 F（非法或缺测）、全 A（厂家填充，标准没有规定）、不是 BCD。 */
export type NoValue = 'all-f' | 'all-a' | 'not-bcd';

export type MeasuredText =
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'none'; readonly why: NoValue };

/**
 * 压缩 BCD 数据 → 准确的十进制文字。最高字节 FF 表示负数（6.6.3.3 a），小数位由数据定义给出；
 * 缺测与填充绝不成为数。
 */
export function measuredText(raw: Uint8Array, decimals: number): MeasuredText {
  if (raw.every((byte) => byte === 0xff)) return { kind: 'none', why: 'all-f' };
  if (raw.every((byte) => byte === 0xaa)) return { kind: 'none', why: 'all-a' };
  const negative = raw[0] === 0xff;
  const digits = hexText(negative ? raw.subarray(1) : raw);
  for (let at = 0; at < digits.length; at += 1) {
    if (digits.charCodeAt(at) > 57) return { kind: 'none', why: 'not-bcd' };
  }
  return { kind: 'value', text: decimalText(digits, decimals, negative) };
}

function decimalText(digits: string, decimals: number, negative: boolean): string {
  const padded = digits.padStart(decimals + 1, '0');
  const point = padded.length - decimals;
  let first = 0;
  while (first < point - 1 && padded.charCodeAt(first) === 48) first += 1;
  const whole = padded.slice(first, point);
  const text = decimals === 0 ? whole : `${whole}.${padded.slice(point)}`;
  return negative && Number(text) !== 0 ? `-${text}` : text;
}

/** 现场坏了的水位计、气象仪报的“没有值”。 */
const SENTINELS: ReadonlySet<number> = new Set([
  9999, 9999.9, 9999.99, 9999.999, 99_999.9, 99_999.99, 99_999.999, -999, -9999,
]);

/** 可以当读数用的数；缺测、填充、不是 BCD、哨兵值为 `undefined`。 */
export function measuredNumber(raw: Uint8Array, decimals: number): number | undefined {
  const measured = measuredText(raw, decimals);
  if (measured.kind === 'none') return undefined;
  const value = Number(measured.text);
  return SENTINELS.has(value) ? undefined : value;
}

/** 时间步长码（表 C.3）：日、时、分，BCD。不成立为 `undefined`。 */
export interface TimeStep {
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
}

export function parseTimeStep(raw: Uint8Array): TimeStep | undefined {
  if (raw.length !== 3) return undefined;
  const [days = 0, hours = 0, minutes = 0] = Array.from(hexText(raw).match(/../g) ?? [], Number);
  return Number.isNaN(days + hours + minutes) ? undefined : { days, hours, minutes };
}

export const timeStepMs = ({ days, hours, minutes }: TimeStep): number =>
  ((days * 24 + hours) * 60 + minutes) * 60_000;

/** 状态字 4 字节 HEX 的第 `bit` 位（BIT0 在最低字节，表 58）。 */
export function stateBit(raw: Uint8Array, bit: number): 0 | 1 {
  const byte = raw[raw.length - 1 - (bit >> 3)] ?? 0;
  return ((byte >> (bit & 7)) & 1) === 1 ? 1 : 0;
}

/** 组合数据的各个值（整数，最小单位）；全 FF 是非法数据，为 `undefined`。 */
export function seriesUnits(raw: Uint8Array, width: 1 | 2): (number | undefined)[] {
  const units: (number | undefined)[] = [];
  for (let at = 0; at + width <= raw.length; at += width) {
    const unit = width === 1 ? raw[at] : ((raw[at] ?? 0) << 8) | (raw[at + 1] ?? 0);
    units.push(unit === (width === 1 ? 0xff : 0xffff) ? undefined : unit);
  }
  return units;
}
