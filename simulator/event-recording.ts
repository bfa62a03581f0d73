import path from 'node:path';

import { readCsv } from './csv.ts';
import type { Moment, Sample } from './fill.ts';
import { type RecordingCounts, sampleOf } from './recording-cell.ts';
import { timeReader } from './recording-time.ts';
import { type Channel, MapError, type ReplayMap } from './replay-map.ts';

type Events = NonNullable<ReplayMap['time']['events']>;

export interface EventRecording {
  readonly file: string;
  readonly map: ReplayMap;
  readonly events: Events;
  /** Also what the map says of the time after an event; it was not measured. */
  readonly fills: boolean;
  readonly counts: RecordingCounts;
  readonly onRead?: (bytes: number) => void;
}

interface Said extends Sample {
  readonly at: number;
}

/** By the header's names. */
type Row = ReadonlyMap<string, string>;

/**
 * Moments of a recording that tells of events one by one, in order of time. Rows of sensors that no channel asks for are passed
 * over. Throws {@link MapError} when a column of the map, or the table of events, is not there.
 */
export async function* readEvents(recording: EventRecording): AsyncGenerator<Moment> {
  const { file, map, events, fills, counts, onRead } = recording;
  const heard = new HeardEvents(map.channels, await startsOf(recording));
  for await (const { cells, bytesRead } of rowsOf(file, [
    events.key,
    map.time.column,
    ...map.channels.map(({ column }) => column),
  ])) {
    counts.rows += 1;
    onRead?.(bytesRead);
    const seconds = Number(cells.get(map.time.column) ?? Number.NaN);
    if (!heard.take(cells.get(events.key) ?? '', seconds, cells, counts)) counts.badTimes += 1;
  }
  const { said, ends } = heard;
  yield* byMoment(fills ? [...said, ...restAfter([...ends.values()], said)] : said);
}

interface End {
  readonly at: number;
  readonly channels: readonly Channel[];
}

/** What was said in events so far, and where each has come to. */
class HeardEvents {
  readonly said: Said[] = [];
  readonly ends = new Map<string, End>();
  readonly #channels: readonly Channel[];
  readonly #events: ReadonlyMap<string, Event>;

  constructor(channels: readonly Channel[], events: ReadonlyMap<string, Event>) {
    this.#channels = channels;
    this.#events = events;
  }

  /** False for a row of no known event, or of no moment in it. */
  // oxlint-disable-next-line max-params -- one row
  take(key: string, seconds: number, cells: Row, counts: RecordingCounts): boolean {
    const event = this.#events.get(key);
    if (!event || !Number.isFinite(seconds)) return false;
    const at = event.at + seconds * 1000;
    const channels = this.#channels.filter(
      ({ rows }) => !rows || cellOf(rows.column, cells, event.cells) === rows.is,
    );
    for (const channel of channels) {
      const samples = sampleOf(channel, cells.get(channel.column), counts);
      this.said.push(...samples.map((sample) => ({ ...sample, at })));
    }
    if (at >= (this.ends.get(key)?.at ?? at)) this.ends.set(key, { at, channels });
    return true;
  }
}

/** After each event its sensor rests, until the next one begins there. */
function restAfter(ends: readonly End[], said: readonly Said[]): Said[] {
  const moments = new Map(
    [...Map.groupBy(said, ({ channel }) => channel)].map(([channel, own]) => [
      channel,
      own.map(({ at }) => at).toSorted((a, b) => a - b),
    ]),
  );
  return ends.flatMap(({ at, channels }) =>
    channels.flatMap((channel) => {
      const { fill } = channel;
      if (fill?.kind !== 'rest') return [];
      const next = moments.get(channel)?.find((one) => one > at) ?? Number.POSITIVE_INFINITY;
      const times = Math.floor(fill.overSeconds / fill.everySeconds);
      return Array.from({ length: times }, (_, k) => at + (k + 1) * fill.everySeconds * 1000)
        .filter((moment) => moment < next)
        .map((moment) => ({ at: moment, channel, value: fill.value }));
    }),
  );
}

function* byMoment(said: readonly Said[]): Generator<Moment> {
  const groups = Map.groupBy(
    said.toSorted((a, b) => a.at - b.at),
    ({ at }) => at,
  );
  for (const [at, samples] of groups) yield { at, samples };
}

interface Event {
  readonly at: number;
  readonly cells: Row;
}

async function startsOf({ file, map, events }: EventRecording): Promise<ReadonlyMap<string, Event>> {
  const timeOf = timeReader(map.time);
  const found = new Map<string, Event>();
  const table = path.join(path.dirname(file), events.file);
  for await (const { cells } of rowsOf(table, [events.key, events.start])) {
    const at = timeOf((cells.get(events.start) ?? '').trim());
    if (at !== undefined) found.set(cells.get(events.key) ?? '', { at, cells });
  }
  return found;
}

const cellOf = (column: string, ...rows: readonly Row[]): string | undefined =>
  rows.find((row) => row.has(column))?.get(column);

async function* rowsOf(
  file: string,
  wanted: readonly string[],
): AsyncGenerator<{ readonly cells: Row; readonly bytesRead: number }> {
  let checked = false;
  for await (const { header, cells, bytesRead } of readCsv(file)) {
    const missing = checked ? [] : wanted.filter((name) => !header.includes(name));
    if (missing.length > 0) throw new MapError(`${file} 里没有对照表要的列：${missing.join('、')}。`);
    checked = true;
    yield { cells: new Map(header.map((name, i) => [name, cells[i] ?? ''])), bytesRead };
  }
}
