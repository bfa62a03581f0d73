import type { rehearsalRoutes } from '#contract/standard';
import path from 'node:path';
import type { z } from 'zod';

import { readCsv } from './csv.ts';
import { timeReader } from './recording-time.ts';
import { MapError, type ReplayMap } from './replay-map.ts';

/** One case as `POST /api/v1/known-cases` takes it; moments are epoch ms. */
export type CaseToRecord = z.input<typeof rehearsalRoutes.recordKnownCases.body>['cases'][number];

/** By the header's names. */
type Row = Readonly<Record<string, string | undefined>>;
type Span = Pick<CaseToRecord, 'from' | 'to' | 'text' | 'object' | 'item' | 'kind'>;

/** How the labels of one recording are read: undefined is a row that tells of no incident. */
interface CaseReader {
  /** Files whose name begins with it. */
  readonly match: string;
  readonly columns: readonly string[];
  readonly read: (row: Row, map: ReplayMap) => Span | 'unreadable' | undefined;
}

const HOUR_MS = 3_600_000;
const stamp = (zone: 'UTC' | 'Asia/Shanghai') =>
  timeReader({ column: '', format: 'YYYY-MM-DD hh:mm:ss', zone });
const utc = stamp('UTC');
const beijing = stamp('Asia/Shanghai');
const utcDay = timeReader({ column: '', format: 'YYYY-MM-DD', zone: 'UTC' });

/** 10.16 cm: the publisher counts the minutes of a flood from there. */
const DEEP_INCHES = 4;

const READERS: readonly CaseReader[] = [
  {
    match: 'metec_release_truth',
    columns: ['start_utc', 'end_utc', 'source', 'ch4_g_per_h'],
    read: (row) =>
      spanOf(
        row,
        utc,
        'start_utc',
        'end_utc',
        `受控释放 ${row['source']}，${Math.round(Number(row['ch4_g_per_h']))} g/h`,
      ),
  },
  {
    match: 'gecco2018_train_event_intervals',
    columns: ['start', 'end', 'rows'],
    read: (row) => spanOf(row, utc, 'start', 'end', `标注的水质事件，${row['rows']} 分钟`),
  },
  {
    // A day's row may tell of a storm of several days. The hours keep a warning that ends soon after midnight out of the next day's case.
    match: 'norfolk_daily',
    columns: ['event_date', 'event_name', 'num_flooded'],
    read: (row) => {
      const reports = Number(row['num_flooded']);
      if (!(reports >= 1)) return undefined;
      const day = utcDay((row['event_date'] ?? '').trim());
      if (day === undefined) return 'unreadable';
      const text = `${row['event_name'] || row['event_date']}：道路积水报告 ${reports} 起`;
      return { kind: 'incident', from: day + 2 * HOUR_MS, to: day + 23 * HOUR_MS, text };
    },
  },
  {
    match: 'floodnet_nyc_events',
    columns: ['sensor_id', 'flood_start_utc', 'flood_end_utc', 'max_depth_in'],
    read: (row, map) => {
      const inches = Number(row['max_depth_in']);
      if (!(inches > DEEP_INCHES)) return undefined;
      const channel = map.channels.find(({ rows }) => rows?.is === row['sensor_id']);
      if (!channel) return undefined;
      const text = `积水最深 ${Math.round(inches * 2.54)} 厘米（${inches} 英寸）`;
      const span = spanOf(row, utc, 'flood_start_utc', 'flood_end_utc', text);
      return span === 'unreadable' ? span : { ...span, object: channel.object };
    },
  },
  {
    match: '',
    columns: ['from', 'to', 'text'],
    read: (row) => {
      const span = spanOf(row, beijing, 'from', 'to', row['text'] ?? '');
      if (span === 'unreadable') return span;
      const { object, item, kind } = row;
      if (kind !== undefined && kind !== '' && kind !== 'incident' && kind !== 'false-alarm')
        return 'unreadable';
      return {
        ...span,
        ...(object ? { object } : {}),
        ...(item ? { item } : {}),
        kind: kind === 'false-alarm' ? kind : 'incident',
      };
    },
  },
];

// oxlint-disable-next-line max-params -- two columns of one row
function spanOf(row: Row, timeOf: typeof utc, from: string, to: string, text: string): Span | 'unreadable' {
  const begin = timeOf((row[from] ?? '').trim());
  const end = timeOf((row[to] ?? '').trim());
  return begin === undefined || end === undefined || end < begin
    ? 'unreadable'
    : { kind: 'incident', from: begin, to: end, text };
}

/**
 * The incidents that a file of labels tells of: one of the recordings known here, or a table of one's own with the columns
 * `from`, `to` (Beijing), `text` and, where wanted, `object`, `item`, `kind`. Where nothing else is said they are of the map's object
 * if it has one only, else of any. Rows that cannot be read are counted.
 * Throws {@link MapError} when columns are missing.
 */
export async function readCases(
  file: string,
  map: ReplayMap,
): Promise<{ readonly cases: readonly CaseToRecord[]; readonly unreadable: number }> {
  const name = path.basename(file);
  const reader = READERS.find(({ match }) => name.startsWith(match));
  if (!reader) throw new MapError(`读不懂已知事件的文件 ${file}`);
  const [first, ...others] = map.objects;
  const only = others.length === 0 ? first?.code : undefined;
  const cases: CaseToRecord[] = [];
  let unreadable = 0;
  for await (const { header, cells } of readCsv(file)) {
    const missing = reader.columns.filter((column) => !header.includes(column));
    if (missing.length > 0)
      throw new MapError(
        `${file} 里没有已知事件要的列：${missing.join('、')}。文件里的列是：${header.join('、')}`,
      );
    const found = reader.read(Object.fromEntries(header.map((column, i) => [column, cells[i]])), map);
    if (found === 'unreadable') unreadable += 1;
    else if (found)
      cases.push({ ...(only === undefined ? {} : { object: only }), ...found, source: sourceOf(file) });
  }
  return { cases, unreadable };
}

/** What is written as the source of a case, so that it is found again. */
const sourceOf = (file: string): string => `录制的标注 ${path.basename(file)}`;
