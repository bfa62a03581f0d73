import path from 'node:path';

import { emptyColumns, type ReadingColumns } from '#storage';

import { readCsv } from '../simulator/csv.ts';
import { seededRandom } from '../test/seeded-random.ts';

/** A column of a real recording, as one point's readings. */
export interface Recorded {
  readonly file: string;
  /** Column of the stamps; absent where rows are a second apart and carry none. */
  readonly time?: string;
  readonly column: string;
}

/** One of each kind of instrument, from the folder of recordings that `PUAN_RECORDINGS` names (`../shared/data` unless told). */
export const RECORDED: readonly Recorded[] = [
  { file: 'meteorology/shanghai_hourly_2010_2015.csv.gz', time: 'time', column: 'temp_c' },
  { file: 'meteorology/shanghai_hourly_2010_2015.csv.gz', time: 'time', column: 'humidity_pct' },
  { file: 'meteorology/shanghai_hourly_2010_2015.csv.gz', time: 'time', column: 'precip_mm_h' },
  { file: 'traffic/metr_la_week_speed_5min.csv.gz', time: 'time', column: 's773869' },
  { file: 'water/gecco2018_drinking_water_train.csv.gz', time: 'Time', column: 'Fm' },
  { file: 'water/gecco2018_drinking_water_train.csv.gz', time: 'Time', column: 'Cl' },
  { file: 'water/gecco2018_drinking_water_train.csv.gz', time: 'Time', column: 'pH' },
  { file: 'water/canary_station_b.csv', time: 'time', column: 'B_TURB_VAL' },
  { file: 'water/skab_anomaly_free.csv.gz', time: 'datetime', column: 'Pressure' },
  {
    file: 'bridges/munich_test_bridge_settlement_2022-04-11_1hz.csv',
    time: 'time',
    column: 'strain_um_m_mean',
  },
  { file: 'fire/smoke_detector_1hz.csv', column: 'temp_c' },
  { file: 'gas/metec_methane_sensors_minute.csv', time: 'time_utc', column: 'ch4_ppm_E' },
  { file: 'flood/river_level_kikavu_2022.csv', time: 'time_utc', column: 'level_m' },
  {
    file: 'nab/data/realKnownCause/machine_temperature_system_failure.csv',
    time: 'timestamp',
    column: 'value',
  },
];

export const FOLDER =
  process.env['PUAN_RECORDINGS'] ?? path.resolve(import.meta.dirname, '../../shared/data');

/** Reads a recording; rows that do not go on in time or hold no number are left out. Delays of arrival are made up: 0.3–1.8 s. */
export async function readRecorded({ file, time, column }: Recorded): Promise<ReadingColumns> {
  const at: number[] = [];
  const values: number[] = [];
  let row = 0;
  for await (const { header, cells } of readCsv(path.join(FOLDER, file))) {
    row += 1;
    const text = cells[header.indexOf(column)]?.trim() ?? '';
    const moment =
      time === undefined ? row * 1000 : Date.parse(`${cells[header.indexOf(time)]?.replace(' ', 'T')}Z`);
    if (text === '' || !Number.isFinite(Number(text)) || !(moment > (at.at(-1) ?? Number.NEGATIVE_INFINITY)))
      continue;
    at.push(moment);
    values.push(Number(text));
  }
  return columnsOf(at, values);
}

/** Readings of these moments (epoch ms) and values, each heard a little later. */
export function columnsOf(at: readonly number[], values: readonly number[]): ReadingColumns {
  const columns = emptyColumns(at.length);
  columns.observedAt.set(at);
  columns.value.set(values);
  const random = seededRandom(1);
  for (let i = 0; i < at.length; i += 1) columns.receivedAt[i] = (at[i] ?? 0) + 300 + random() * 1500;
  return columns;
}
