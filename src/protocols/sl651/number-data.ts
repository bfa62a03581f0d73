import { hexBytes } from './bcd.ts';
import { definedBytes, definedDecimals } from './body.ts';

/** 数据定义与照它写的数据。 */
export interface NumberData {
  readonly definition: number;
  readonly raw: Uint8Array;
}

/** 数据定义最多写 7 位小数。 */
const MOST_DECIMALS = 7;

/** 一个数 → 刚好够长的压缩 BCD 与它的数据定义；负数最高字节 FF（6.6.3.3 a）。多于 7 位的小数四舍五入。 */
export function numberData(value: number): NumberData {
  const [whole = '', fraction = ''] = Math.abs(value).toFixed(MOST_DECIMALS).split('.');
  const decimals = fraction.replace(/0+$/u, '').length;
  const digits = (whole + fraction.slice(0, decimals)).replace(/^0+(?=\d)/u, '');
  const bytes = Math.ceil(digits.length / 2) + (value < 0 ? 1 : 0);
  const definition = (bytes << 3) | decimals;
  return { definition, raw: definedData(value, definition) };
}

/** 照给定的数据定义写；写不下（或没有值）时全 F，即缺测。 */
export function definedData(value: number | undefined, definition: number): Uint8Array {
  const bytes = definedBytes(definition);
  const missing = new Uint8Array(bytes).fill(0xff);
  if (value === undefined) return missing;
  const negative = value < 0;
  const digits = Math.round(Math.abs(value) * 10 ** definedDecimals(definition)).toFixed(0);
  const room = (bytes - (negative ? 1 : 0)) * 2;
  const packed = digits.length > room ? undefined : hexBytes(digits.padStart(room, '0'));
  if (packed === undefined) return missing;
  return negative ? Uint8Array.of(0xff, ...packed) : packed;
}
