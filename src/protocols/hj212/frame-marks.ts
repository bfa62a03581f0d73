/** 在字节里找帧的记号：包头“##”、数据区结尾“&&”加四位校验。只看字节，不建字符串。 */
const HASH = 35;
const AMPERSAND = 38;
const EQUALS = 61;

export const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 48 && byte <= 57;

/** CR、LF、空格、制表：帧与帧之间允许出现，不算杂音。 */
export const isGap = (byte: number | undefined): boolean =>
  byte === 13 || byte === 10 || byte === 32 || byte === 9;

/** 从 `from` 起第一个“##”的位置；末尾孤零零一个“#”也算（后半个可能还在路上）；没有则为 `to`。 */
export function headerAt(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from; at < to; at += 1) {
    if (bytes[at] === HASH && (at + 1 === to || bytes[at + 1] === HASH)) return at;
  }
  return to;
}

/** 坏帧内部的下一个像样的包头：“##”后跟数字，或正好到了末尾。 */
export function nextHeader(bytes: Uint8Array, from: number, to: number): number {
  let at = headerAt(bytes, from, to);
  while (at < to && at + 2 < to && !isDigit(bytes[at + 2])) at = headerAt(bytes, at + 1, to);
  return at;
}

/** 从 `from` 起连续的十进制数字个数，最多数到 `most`。 */
export function digitRun(bytes: Uint8Array, from: number, to: number, most: number): number {
  let count = 0;
  while (count < most && from + count < to && isDigit(bytes[from + count])) count += 1;
  return count;
}

export function decimal(bytes: Uint8Array, from: number, count: number): number {
  let value = 0;
  for (let at = from; at < from + count; at += 1) value = value * 10 + (bytes[at] ?? 48) - 48;
  return value;
}

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 48 && byte <= 57) return byte - 48;
  const lower = byte | 0x20;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

/** 四位十六进制校验码（大小写都收）；不是则 -1。 */
export function hex4(bytes: Uint8Array, at: number): number {
  const a = hexDigit(bytes[at]);
  const b = hexDigit(bytes[at + 1]);
  const c = hexDigit(bytes[at + 2]);
  const d = hexDigit(bytes[at + 3]);
  return a < 0 || b < 0 || c < 0 || d < 0 ? -1 : (a << 12) | (b << 8) | (c << 4) | d;
}

/** `from` 起第一处收尾“&&hhhh”之后的位置；“CP=&&”的开头不算收尾；没有则 -1。 */
export function closingEnd(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from; at + 6 <= to; at += 1) {
    if (bytes[at] !== AMPERSAND || bytes[at + 1] !== AMPERSAND || bytes[at - 1] === EQUALS) continue;
    if (hex4(bytes, at + 2) >= 0) return at + 6;
  }
  return -1;
}

export const endsData = (bytes: Uint8Array, end: number): boolean =>
  bytes[end - 1] === AMPERSAND && bytes[end - 2] === AMPERSAND;
