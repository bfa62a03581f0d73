import type { SystemContext } from '#services/context';
import type { Database, Vault } from '#storage';
import type { Kysely } from 'kysely';

import { isCheckDue, saveCheck } from './check-audit.ts';
import { headFolder } from './head-file.ts';
import { HeadKey } from './head-key.ts';
import { keptHeads } from './kept-heads.ts';
import { AuditSealer } from './seal-audit.ts';
import { type Verification, verifyAudit } from './verify-audit.ts';
import { beijingDay, closeDay, type HeadDesk, writeHead } from './write-head.ts';

/** Keeps the audit chain of one process: seals it, signs its days, verifies it at night. */
export class AuditDesk {
  readonly #context: SystemContext;
  readonly #heads: HeadDesk;
  readonly #sealer: AuditSealer;
  #day: string | undefined;

  constructor(parts: {
    readonly context: SystemContext;
    readonly db: Kysely<Database>;
    readonly vault: Vault;
    readonly dataDir: string;
  }) {
    this.#context = parts.context;
    this.#heads = { db: parts.db, key: new HeadKey(parts.vault), folder: headFolder(parts.dataDir) };
    this.#sealer = new AuditSealer(parts.db);
  }

  /** One round: at the first of a new day the day before is signed, then what is committed is sealed. */
  async seal(): Promise<number> {
    const now = this.#context.now();
    const day = beijingDay(now);
    if (day !== this.#day) {
      await closeDay(this.#heads, now);
      this.#day = day;
    }
    return this.#sealer.seal();
  }

  /** The last round before the process ends: nothing waits, and the end is signed. */
  async close(): Promise<void> {
    await this.#sealer.seal();
    const now = this.#context.now();
    await writeHead(this.#heads, { day: beijingDay(now), now });
  }

  /** Verifies the chain where that has not been done since 03:00 (a process that did not run then makes up for it). */
  async verifyNightly(): Promise<Verification | undefined> {
    return (await isCheckDue(this.#context)) ? this.verify() : undefined;
  }

  /** Verifies the chain now and keeps what was found. */
  async verify(): Promise<Verification> {
    const { heads, faults } = await keptHeads(this.#heads.folder);
    const { db, key } = this.#heads;
    const options = { ownFiles: heads, fileFaults: faults, publicKey: key.publicKey };
    const found = await verifyAudit(db, options);
    await saveCheck(this.#context, found);
    return found;
  }
}
