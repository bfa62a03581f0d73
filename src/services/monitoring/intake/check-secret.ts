import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** `Puan-Signature: t=1700000000,v1=<hex>` over `t.body`; older than this or so far ahead is a recording (ms). */
const SIGNED_FOR_MS = 300_000;
const SIGNATURE = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/u;

/** Compares in the same time whatever is wrong: by their hashes, which are of one length. */
export function isSame(given: string, wanted: string): boolean {
  const [one, other] = [given, wanted].map((text) => createHash('sha256').update(text).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}

/** Does the signature of a body hold at `now` (epoch ms)? */
export function isSigned(
  header: string,
  signed: { readonly raw: Buffer; readonly secret: string; readonly now: number },
): boolean {
  const [, at = '', hex = ''] = SIGNATURE.exec(header) ?? [];
  if (at === '' || Math.abs(signed.now - Number(at) * 1000) > SIGNED_FOR_MS) return false;
  const wanted = createHmac('sha256', signed.secret).update(`${at}.`).update(signed.raw).digest('hex');
  return isSame(hex, wanted);
}

/** OneNET: base64 of MD5 over token, nonce and msg as it was sent. */
export function onenetSignature(token: string, nonce: string, msg: string): string {
  return createHash('md5')
    .update(token + nonce + msg)
    .digest('base64');
}
