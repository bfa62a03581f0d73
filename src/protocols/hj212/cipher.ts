import smCrypto from 'sm-crypto';

import { byteText } from './coding.ts';

// CommonJS: Node finds no names in it.
const { sm4 } = smCrypto;

/**
 * HJ 212-2025 公网传输的密文数据区：SM4-ECB，只加密 `CP=&&` 与收尾 `&&` 之间。
 * 标准原文未见：密文的写法与末组的补位由设备档案说明，没有默认可猜。
 */
export interface CipherProfile {
  /** 16 字节，写成 32 位十六进制。 */
  readonly key: string;
  readonly text: 'hex' | 'base64';
  /** `none`：末组以空格或 NUL 补足；`pkcs7`：按 PKCS#7。 */
  readonly padding: 'none' | 'pkcs7';
}

const OPENING = 'CP=&&';

/** 密文数据段 → 明文数据段的字节；解不开（密钥、写法或补位不对）给 `undefined`。 */
export function openCipher(segment: Uint8Array, profile: CipherProfile): Uint8Array | undefined {
  const text = byteText(segment);
  const start = text.indexOf(OPENING) + OPENING.length;
  if (start < OPENING.length || !text.endsWith('&&')) return undefined;
  const hex = hexOf(text.slice(start, -2), profile.text);
  if (hex === undefined) return undefined;
  const plain = decrypt(hex, profile);
  if (plain === undefined) return undefined;
  const head = segment.subarray(0, start);
  const opened = new Uint8Array(head.length + plain.length + 2);
  opened.set(head);
  opened.set(plain, head.length);
  opened.set([AMPERSAND, AMPERSAND], head.length + plain.length);
  return opened;
}

const AMPERSAND = 38;
const BLOCK_HEX = 32;

function decrypt(hex: string, { key, padding }: CipherProfile): Uint8Array | undefined {
  try {
    const plain = sm4.decrypt(hex, key, { padding: padding === 'none' ? 'none' : 'pkcs#7', output: 'array' });
    const bytes = Uint8Array.from(plain as unknown as readonly number[]);
    return bytes.length === 0 ? undefined : withoutFill(bytes, padding);
  } catch {
    // 补位对不上时它抛错：就是解不开。
    return undefined;
  }
}

function withoutFill(bytes: Uint8Array, padding: CipherProfile['padding']): Uint8Array {
  if (padding === 'pkcs7') return bytes;
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === 0 || bytes[end - 1] === 0x20)) end -= 1;
  return bytes.subarray(0, end);
}

function hexOf(text: string, coding: CipherProfile['text']): string | undefined {
  const hex = coding === 'hex' ? text : hexOfBase64(text);
  return hex !== undefined && /^[0-9a-f]+$/iu.test(hex) && hex.length % BLOCK_HEX === 0 ? hex : undefined;
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const DIGIT_BITS = 6;

/** RFC 4648 §4；有别的字符即 `undefined`。末尾不满一个字节的位是补的。 */
function hexOfBase64(text: string): string | undefined {
  const digits = text.replace(/={1,2}$/u, '');
  let bits = '';
  for (const digit of digits) {
    const value = BASE64.indexOf(digit);
    if (value < 0) return undefined;
    bits += value.toString(2).padStart(DIGIT_BITS, '0');
  }
  const bytes = bits.match(/.{8}/gu) ?? [];
  return bytes.map((byte) => Number.parseInt(byte, 2).toString(16).padStart(2, '0')).join('');
}
