const HEX = '0123456789ABCDEF';

/** 大写十六进制。 */
export function hexText(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX.charAt(byte >> 4) + HEX.charAt(byte & 15);
  return text;
}

/** `hexText` 的逆；长度须是偶数、全是十六进制字符，否则 `undefined`。 */
export function hexBytes(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0) return undefined;
  const bytes = new Uint8Array(text.length / 2);
  for (let at = 0; at < bytes.length; at += 1) {
    const value = pairValue(text, at * 2);
    if (value < 0) return undefined;
    bytes[at] = value;
  }
  return bytes;
}

function pairValue(text: string, at: number): number {
  const high = HEX.indexOf(text.charAt(at).toUpperCase());
  const low = HEX.indexOf(text.charAt(at + 1).toUpperCase());
  return high < 0 || low < 0 ? -1 : (high << 4) | low;
}

/** 压缩 BCD 的一个字节 → 0–99；不是 BCD 为 -1。 */
export function bcdValue(byte: number | undefined): number {
  if (byte === undefined) return -1;
  const high = byte >> 4;
  const low = byte & 15;
  return high > 9 || low > 9 ? -1 : high * 10 + low;
}

/** 0–99 → 压缩 BCD 的一个字节。 */
export const bcdByte = (value: number): number => ((Math.floor(value / 10) % 10) << 4) | (value % 10);
