import { randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { SystemContext } from '#services/context';
import { hearWatchdog, loadAliveFacts } from '#services/operations';
import type { Storage } from '#storage';
import { sql } from 'kysely';
import { z } from 'zod';

const FILE = 'watchdog.token';
const REPORT = z.object({
  name: z.string().trim().min(1).max(60),
  everySeconds: z.number().int().min(1).max(600),
});

interface House {
  readonly config: { readonly dataDir: string };
  readonly storage: Storage;
  readonly system: SystemContext;
  ready(): Promise<boolean>;
}

/** What a watchdog is told. Times are epoch ms. */
interface Told {
  readonly ready: boolean;
  readonly eventLagSeconds: number | null;
  readonly newestChainTestAt: number | null;
  readonly now: number;
}

/** Where watchdogs (看门狗) report and are told how the house is. Their token lies in the data folder, made once. */
export class WatchdogDesk {
  readonly #house: House;
  readonly #token: Buffer;

  constructor(house: House) {
    this.#house = house;
    this.#token = Buffer.from(tokenIn(path.join(house.config.dataDir, FILE)));
  }

  /** Whether whoever asks shows the token. */
  admits(authorization: string | undefined): boolean {
    const shown = Buffer.from(authorization?.replace(/^Bearer /u, '') ?? '');
    return shown.length === this.#token.length && timingSafeEqual(shown, this.#token);
  }

  /** Takes a report and tells how the house is; undefined where it is none. */
  async hear(body: unknown, address: string): Promise<Told | undefined> {
    const report = REPORT.safeParse(Buffer.isBuffer(body) ? jsonOf(body) : undefined);
    if (!report.success) return undefined;
    const { storage, system } = this.#house;
    const now = system.now();
    // While the database does not answer that is what counts; the report is not kept then.
    if (!(await this.#house.ready()))
      return { ready: false, eventLagSeconds: null, newestChainTestAt: null, now };
    await hearWatchdog(system, { ...report.data, address });
    const { chains } = await loadAliveFacts(storage);
    const { rows } = await sql<{ lag: number }>`
      select coalesce(extract(epoch from clock_timestamp() - min(written_at)), 0)::float8 as lag from outbox`.execute(
      storage.system,
    );
    return {
      ready: true,
      eventLagSeconds: rows[0]?.lag ?? 0,
      newestChainTestAt: chains.length === 0 ? null : Math.max(...chains.map(({ finishedAt }) => finishedAt)),
      now,
    };
  }
}

function tokenIn(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    const token = randomBytes(32).toString('base64url');
    writeFileSync(file, `${token}\n`, { mode: 0o600 });
    return token;
  }
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
