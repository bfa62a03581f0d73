import { type ErrorCode, isMoment } from '#base';
import { parseRfc3339 } from '#contract/http';
import { isWrongClock, QUALITY, type ReadingBatch, ReadingBatchBuilder, SOURCES } from '#model/monitoring';

import type { MonitoringDesk } from './desk.ts';

/** What can be wrong with one row. */
export type RowFault = Extract<ErrorCode, `reading.${string}`>;

/** A row as it comes: nothing about it is known yet. */
interface Posted {
  readonly point?: unknown;
  readonly observedAt?: unknown;
  readonly value?: unknown;
  readonly quality?: unknown;
  readonly source?: unknown;
}

const QUALITIES = new Map<unknown, number>([
  [undefined, QUALITY.good],
  ['good', QUALITY.good],
  ['suspect', QUALITY.reported],
]);
const SOURCE_NUMBERS = new Map<unknown, number>([
  [undefined, 0],
  ...SOURCES.map((name, i): [unknown, number] => [name, i]),
]);

/** Checks rows one by one and lays the good ones into columns, a batch per replay session. */
export class RowTaker {
  readonly #desk: MonitoringDesk;
  readonly #onlyDevice: number | undefined;
  readonly #now: number;
  readonly #builders = new Map<number, ReadingBatchBuilder>();
  readonly #devices = new Set<number>();
  #builder: ReadingBatchBuilder | undefined;
  #session = -1;
  #text = '';
  #moment = 0;

  constructor(
    desk: MonitoringDesk,
    asked: { readonly onlyDevice: number | undefined; readonly now: number },
  ) {
    this.#desk = desk;
    this.#onlyDevice = asked.onlyDevice;
    this.#now = asked.now;
  }

  /** The fault of the row, or undefined when it is sound. Rows that are merely suspect are taken too. */
  // One check a line, in the order a sender mends them.
  // oxlint-disable-next-line complexity
  take(given: unknown): RowFault | undefined {
    if (typeof given !== 'object' || given === null || Array.isArray(given)) return 'reading.not-an-object';
    const row = given as Posted;
    const { book } = this.#desk.ingest;
    const point = typeof row.point === 'string' ? book.find(row.point) : undefined;
    if (!point) return 'reading.unknown-point';
    if (this.#onlyDevice !== undefined && point.deviceId !== this.#onlyDevice) return 'reading.foreign-point';
    const { value } = row;
    if (typeof value !== 'number' || !Number.isFinite(value)) return 'reading.bad-value';
    const at = this.#momentOf(row.observedAt);
    if (!isMoment(at)) return 'reading.bad-time';
    const quality = QUALITIES.get(row.quality);
    if (quality === undefined) return 'reading.bad-quality';
    const source = SOURCE_NUMBERS.get(row.source);
    if (source === undefined) return 'reading.bad-source';
    const session = book.session[point.id] ?? 0;
    this.#of(session).add(point.id, at, value, quality, source);
    if (point.deviceId !== null) this.#devices.add(point.deviceId);
    if (session === 0 && isWrongClock(this.#now - at)) return 'reading.wrong-clock';
    return isWithin(point.range, value) ? undefined : 'reading.out-of-range';
  }

  /** "0～400": the physical range of a row's element, for the sentence that refuses its value. */
  rangeOf(given: unknown): string | undefined {
    const { point } = given as Posted;
    const range = typeof point === 'string' ? this.#desk.ingest.book.find(point)?.range : undefined;
    return range ? `${range[0]}～${range[1]}` : undefined;
  }

  batches(): readonly ReadingBatch[] {
    return [...this.#builders.values()].map((builder) => builder.finish());
  }

  /**
   * One message per device and post, for its last-seen time; once it is stored. What somebody else tells of the point of a
   * device with a line of its own says nothing about that line.
   */
  countDevices(): void {
    for (const id of this.#devices) {
      const device = this.#desk.devices.get(id);
      if (device && (device.protocol === 'http' || id === this.#onlyDevice))
        this.#desk.ledger.framesAccepted(device.protocol, device.code, 1);
    }
  }

  /** Epoch ms, NaN for what is no time. Rows of one moment stand together: the last text is remembered. */
  #momentOf(given: unknown): number {
    if (typeof given === 'number') return Math.floor(given);
    if (typeof given !== 'string') return Number.NaN;
    if (given !== this.#text) {
      this.#text = given;
      this.#moment = parseRfc3339(given) ?? Number.NaN;
    }
    return this.#moment;
  }

  #of(session: number): ReadingBatchBuilder {
    if (session === this.#session && this.#builder) return this.#builder;
    const builder = this.#builders.get(session) ?? new ReadingBatchBuilder(session, 1024);
    this.#builders.set(session, builder);
    this.#session = session;
    this.#builder = builder;
    return builder;
  }
}

function isWithin(range: readonly [number, number] | null, value: number): boolean {
  return range === null || (value >= range[0] && value <= range[1]);
}
