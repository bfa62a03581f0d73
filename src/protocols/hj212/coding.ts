/** 数据段的文字编码：标准是 ASCII/UTF-8；解不开的（2005 年代设备有 GBK）逐字节保留，不猜。 */
export type TextCoding = 'utf-8' | 'bytes';

interface CodedText {
  readonly text: string;
  readonly coding: TextCoding;
}

const CHUNK = 8192;

/** 每个字节一个字符，长度不变。 */
export function byteText(bytes: Uint8Array): string {
  if (bytes.length <= CHUNK) return Reflect.apply(String.fromCharCode, undefined, bytes);
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK) text += byteText(bytes.subarray(at, at + CHUNK));
  return text;
}

/** 全是可见 ASCII 时走快路；含控制字符返回 `undefined`（HJ 212-2017 §6.3：数据段为可见字符）。 */
export function decodeText(bytes: Uint8Array): CodedText | undefined {
  let union = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x20 || byte === 0x7f) return undefined;
    union |= byte;
  }
  if (union < 0x80) return { text: byteText(bytes), coding: 'utf-8' };
  const text = decodeUtf8(bytes);
  return text === undefined ? { text: byteText(bytes), coding: 'bytes' } : { text, coding: 'utf-8' };
}

/** 首字节 → 后续字节数与最小码点（RFC 3629 §3）；最小码点挡住过长编码。 */
const LEADS = [
  { mask: 0x80, lead: 0x00, tail: 0, least: 0x0 },
  { mask: 0xe0, lead: 0xc0, tail: 1, least: 0x80 },
  { mask: 0xf0, lead: 0xe0, tail: 2, least: 0x800 },
  { mask: 0xf8, lead: 0xf0, tail: 3, least: 0x10000 },
] as const;

/** 严格 UTF-8；有一处不合规即 `undefined`。 */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const first = bytes[at] ?? 0;
    const shape = LEADS.find(({ mask, lead }) => (first & mask) === lead);
    if (shape === undefined || at + shape.tail >= bytes.length) return undefined;
    let point = first & ~shape.mask & 0xff;
    for (let step = 1; step <= shape.tail; step += 1) {
      const next = bytes[at + step] ?? 0;
      if ((next & 0xc0) !== 0x80) return undefined;
      point = (point << 6) | (next & 0x3f);
    }
    if (point < shape.least || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return undefined;
    text += String.fromCodePoint(point);
    at += shape.tail + 1;
  }
  return text;
}

/** `decodeText` 的逆；`bytes` 编码要求每个字符不超过 0xFF。 */
export function encodeText(text: string, coding: TextCoding = 'utf-8'): Uint8Array {
  const bytes = new Uint8Array(text.length);
  const most = coding === 'bytes' ? 0xff : 0x7f;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code > most) return encodeUtf8(text);
    bytes[at] = code;
  }
  return bytes;
}

function encodeUtf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    if (point < 0x80) bytes.push(point);
    else pushUtf8(bytes, point);
  }
  return Uint8Array.from(bytes);
}

function pushUtf8(bytes: number[], point: number): void {
  const tail = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
  bytes.push(LEADS[tail].lead | (point >> (6 * tail)));
  for (let step = tail - 1; step >= 0; step -= 1) bytes.push(0x80 | ((point >> (6 * step)) & 0x3f));
}
