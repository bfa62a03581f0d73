import path from 'node:path';

import { readCsv } from '../../simulator/csv.ts';
import { FOLDER } from '../recordings.ts';
import type { Span, Trial } from './judge-trial.ts';

/** Recordings with known events, and what they are. */
export interface Source {
  readonly name: string;
  /** What it says, honestly. */
  readonly note: string;
  readonly trials: () => Promise<readonly Trial[]>;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;

export const SOURCES: readonly Source[] = [
  {
    name: 'GECCO 2018',
    note: '德国某水厂，1 分钟，9 台仪表，标注 51 段；学习 7 天',
    trials: gecco,
  },
  { name: 'SKAB', note: '实验室水泵回路，1 秒，8 台仪表，34 次试验；每次先学 400 行', trials: skab },
  { name: 'SKAB 正常', note: '同一回路无异常运行 2.6 小时；先学 400 行', trials: skabNormal },
  { name: 'METEC', note: '户外甲烷释放试验场，1 分钟，8 台；学习半天', trials: metec },
  { name: 'Munich', note: '试验桥支座三次下沉，1 秒，3 台；学习 12 分钟', trials: munich },
  { name: 'Smoke', note: '室内烟感，1 秒，3 台，分段点火；学习 1000 行', trials: smoke },
  { name: 'TEP', note: '田纳西–伊斯曼过程（仿真），3 分钟，52 台，故障 1–21；先学 500 行正常', trials: tep },
];

interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

async function tableOf(file: string): Promise<Table> {
  const rows: (readonly string[])[] = [];
  let header: readonly string[] = [];
  for await (const row of readCsv(path.join(FOLDER, file))) {
    ({ header } = row);
    rows.push(row.cells);
  }
  return { header, rows };
}

function numbers({ header, rows }: Table, column: string): Float64Array {
  const i = header.indexOf(column);
  return Float64Array.from(rows, (cells) => {
    const cell = cells[i]?.trim() ?? '';
    return cell === '' ? Number.NaN : Number(cell);
  });
}

/** Stamps name no zone, or UTC; only the distance between them counts here. */
const moments = ({ header, rows }: Table, column: string): Float64Array =>
  Float64Array.from(rows, (cells) => Date.parse(`${cells[header.indexOf(column)]?.replace(' ', 'T')}Z`));

const every = (rows: number, ms: number): Float64Array =>
  Float64Array.from({ length: rows }, (_, row) => row * ms);

/** Runs of rows that are marked. */
function runs(rows: number, marked: (row: number) => boolean): Span[] {
  const spans: Span[] = [];
  let from = -1;
  for (let row = 0; row <= rows; row += 1) {
    const inside = row < rows && marked(row);
    if (inside && from < 0) from = row;
    if (inside || from < 0) continue;
    spans.push([from, row - 1]);
    from = -1;
  }
  return spans;
}

async function gecco(): Promise<Trial[]> {
  const table = await tableOf('water/gecco2018_drinking_water_train.csv.gz');
  const columns = ['Tp', 'Cl', 'pH', 'Redox', 'Leit', 'Trueb', 'Cl_2', 'Fm', 'Fm_2'];
  const event = numbers(table, 'EVENT');
  return [
    {
      at: moments(table, 'Time'),
      instruments: columns.map((column) => numbers(table, column)),
      events: runs(event.length, (row) => event[row] === 1),
      learning: 7 * 1440,
    },
  ];
}

async function skab(): Promise<Trial[]> {
  const trials: Trial[] = [];
  for (const part of ['valve1', 'valve2', 'other']) {
    const { header, rows } = await tableOf(`water/skab_${part}.csv.gz`);
    const experiments = Map.groupBy(rows, (cells) => cells[header.indexOf('file')] ?? '');
    for (const own of experiments.values()) {
      const table = { header, rows: own };
      const anomaly = numbers(table, 'anomaly');
      trials.push({
        at: moments(table, 'datetime'),
        instruments: header.slice(2, 10).map((column) => numbers(table, column)),
        events: runs(anomaly.length, (row) => anomaly[row] === 1),
        learning: 400,
      });
    }
  }
  return trials;
}

/** Nothing happens here: every alarm is false. */
async function skabNormal(): Promise<Trial[]> {
  const table = await tableOf('water/skab_anomaly_free.csv.gz');
  const instruments = table.header.slice(-8).map((column) => numbers(table, column));
  return [{ at: moments(table, 'datetime'), instruments, events: [], learning: 400 }];
}

async function metec(): Promise<Trial[]> {
  const table = await tableOf('gas/metec_methane_sensors_minute.csv');
  const truth = await tableOf('gas/metec_release_truth.csv');
  const at = moments(table, 'time_utc');
  const starts = moments(truth, 'start_utc');
  const ends = moments(truth, 'end_utc');
  const rowAt = (moment: number): number =>
    Math.max(
      0,
      at.findIndex((one) => one >= moment),
    );
  return [
    {
      at,
      instruments: table.header.slice(1, 9).map((column) => numbers(table, column)),
      events: [...starts].map((start, i) => [rowAt(start), rowAt(ends[i] ?? start)] as const),
      learning: 720,
    },
  ];
}

async function munich(): Promise<Trial[]> {
  const table = await tableOf('bridges/munich_test_bridge_settlement_2022-04-11_1hz.csv');
  const phases = table.rows.map((cells) => cells[table.header.indexOf('phase')] ?? '');
  return [
    {
      at: moments(table, 'time'),
      instruments: ['strain_um_m_mean', 'force1_kn_mean', 'force2_kn_mean'].map((column) =>
        numbers(table, column),
      ),
      events: runs(phases.length, (row) => phases[row]?.startsWith('lowering') ?? false),
      learning: 720,
    },
  ];
}

async function smoke(): Promise<Trial[]> {
  const table = await tableOf('fire/smoke_detector_1hz.csv');
  const alarm = numbers(table, 'fire_alarm');
  return [
    {
      at: every(alarm.length, SECOND),
      instruments: ['temp_c', 'humidity_pct', 'eco2_ppm'].map((column) => numbers(table, column)),
      events: runs(alarm.length, (row) => alarm[row] === 1),
      learning: 1000,
    },
  ];
}

async function tep(): Promise<Trial[]> {
  const normal = await tableOf('hazchem/tep_simulated_train_normal.csv');
  const columns = normal.header.slice(1);
  const trials: Trial[] = [];
  for (const part of ['00_10', '11_21']) {
    const { header, rows } = await tableOf(`hazchem/tep_simulated_test_faults_${part}.csv.gz`);
    for (const own of Map.groupBy(rows, (cells) => cells[0] ?? '').values()) {
      const table = { header, rows: own };
      const faulty = numbers(table, 'faulty');
      const before = normal.rows.length;
      trials.push({
        at: every(before + own.length, 3 * MINUTE),
        instruments: columns.map((column) =>
          Float64Array.from([...numbers(normal, column), ...numbers(table, column)]),
        ),
        events: runs(before + own.length, (row) => row >= before && faulty[row - before] === 1),
        learning: before,
      });
    }
  }
  return trials;
}
