import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto';

import { isStale } from './receipt-request.ts';

/** Token and EncodingAESKey of a callback, and the company or app for whom its messages are. */
export interface CallbackKeys {
  readonly token: string;
  readonly key: string;
  readonly receiver: string;
}

const BLOCK = 32;
const NONCE = 16;
const LENGTH = 4;

/** Both consoles sign alike: SHA-1 over token, timestamp, nonce and the sealed text, in the order of their letters. */
export function signCallback(
  token: string,
  {
    timestamp,
    nonce,
    sealed,
  }: { readonly timestamp: string; readonly nonce: string; readonly sealed: string },
): string {
  return createHash('sha1').update([token, timestamp, nonce, sealed].toSorted().join('')).digest('hex');
}

/** Compares two texts without telling by its time how far they agree. */
export function isSameText(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}

/** AES-256-CBC, padded to 32: 16 random bytes, the length, the message, for whom it is. */
export function sealCallback(text: string, { key, receiver }: CallbackKeys): string {
  const message = Buffer.from(text);
  const length = Buffer.alloc(LENGTH);
  length.writeUInt32BE(message.length);
  const clear = Buffer.concat([randomBytes(NONCE), length, message, Buffer.from(receiver)]);
  const padding = BLOCK - (clear.length % BLOCK);
  const aes = Buffer.from(`${key}=`, 'base64');
  const cipher = createCipheriv('aes-256-cbc', aes, aes.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([clear, Buffer.alloc(padding, padding)]);
  return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64');
}

/** Opens one; undefined where it was not sealed with this key, or not for this receiver. */
export function openCallback(sealed: string, { key, receiver }: CallbackKeys): string | undefined {
  const bytes = Buffer.from(sealed, 'base64');
  if (bytes.length === 0 || bytes.length % 16 !== 0) return undefined;
  const aes = Buffer.from(`${key}=`, 'base64');
  const decipher = createDecipheriv('aes-256-cbc', aes, aes.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(bytes), decipher.final()]);
  const padding = padded.at(-1) ?? 0;
  if (padding < 1 || padding > BLOCK || padded.length < NONCE + LENGTH + padding) return undefined;
  const clear = padded.subarray(0, padded.length - padding);
  const end = NONCE + LENGTH + clear.readUInt32BE(NONCE);
  if (end > clear.length || clear.subarray(end).toString() !== receiver) return undefined;
  return clear.subarray(NONCE + LENGTH, end).toString();
}

/**
 * Opens a callback as the consoles of WeCom and DingTalk send it: signed by the token, young enough, sealed for this receiver.
 */
export function openSigned(
  { sealed, signature, timestamp, nonce }: SignedCallback,
  { keys, at, now }: { readonly keys: CallbackKeys; readonly at: number; readonly now: number },
): { readonly text: string } | { readonly refused: 'unsigned' | 'stale' | 'malformed' } {
  if (sealed === undefined || signature === undefined || timestamp === undefined || nonce === undefined)
    return { refused: 'malformed' };
  if (!isSameText(signature, signCallback(keys.token, { timestamp, nonce, sealed })))
    return { refused: 'unsigned' };
  if (isStale(at, now)) return { refused: 'stale' };
  const text = openCallback(sealed, keys);
  return text === undefined ? { refused: 'unsigned' } : { text };
}

interface SignedCallback {
  readonly sealed: string | undefined;
  readonly signature: string | undefined;
  readonly timestamp: string | undefined;
  readonly nonce: string | undefined;
}
