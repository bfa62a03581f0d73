import type { Turns } from '#bus';
import type { Ground, SystemContext } from '#services/context';
import { AuditDesk, watchReveals } from '#services/platform';

import { every } from './every.ts';
import type { Log } from './log.ts';

const SEAL_MS = 1000;
const WATCH_MS = 60_000;

/** What of the process the workers stand on. */
interface House {
  readonly config: { readonly dataDir: string };
  readonly ground: Ground;
  readonly log: Log;
  readonly system: SystemContext;
  /** Shared with whatever follows events. */
  readonly turns: Turns;
}

/** What keeps the audit trustworthy while the process runs: sealing, signing the days, verifying at night, watching reveals. */
export class AuditWorkers {
  readonly #log: Log;
  readonly #desk: AuditDesk;
  readonly #loops: readonly (() => Promise<void>)[];

  constructor({ config, ground, log, system, turns }: House) {
    this.#log = log;
    this.#desk = new AuditDesk({
      context: system,
      db: ground.storage.system,
      vault: ground.vault,
      dataDir: config.dataDir,
    });
    const failed = (what: string) => (error: unknown) => log.warn(`${what}这一轮没有完成，稍后重试`, error);
    this.#loops = [
      // In a flood what somebody is warned by comes first; the seal follows, as every record does.
      every(
        SEAL_MS,
        () => turns.take('record', async () => void (await this.#desk.seal())),
        failed('审计封存'),
      ),
      every(WATCH_MS, async () => void (await watchReveals(system)), failed('个人信息查看监测')),
      every(WATCH_MS, () => this.#verify(), failed('审计核验')),
    ];
  }

  /** After everything that still changes something: its rows are sealed and the end is signed. */
  async stop(): Promise<void> {
    await Promise.all(this.#loops.map((stop) => stop()));
    await this.#desk.close().catch((error: unknown) => this.#log.warn('审计链没有封到最后', error));
  }

  async #verify(): Promise<void> {
    const found = await this.#desk.verifyNightly();
    const [first] = found?.faults ?? [];
    if (!first) return;
    const where = first.seq === null ? `记录 ${first.auditId}` : `第 ${first.seq} 环`;
    this.#log.error(`审计链在${where}断开：${first.text}。请立即报告审计员，运行 npm run audit:verify 查看`);
  }
}
