import { AppError, type Clock } from '#base';
import type { ReadingBatch, ReadingSink } from '#model/monitoring';
import { type DatabaseLocation, IngestWriter } from '#storage';

import { commitGroup } from './commit-group.ts';
import type { FireWeatherDay } from './fire-weather/fire-weather-day.ts';
import type { PointBook } from './point-book.ts';
import { type Input, type LateReading, prepareGroup, type PreparedGroup } from './prepare-group.ts';
import type { Recovered } from './recover.ts';
import type { OpenAlarm } from './store-alarms.ts';
import { Unflushed } from './unflushed.ts';
import { rowsOf, type Waiting, WaitingLine } from './waiting-line.ts';

const RETRY_MS = 250;

export interface IngestOptions {
  readonly location: DatabaseLocation;
  readonly clock: Clock;
  /** Fills a book with points, signs, newest values and condition state as committed. */
  readonly recover: () => Promise<Recovered>;
  readonly afterCommit: () => void;
  /** Told of every group that is committed; `late` are those late rows that were stored. Must be quick and must not throw. */
  readonly afterStored?: (group: PreparedGroup, late: readonly LateReading[]) => void;
  readonly onError: (error: unknown) => void;
}

/** What has come through since the process started. */
export interface IngestCounts {
  accepted: number;
  stored: number;
  duplicates: number;
  /** Readings that were not taken, by the code of their refusal. */
  readonly refused: Map<string, number>;
}

/**
 * The hot path. Batches from every gateway are committed together, one transaction after the other; while one is being
 * written the next is prepared. A batch resolves after its commit. What waits is bounded ({@link WaitingLine}). When a
 * commit fails, everything waiting is refused and memory is rebuilt from the tables: what was not answered is sent again
 * by the devices and stored once.
 */
export class Ingest implements ReadingSink {
  readonly counts: IngestCounts = { accepted: 0, stored: 0, duplicates: 0, refused: new Map() };
  readonly #options: IngestOptions;
  #book: PointBook;
  #openAlarms: Map<number, OpenAlarm>;
  #sessionOpenedAt: Map<number, number>;
  #active: Set<number>;
  #writer: IngestWriter | undefined;
  readonly #queue = new WaitingLine();
  #exclusive: (() => Promise<void>)[] = [];
  #draining = false;
  #down = false;
  #recovering: Promise<void> | undefined;
  #stopped = false;
  #timer: NodeJS.Timeout | undefined;
  #receivedAt: number;
  readonly #unflushed = new Unflushed();

  constructor(options: IngestOptions, recovered: Recovered) {
    this.#options = options;
    this.#book = recovered.book;
    this.#openAlarms = recovered.openAlarms;
    this.#sessionOpenedAt = recovered.sessionOpenedAt;
    this.#active = recovered.active;
    this.#receivedAt = recovered.newestReceivedAt;
  }

  /** The points and signs in force; replaced as a whole after a failed commit. */
  get book(): PointBook {
    return this.#book;
  }

  /** Counts readings that were not taken, for the metrics. */
  refused(code: string, n: number): void {
    this.counts.refused.set(code, (this.counts.refused.get(code) ?? 0) + n);
  }

  get down(): boolean {
    return this.#down;
  }

  async start(): Promise<void> {
    this.#writer = await IngestWriter.connect(this.#options.location);
    this.#timer = setInterval(() => void this.tick(), 1000);
  }

  /** Resolves once the batch is committed. Throws `service.unavailable` when it could not be stored. */
  accept(batch: ReadingBatch): Promise<void> {
    if (batch.length === 0) return Promise.resolve();
    this.counts.accepted += batch.length;
    return this.#enqueue({ kind: 'batch', batch });
  }

  /** Judges the fire weather of days; resolves once they are written down. Throws like {@link accept}. */
  judgeDays(days: readonly FireWeatherDay[]): Promise<void> {
    return this.#enqueue({ kind: 'days', days });
  }

  /** Judges what stands at points whose limits have become others; resolves once that is written down. Throws like {@link accept}. */
  judgeStanding(points: readonly number[]): Promise<void> {
    return points.length === 0 ? Promise.resolve() : this.#enqueue({ kind: 'standing', points });
  }

  /** Lets time alone move conditions: delays that run out, values that last, silence. */
  async tick(): Promise<void> {
    await this.#enqueue({ kind: 'tick' }).catch(() => undefined);
  }

  /** Waits for what is under way, writes down what memory holds, and ends. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.tick();
    this.#stopped = true;
    // One that is under way would connect anew behind our back.
    await this.#recovering;
    if (!this.#down && this.#writer) {
      await this.#commit(this.#prepare([]), Number.POSITIVE_INFINITY).catch((error: unknown) =>
        this.#options.onError(error),
      );
    }
    await this.#writer?.close();
  }

  /**
   * Runs `change` between two commits, with nothing in flight: for registering points and opening or ending replay
   * sessions, which must not race the readings. The book it gets is the one in force. Throws `service.unavailable`
   * while memory is being rebuilt.
   */
  async exclusively<T>(change: (state: ExclusiveState) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#exclusive.push(async () => {
        // While memory is being rebuilt, a change to the old one would be lost.
        if (this.#down) {
          reject(new AppError('service.unavailable'));
          return;
        }
        try {
          resolve(
            await change({
              book: this.#book,
              openAlarms: this.#openAlarms,
              sessionOpenedAt: this.#sessionOpenedAt,
              active: this.#active,
            }),
          );
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
          // A refusal changed nothing; anything else may have left memory ahead of the tables.
          if (!(error instanceof AppError)) this.#fail();
        }
      });
      void this.#drain();
    });
  }

  #enqueue(input: Input): Promise<void> {
    if (this.#down || this.#stopped || this.#queue.isFullFor(input)) {
      const rows = rowsOf(input);
      if (rows > 0) this.refused('service.unavailable', rows);
      return Promise.reject(new AppError('service.unavailable'));
    }
    return new Promise((resolve, reject) => {
      this.#queue.push({ input, resolve, reject });
      void this.#drain();
    });
  }

  /** Prepares one group while the one before is being written; commits strictly in order. */
  async #drain(): Promise<void> {
    if (this.#draining) return;
    this.#draining = true;
    let writing: Promise<void> = Promise.resolve();
    try {
      // Let everything that has arrived in this turn of the loop join the group.
      await new Promise(setImmediate);
      while (this.#queue.length > 0 || this.#exclusive.length > 0) {
        if (this.#exclusive.length > 0) {
          await writing;
          for (const change of this.#exclusive.splice(0)) await change();
          continue;
        }
        const taken = this.#queue.take();
        const group = this.#prepare(taken.map((waiting) => waiting.input));
        await writing;
        if (this.#down) refuse(taken, new AppError('service.unavailable'));
        else writing = this.#write(taken, group);
      }
      await writing;
    } finally {
      this.#draining = false;
      if (this.#queue.length > 0 || this.#exclusive.length > 0) void this.#drain();
    }
  }

  #prepare(inputs: readonly Input[]): PreparedGroup {
    const now = this.#options.clock.now();
    // Strictly growing, so that "received after the mark" means exactly the commits after the flush.
    this.#receivedAt = Math.max(now, this.#receivedAt + 1);
    return prepareGroup(this.#book, inputs, { receivedAt: this.#receivedAt, now }, this.#active);
  }

  async #write(taken: readonly Waiting[], group: PreparedGroup): Promise<void> {
    try {
      await this.#commit(group, this.#unflushed.due(group, this.#options.clock.now()));
      for (const waiting of taken) waiting.resolve();
    } catch (error) {
      this.#options.onError(error);
      refuse(taken, new AppError('service.unavailable', {}, { cause: error }));
      this.#fail();
    }
  }

  /** `most` points are written down with the group. */
  async #commit(group: PreparedGroup, most: number): Promise<void> {
    const writer = this.#writer;
    if (!writer || writer.broken) throw new Error('the connection to the database is gone');
    const now = this.#options.clock.now();
    const empty = group.copy.rows + group.late.length === 0 && group.states.length + group.days.length === 0;
    if (empty && most === 0 && group.clocks.size === 0) {
      this.counts.duplicates += group.tally.duplicates;
      return;
    }
    // Before anything is waited for: by then memory may be ahead of this group.
    const flush = most === 0 ? undefined : this.#unflushed.take(group, { book: this.#book, most, now });
    const committed = await commitGroup(writer, {
      group,
      book: this.#book,
      openAlarms: this.#openAlarms,
      sessionOpenedAt: this.#sessionOpenedAt,
      flush,
    });
    if (most === 0) this.#unflushed.add(group, committed.late, this.#book);
    this.#options.afterStored?.(group, committed.late);
    this.counts.stored += committed.stored;
    this.counts.duplicates += committed.duplicates;
    if (committed.announced > 0) this.#options.afterCommit();
  }

  #fail(): void {
    if (this.#down) return;
    this.#down = true;
    this.#queue.refuseAll();
    this.#recovering = this.#recover();
  }

  async #recover(): Promise<void> {
    await this.#writer?.close();
    for (;;) {
      if (this.#stopped) return;
      try {
        const recovered = await this.#options.recover();
        this.#writer = await IngestWriter.connect(this.#options.location);
        if (this.#stopped) return;
        this.#book = recovered.book;
        this.#openAlarms = recovered.openAlarms;
        this.#sessionOpenedAt = recovered.sessionOpenedAt;
        this.#active = recovered.active;
        this.#receivedAt = Math.max(this.#receivedAt, recovered.newestReceivedAt);
        this.#unflushed.clear(this.#options.clock.now());
        this.#down = false;
        return;
      } catch (error) {
        this.#options.onError(error);
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }
}

/** What {@link Ingest.exclusively} lends out. */
export interface ExclusiveState {
  readonly book: PointBook;
  readonly openAlarms: Map<number, OpenAlarm>;
  readonly sessionOpenedAt: Map<number, number>;
  readonly active: Set<number>;
}

function refuse(taken: readonly Waiting[], error: AppError): void {
  for (const waiting of taken) waiting.reject(error);
}
