import { createHash, randomBytes } from 'node:crypto';

/** A new secret of 32 random bytes, as it is shown to its owner. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a secret. It is random and long, so a plain digest is enough. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
