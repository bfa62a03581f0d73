import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

import type { Vault } from '#storage';

/** RFC 8410: what stands before the 32 bytes of an Ed25519 seed (PKCS #8). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The end of the chain on one day, as it is signed. */
export interface HeadFacts {
  /** `YYYY-MM-DD`, Beijing. */
  readonly day: string;
  readonly seq: number;
  /** Hexadecimal. */
  readonly hash: string;
  /** Epoch ms. */
  readonly signedAt: number;
}

/** A signed head, as its file and its row hold it. */
export interface SignedHead extends HeadFacts {
  /** SPKI, base64. */
  readonly publicKey: string;
  /** Ed25519, base64. */
  readonly signature: string;
}

/** The key that signs heads; it follows from the vault's and is stored nowhere else. */
export class HeadKey {
  readonly publicKey: string;
  readonly #key: KeyObject;

  constructor(vault: Vault) {
    const der = Buffer.concat([PKCS8, vault.derive('audit head')]);
    this.#key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    this.publicKey = createPublicKey(this.#key).export({ format: 'der', type: 'spki' }).toString('base64');
  }

  sign(facts: HeadFacts): SignedHead {
    const signature = sign(null, message(facts), this.#key).toString('base64');
    return { ...facts, publicKey: this.publicKey, signature };
  }
}

/** Whether the signature is that of the head's own public key; whose key that is, the caller compares. */
export function isSigned(head: SignedHead): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(head.publicKey, 'base64'), format: 'der', type: 'spki' });
    return verify(null, message(head), key, Buffer.from(head.signature, 'base64'));
  } catch {
    return false;
  }
}

function message({ day, seq, hash, signedAt }: HeadFacts): Buffer {
  return Buffer.from(JSON.stringify(['puan audit head', day, seq, hash, signedAt]), 'utf8');
}
