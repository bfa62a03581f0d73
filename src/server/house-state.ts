import { statfs } from 'node:fs/promises';

import type { HouseFinding } from '#services/operations';

/** A loop that has not come through for this long, or this often in a row, is a fault. */
const FAILED_ROUNDS = 3;
/** Below this the disk is nearly full; the finding ends above the other, so that it does not flap. */
const FULL_SHARE = 0.1;
const ROOMY_SHARE = 0.12;

interface Failing {
  readonly rounds: number;
  readonly reason: string;
}

/** What the process knows of itself: loops that fail, whether readings are written, how much room the disk has. */
export class HouseState {
  readonly #dataDir: string;
  readonly #isIngestDown: () => boolean;
  readonly #now: () => number;
  readonly #shutGateways: () => readonly { readonly protocol: string; readonly reason: string }[];
  readonly #failing = new Map<string, Failing>();
  #listeningSince: number;
  #downSince: number | undefined;
  #wasDown: { readonly from: number; readonly to: number } | undefined;
  #isDiskFull = false;

  constructor(house: {
    readonly dataDir: string;
    readonly isIngestDown: () => boolean;
    readonly shutGateways: () => readonly { readonly protocol: string; readonly reason: string }[];
    readonly now: () => number;
  }) {
    this.#dataDir = house.dataDir;
    this.#isIngestDown = house.isIngestDown;
    this.#shutGateways = house.shutGateways;
    this.#now = house.now;
    this.#listeningSince = house.now();
  }

  /** The work of a loop, watched: how often it failed in a row is known until it comes through. */
  watched(name: string, work: () => Promise<void>): () => Promise<void> {
    return async () => {
      try {
        await work();
        this.#failing.delete(name);
      } catch (error) {
        const rounds = (this.#failing.get(name)?.rounds ?? 0) + 1;
        this.#failing.set(name, { rounds, reason: error instanceof Error ? error.message : String(error) });
        throw error;
      }
    };
  }

  /** Looks whether readings are written; an outage between two rounds is not missed when this is called every second. */
  look(): void {
    const now = this.#now();
    if (this.#isIngestDown()) this.#downSince ??= now;
    else if (this.#downSince !== undefined) {
      this.#wasDown = { from: this.#downSince, to: now };
      this.#downSince = undefined;
      this.#listeningSince = now;
    }
  }

  /** Everything that does not work now; an outage that is over stays among it until it is {@link told}. */
  async facts(): Promise<{ readonly findings: readonly HouseFinding[]; readonly listeningSince: number }> {
    const findings = [...this.#ingest(), ...this.#upkeep(), ...this.#gateways(), ...(await this.#disk())];
    return { findings, listeningSince: this.#listeningSince };
  }

  /** The findings have become faults. */
  told(): void {
    this.#wasDown = undefined;
  }

  #ingest(): readonly HouseFinding[] {
    const down = this.#downSince;
    const over = this.#wasDown;
    const finding = (summary: string): HouseFinding => ({
      kind: 'ingest-down',
      process: '读数写入',
      summary,
    });
    if (down !== undefined) return [finding(`读数已有 ${seconds(this.#now() - down)} 秒没有写入数据库`)];
    return over === undefined ? [] : [finding(`读数曾有 ${seconds(over.to - over.from)} 秒没有写入数据库`)];
  }

  #upkeep(): readonly HouseFinding[] {
    return [...this.#failing].flatMap(([process, { rounds, reason }]): readonly HouseFinding[] =>
      rounds < FAILED_ROUNDS
        ? []
        : [
            {
              kind: process === BACKUP ? 'backup-failing' : 'upkeep-failing',
              process,
              summary: `${process}连续 ${rounds} 轮没有完成：${reason.slice(0, 300)}`,
            },
          ],
    );
  }

  #gateways(): readonly HouseFinding[] {
    return this.#shutGateways().map(({ protocol, reason }) => ({
      kind: 'line-shut',
      process: `${protocol} 网关`,
      summary: `${protocol} 网关没有监听：${reason}`,
    }));
  }

  async #disk(): Promise<readonly HouseFinding[]> {
    const { bavail, blocks, bsize } = await statfs(this.#dataDir);
    const share = bavail / blocks;
    this.#isDiskFull = share < (this.#isDiskFull ? ROOMY_SHARE : FULL_SHARE);
    if (!this.#isDiskFull) return [];
    const left = `${((bavail * bsize) / 2 ** 30).toFixed(1)} GiB（${(share * 100).toFixed(1)}%）`;
    return [{ kind: 'disk-filling', process: '数据磁盘', summary: `数据文件夹所在磁盘只剩 ${left}` }];
  }
}

/** The name of the loop of daily backups. */
export const BACKUP = '每日备份';

function seconds(ms: number): string {
  return String(Math.max(1, Math.round(ms / 1000)));
}
