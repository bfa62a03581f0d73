import { AppError, type ErrorCode, fill, ERROR_WORDING } from '#base';
import { parseRfc3339 } from '#contract/http';
import { QUALITY, type ReadingBatch, ReadingBatchBuilder, SOURCES } from '#model/monitoring';
import type { RequestContext } from '#services/context';

import type { MonitoringDesk } from './desk.ts';
import { isWrongClock } from './device-clock.ts';

type RowFault = Extract<ErrorCode, `reading.${string}`>;

export interface PostedReadings {
  readonly accepted: number;
  readonly rejected: { index: number; code: string; message: string }[];
  readonly suspect: { index: number; code: string; message: string }[];
}

/** Stored rows that are marked suspect are told, but a batch of them must not become a reply of megabytes. */
const SUSPECT_SHOWN = 100;

/** A row as it comes: nothing about it is known yet. */
interface Posted {
  readonly point?: unknown;
  readonly observedAt?: unknown;
  readonly value?: unknown;
  readonly quality?: unknown;
  readonly source?: unknown;
}

/** Years 1970–9999: beyond these a number is not a time. Wrong clocks within are stored and marked. */
const LAST_MOMENT = 253_402_300_800_000;
const QUALITIES = new Map<unknown, number>([
  [undefined, QUALITY.good],
  ['good', QUALITY.good],
  ['suspect', QUALITY.reported],
]);
const SOURCE_NUMBERS = new Map<unknown, number>([
  [undefined, 0],
  ...SOURCES.map((name, i): [unknown, number] => [name, i]),
]);

/**
 * Takes readings by HTTP: a JSON array or NDJSON. Good rows are stored even when others are refused; the reply comes
 * after the commit. Throws `input.malformed-json` when nothing can be read, `service.unavailable` when nothing was stored.
 */
export async function postReadings(
  context: RequestContext,
  desk: MonitoringDesk,
  posted: { readonly raw: Buffer; readonly contentType: string },
): Promise<PostedReadings> {
  context.authorize('reading.write');
  const rejected: PostedReadings['rejected'] = [];
  const rows = posted.contentType.includes('ndjson')
    ? readLines(posted.raw, rejected)
    : readArray(posted.raw);
  const suspect: PostedReadings['suspect'] = [];
  const taker = new RowTaker(desk, { onlyDevice: context.actor.deviceId, now: context.now() });
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i];
    if (row === UNREADABLE) continue;
    const fault = taker.take(row);
    if (fault === undefined) continue;
    if (SUSPECT_FAULTS.has(fault)) {
      if (suspect.length < SUSPECT_SHOWN) suspect.push(refusal(i, fault, row));
    } else rejected.push(refusal(i, fault, row));
  }
  await Promise.all(taker.batches().map((batch) => desk.ingest.accept(batch)));
  taker.countDevices();
  desk.ingest.counts.refused += rejected.length;
  rejected.sort((a, b) => a.index - b.index);
  return { accepted: rows.length - rejected.length, rejected, suspect };
}

/** Faults of rows that are stored all the same, marked. */
const SUSPECT_FAULTS: ReadonlySet<RowFault> = new Set(['reading.wrong-clock', 'reading.out-of-range']);

const UNREADABLE = Symbol('a line that is no JSON; already refused');

function readArray(raw: Buffer): readonly unknown[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(raw.toString('utf8'));
  } catch (error) {
    throw new AppError('input.malformed-json', { reason: error instanceof Error ? error.message : '' });
  }
  if (!Array.isArray(parsed)) {
    throw new AppError('input.invalid', {
      issues: '正文须是数组 [{"point","observedAt","value"}, …]，或用 NDJSON 每行一条',
    });
  }
  return parsed as readonly unknown[];
}

function readLines(raw: Buffer, rejected: PostedReadings['rejected']): readonly unknown[] {
  const lines = raw.toString('utf8').split('\n');
  if (lines.at(-1)?.trim() === '') lines.pop();
  return lines.map((line, index) => {
    try {
      return JSON.parse(line) as unknown;
    } catch (error) {
      const reason = error instanceof Error ? error.message : '';
      rejected.push({
        index,
        code: 'input.malformed-json',
        message: fill(ERROR_WORDING['input.malformed-json'], { reason }),
      });
      return UNREADABLE;
    }
  });
}

function refusal(index: number, code: RowFault, row: unknown): PostedReadings['rejected'][number] {
  const facts = typeof row === 'object' && row !== null ? (row as Record<string, unknown>) : {};
  const details = Object.fromEntries(
    ['point', 'observedAt', 'value', 'quality', 'source'].map((name) => [
      name,
      JSON.stringify(facts[name] ?? null).slice(0, 100),
    ]),
  );
  return {
    index,
    code,
    message: fill(ERROR_WORDING[code], { ...details, point: String(facts['point'] ?? '').slice(0, 100) }),
  };
}

/** Checks rows one by one and lays the good ones into columns, a batch per replay session. */
class RowTaker {
  readonly #desk: MonitoringDesk;
  readonly #onlyDevice: number | undefined;
  readonly #now: number;
  readonly #builders = new Map<number, ReadingBatchBuilder>();
  readonly #devices = new Set<number>();
  #builder: ReadingBatchBuilder | undefined;
  #session = -1;
  #text = '';
  #moment = 0;

  constructor(desk: MonitoringDesk, asked: { readonly onlyDevice: number | undefined; readonly now: number }) {
    this.#desk = desk;
    this.#onlyDevice = asked.onlyDevice;
    this.#now = asked.now;
  }

  /** The fault of the row, or undefined when it is sound. Rows that are merely suspect are taken too. */
  take(given: unknown): RowFault | undefined {
    if (typeof given !== 'object' || given === null) return 'reading.not-an-object';
    const row = given as Posted;
    const { book } = this.#desk.ingest;
    const point = typeof row.point === 'string' ? book.find(row.point) : undefined;
    if (!point) return 'reading.unknown-point';
    if (this.#onlyDevice !== undefined && point.deviceId !== this.#onlyDevice) return 'reading.foreign-point';
    const { value } = row;
    if (typeof value !== 'number' || !Number.isFinite(value)) return 'reading.bad-value';
    const at = this.#momentOf(row.observedAt);
    if (!(at >= 0 && at < LAST_MOMENT)) return 'reading.bad-time';
    const quality = QUALITIES.get(row.quality);
    if (quality === undefined) return 'reading.bad-quality';
    const source = SOURCE_NUMBERS.get(row.source);
    if (source === undefined) return 'reading.bad-source';
    const session = book.session[point.id] ?? 0;
    this.#of(session).add(point.id, at, value, quality, source);
    if (point.deviceId !== null) this.#devices.add(point.deviceId);
    if (session === 0 && isWrongClock(this.#now - at)) return 'reading.wrong-clock';
    const { range } = point;
    return range !== null && (value < range[0] || value > range[1]) ? 'reading.out-of-range' : undefined;
  }

  batches(): readonly ReadingBatch[] {
    return [...this.#builders.values()].map((builder) => builder.finish());
  }

  /** One message per device and post, for its last-seen time; once it is stored. */
  countDevices(): void {
    for (const id of this.#devices) {
      const device = this.#desk.devices.get(id);
      if (device) this.#desk.ledger.framesAccepted(device.protocol, device.code, 1);
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
