import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = 'v1.';

/**
 * Seals short secrets that have to be read again (phone numbers, second factors), so that a copy of the tables shows
 * none of them (等保三级 8.1.4.8). AES-256-GCM; `purpose` is bound into each seal, so that one cannot be moved into another
 * field.
 */
export class Vault {
  readonly #key: Buffer;

  constructor(key: Buffer) {
    if (key.length !== KEY_BYTES) throw new Error(`a vault's key has ${KEY_BYTES} bytes`);
    this.#key = key;
  }

  seal(text: string, purpose: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(Buffer.from(purpose));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return VERSION + Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
  }

  /** Throws when it was sealed with another key or for another purpose, or was changed. */
  open(sealed: string, purpose: string): string {
    if (!sealed.startsWith(VERSION)) throw new Error('a sealed text is not in the form v1.…');
    const bytes = Buffer.from(sealed.slice(VERSION.length), 'base64url');
    const nonce = bytes.subarray(0, NONCE_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.#key, nonce).setAAD(Buffer.from(purpose));
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const opened = [decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()];
    return Buffer.concat(opened).toString('utf8');
  }

  /** Another key out of the vault's, for one use, e.g. a signing seed. */
  derive(use: string, bytes = KEY_BYTES): Buffer {
    return Buffer.from(hkdfSync('sha256', this.#key, Buffer.alloc(0), `puan ${use}`, bytes));
  }
}

/** The vault of a data folder: its key is made at the first start, readable by its owner only. */
export function openVault(dataDir: string): Vault {
  const file = path.join(dataDir, 'keys', 'vault.key');
  if (!existsSync(file)) {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  }
  chmodSync(file, 0o600);
  return new Vault(Buffer.from(readFileSync(file, 'utf8').trim(), 'base64'));
}
