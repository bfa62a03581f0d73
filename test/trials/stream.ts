import { setTimeout as sleep } from 'node:timers/promises';

import type { Storage } from '#storage';
import { sql } from 'kysely';

import { type Batch, type Receiver, valueOf } from '../../bench/batches.ts';
import { receiverOf } from '../../bench/receivers.ts';
import type { Report } from './report.ts';

export const STREAM_POINTS = 20_000;
const BATCH = 500;
const WORKERS = 8;
/** 60,000 readings/s, as long as they are answered. */
const PACE_MS = (1000 * BATCH * WORKERS) / 60_000;
const AGAIN_MS = 500;

/** An answered batch: so many readings of this moment, with values (tenths) that add up to this. */
interface Told {
  readonly rows: number;
  readonly tenths: number;
}

/**
 * The load that a platform has while its plug is pulled: batches of readings by HTTP, each sent again, unchanged, until it
 * is answered 200. What was answered is remembered by moment and batch.
 */
export class Stream {
  readonly #receiver: Receiver;
  readonly #told = new Map<string, Told>();
  readonly #workers: Promise<void>[] = [];
  #stopped = false;
  /** Readings that were answered. */
  answered = 0;
  /** Batches that had to be sent again. */
  resent = 0;

  constructor(port: number, token: string) {
    this.#receiver = receiverOf({ kind: 'puan', port, token }, WORKERS);
  }

  start(): void {
    const batches = Array.from({ length: STREAM_POINTS / BATCH }, (_, n) => ({
      n,
      batch: this.#receiver.batch(n * BATCH, BATCH),
    }));
    for (let w = 0; w < WORKERS; w += 1)
      this.#workers.push(this.#work(batches.filter(({ n }) => n % WORKERS === w)));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#workers);
  }

  async #work(batches: readonly { readonly n: number; readonly batch: Batch }[]): Promise<void> {
    let due = performance.now();
    let newest = 0;
    for (let round = 0; !this.#stopped; round += 1) {
      const next = batches[round % batches.length];
      if (!next) return;
      // What an outage has held up is not made up for: a device measures at its own pace.
      due = Math.max(due + PACE_MS, performance.now() - PACE_MS);
      await sleep(Math.max(0, due - performance.now()));
      newest = Math.max(Date.now(), newest + 1);
      await this.#tell(next, newest, round);
    }
  }

  async #tell(
    { n, batch }: { readonly n: number; readonly batch: Batch },
    at: number,
    round: number,
  ): Promise<void> {
    const bytes = batch.at(at, round);
    while (!(await this.#isTaken(batch, bytes))) {
      if (this.#stopped) return;
      this.resent += 1;
      await sleep(AGAIN_MS);
    }
    let tenths = 0;
    for (let i = 0; i < BATCH; i += 1) tenths += Math.round(valueOf(n * BATCH + i, round) * 10);
    this.#told.set(`${at} ${n}`, { rows: BATCH, tenths });
    this.answered += BATCH;
  }

  async #isTaken(batch: Batch, bytes: Buffer): Promise<boolean> {
    try {
      await this.#receiver.send(batch, bytes);
      return true;
    } catch {
      // Not answered, or told that it is not stored: it is sent again.
      return false;
    }
  }

  /** Holds what was answered against the tables. */
  async check(report: Report, storage: Storage): Promise<void> {
    const { rows } = await sql<{ at: number; batch: number; rows: number; tenths: number; twice: number }>`
      select round(extract(epoch from observed_at) * 1000)::float8 as at, n / ${BATCH}::int as batch, count(*)::int as rows,
        round(sum(value * 10))::int as tenths, (count(*) - count(distinct n))::int as twice
      from reading r join (select id, substr(code, 7)::int as n from point where code like 'bench.%') p on p.id = r.point_id
      where r.source < 16 group by 1, 2`.execute(storage.system);
    const kept = new Map(rows.map((row) => [`${row.at} ${row.batch}`, row]));
    let missing = 0;
    for (const [key, told] of this.#told) {
      const row = kept.get(key);
      if (row?.rows !== told.rows || row.tenths !== told.tenths) missing += told.rows - (row?.rows ?? 0);
    }
    const twice = rows.reduce((sum, row) => sum + row.twice, 0);
    report.fact('大流量里答过的一条不少', missing === 0, `${this.answered} 条，少 ${missing}`);
    report.fact('大流量里没有一条存了两遍', twice === 0, twice);
    report.figure('大流量重发的批', this.resent);
  }
}

/** Readings answered per second over the next `ms`. */
export async function rateOf(stream: Stream, ms: number): Promise<number> {
  const before = stream.answered;
  const began = performance.now();
  await sleep(ms);
  return Math.round(((stream.answered - before) * 1000) / (performance.now() - began));
}
