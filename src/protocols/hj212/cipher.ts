import smCrypto from 'sm-crypto';

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
  const text = new TextDecoder('latin1').decode(segment);
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

function hexOfBase64(text: string): string | undefined {
  try {
    return Array.from(atob(text), (char) => char.charCodeAt(0).toString(16).padStart(2, '0')).join('');
  } catch {
    return undefined;
  }
}
