import { type Cells, readCsv } from './csv.ts';
import { Filler, type Moment, type Sample } from './fill.ts';
import { timeReader } from './recording-time.ts';
import { type Channel, MapError, type ReplayMap } from './replay-map.ts';

/** What was found in a recording while it was read. */
export interface RecordingCounts {
  rows: number;
  /** Blank cells, and cells that say “no value”: never sent, never 0. */
  missing: number;
  /** Cells that are neither a number nor blank. */
  unreadable: number;
  /** Rows whose stamp is no time. */
  badTimes: number;
  /** Rows of a moment that had been there already, with the same values: not sent again. */
  duplicates: number;
  /** Rows older than the row before. */
  backwards: number;
}

export const newCounts = (): RecordingCounts => ({
  rows: 0,
  missing: 0,
  unreadable: 0,
  badTimes: 0,
  duplicates: 0,
  backwards: 0,
});

export interface Recording {
  readonly file: string;
  readonly map: ReplayMap;
  readonly fills: boolean;
  readonly counts: RecordingCounts;
  /** Told after every row: bytes of the file read. */
  readonly onRead?: (bytes: number) => void;
}

const NO_VALUE: ReadonlySet<string> = new Set(['', 'NA', 'N/A', 'NaN', 'nan', 'null', 'NULL']);

/** Moments of one file in the file's order. Throws {@link MapError} when a column of the map is not in it. */
export async function* readRecording(recording: Recording): AsyncGenerator<Moment> {
  const { file, map, counts, onRead } = recording;
  const filler = new Filler(recording.fills);
  const timeOf = timeReader(map.time);
  let columns: Columns | undefined;
  let last = { at: Number.NEGATIVE_INFINITY, text: '' };
  for await (const { header, cells, bytesRead } of readCsv(file)) {
    columns ??= findColumns(file, map, header);
    counts.rows += 1;
    onRead?.(bytesRead);
    const at = timeOf((cells[columns.time] ?? '').trim());
    if (at === undefined) {
      counts.badTimes += 1;
      continue;
    }
    const text = columns.channels.map(({ index }) => cells[index] ?? '').join('\u0000');
    if (at === last.at && text === last.text) {
      counts.duplicates += 1;
      continue;
    }
    if (at < last.at) counts.backwards += 1;
    last = { at, text };
    const samples = columns.channels.flatMap(({ channel, index }) => sampleOf(channel, cells[index], counts));
    yield* filler.push(at, samples);
  }
  yield* filler.end();
}

interface Columns {
  readonly time: number;
  readonly channels: readonly { readonly channel: Channel; readonly index: number }[];
}

function findColumns(file: string, map: ReplayMap, header: Cells): Columns {
  const missing = [map.time.column, ...map.channels.map(({ column }) => column)].filter(
    (name) => !header.includes(name),
  );
  if (missing.length > 0) {
    const have = header.join('、');
    throw new MapError(`${file} 里没有对照表要的列：${missing.join('、')}。文件里的列是：${have}`);
  }
  return {
    time: header.indexOf(map.time.column),
    channels: map.channels.map((channel) => ({ channel, index: header.indexOf(channel.column) })),
  };
}

function sampleOf(channel: Channel, cell: string | undefined, counts: RecordingCounts): Sample[] {
  const text = (cell ?? '').trim();
  if (NO_VALUE.has(text) || channel.missing.includes(text)) {
    counts.missing += 1;
    return [];
  }
  const number = Number(text);
  if (!Number.isFinite(number)) {
    counts.unreadable += 1;
    return [];
  }
  return [{ channel, value: Math.round((number * channel.scale + channel.offset) * 1e9) / 1e9 }];
}

/** Several recordings as one, in order of time; files of one folder play side by side. */
export async function* inOrder(recordings: readonly AsyncGenerator<Moment>[]): AsyncGenerator<Moment> {
  const heads = await Promise.all(recordings.map(async (source) => ({ source, next: await source.next() })));
  for (;;) {
    const [first] = heads
      .filter((head) => head.next.done !== true)
      .toSorted((a, b) => a.next.value.at - b.next.value.at);
    if (!first) return;
    yield first.next.value;
    first.next = await first.source.next();
  }
}
