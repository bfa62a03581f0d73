import { type Cells, readCsv } from './csv.ts';
import { readEvents } from './event-recording.ts';
import { Filler, type Moment } from './fill.ts';
import { type RecordingCounts, sampleOf } from './recording-cell.ts';
import { timeReader } from './recording-time.ts';
import { type Channel, MapError, type ReplayMap } from './replay-map.ts';

export interface Recording {
  readonly file: string;
  readonly map: ReplayMap;
  readonly fills: boolean;
  readonly counts: RecordingCounts;
  /** Told after every row: bytes of the file read. */
  readonly onRead?: (bytes: number) => void;
}

/**
 * Moments of one file: in the file's order, in that of time where it tells of events. Throws {@link MapError} when a column of
 * the map is not in it.
 */
export async function* readRecording(recording: Recording): AsyncGenerator<Moment> {
  const { file, map, counts, onRead } = recording;
  if (map.time.events) {
    yield* readEvents({ ...recording, events: map.time.events });
    return;
  }
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
    const samples = columns.channels.flatMap(({ channel, index, row }) =>
      row === undefined || cells[row] === channel.rows?.is ? sampleOf(channel, cells[index], counts) : [],
    );
    yield* filler.push(at, samples);
  }
  yield* filler.end();
}

interface Columns {
  readonly time: number;
  /** `row`: where it is said which rows are the channel's. */
  readonly channels: readonly { readonly channel: Channel; readonly index: number; readonly row?: number }[];
}

function findColumns(file: string, map: ReplayMap, header: Cells): Columns {
  const wanted = map.channels.flatMap(({ column, rows }) => (rows ? [column, rows.column] : [column]));
  const missing = [map.time.column, ...wanted].filter((name) => !header.includes(name));
  if (missing.length > 0) {
    const have = header.join('、');
    throw new MapError(`${file} 里没有对照表要的列：${missing.join('、')}。文件里的列是：${have}`);
  }
  return {
    time: header.indexOf(map.time.column),
    channels: map.channels.map((channel) => ({
      channel,
      index: header.indexOf(channel.column),
      ...(channel.rows ? { row: header.indexOf(channel.rows.column) } : {}),
    })),
  };
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
