import type { AppError } from '#base';
import { readCsv, readSheet, writeSheet } from '#services/platform';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { HOUR, START, Station } from '../testing.ts';
import { backFill, listBackFills } from './back-fill.ts';
import { BackFillRuns } from './back-fill-runs.ts';

let station: Station;
let gauge: number;
const runs = new BackFillRuns();
beforeAll(async () => {
  station = await Station.open();
  gauge = await station.point('gauge', 'FLOOD.UNDERPASS');
});
afterAll(() => station.close());

const coded = (code: string) => expect.objectContaining({ code }) as AppError;
const beijing = (ms: number): string => new Date(ms + 8 * HOUR).toISOString().slice(0, 19).replace('T', ' ');
const fill = (raw: string | Buffer, dryRun: boolean, contentType = 'text/csv') =>
  backFill(
    station.request(),
    { desk: station.desk, runs, readSheet, readCsv },
    { query: { dryRun, name: 'logger.csv' }, raw: Buffer.from(raw), contentType },
  );
const OLD = START - 30 * 24 * HOUR;

test('a dry run lists every fault by its row and writes nothing; a real run with a fault is refused', async () => {
  const csv = [
    '监测点,时间,数值(cm)',
    `gauge,${beijing(OLD)},12`,
    `gauge,${beijing(OLD)},13`,
    `nowhere,${beijing(OLD)},1`,
    'gauge,昨天,1',
    `gauge,${beijing(OLD + 1000)},高`,
    `gauge,${beijing(START + 24 * HOUR)},1`,
    `gauge,${beijing(OLD + 2000)},100000`,
    ',,',
    `,${beijing(OLD)},`,
  ].join('\r\n');
  const report = await fill(csv, true);
  expect(report).toMatchObject({ rows: 8, points: 2, applied: 0, from: Math.floor(OLD / 1000) * 1000 });
  expect(report.faults.map(({ row, column }) => [row, column])).toEqual([
    [3, '时间'],
    [4, '监测点'],
    [5, '时间'],
    [6, '数值'],
    [7, '时间'],
    [8, '数值'],
    [10, '监测点'],
    [10, '数值'],
  ]);
  await expect(fill(csv, false)).rejects.toThrow(coded('import.faulty'));
  expect(await station.stored(gauge)).toEqual([]);
});

test('what a logger kept for a month is put in as late, raises nothing, and stands once when it is put in again', async () => {
  const now = START;
  await station.send(gauge, [[now, 3]]);
  const lines = Array.from(
    { length: 3000 },
    (_, i) => `gauge,${beijing(OLD + i * 60_000)},${i === 7 ? 90 : 5}`,
  );
  const csv = `point,time,value\n${lines.join('\n')}\n`;
  expect(await fill(csv, false)).toMatchObject({ rows: 3000, applied: 3000, faults: [] });
  const stored = await station.stored(gauge);
  expect(stored).toHaveLength(3001);
  // Late (16), not of a wrong clock (8).
  expect(new Set(stored.slice(0, 3000).map(({ quality }) => quality))).toEqual(new Set([16]));
  expect(await station.alarms(gauge, OLD)).toEqual([]);
  await fill(csv, false);
  expect(await station.stored(gauge)).toHaveLength(3001);
  const { items } = await listBackFills(station.request(), { runs });
  expect(items).toMatchObject([{ state: 'done', rows: 3000, done: 3000 }, { state: 'done' }]);
});

test('a sheet of Excel and a CSV of a Chinese Windows are read alike', async () => {
  const rows = [['gauge', beijing(OLD - HOUR), 4]];
  const sheet = await writeSheet({ name: '补录', header: ['监测点', '时间', '数值'], rows });
  expect(await fill(sheet, true, 'application/vnd.ms-excel')).toMatchObject({ rows: 1, faults: [] });
  // "监测点,时间,数值" in GB 18030.
  const head = Buffer.from('bce0b2e2b5e32ccab1bce42ccafdd6b5', 'hex');
  const gb = Buffer.concat([head, Buffer.from(`\n"gauge","${beijing(OLD - HOUR)}","4"`)]);
  expect(await fill(gb, true)).toMatchObject({ rows: 1, faults: [] });
});

test.each(['', '监测点,时间\na,b', '监测点,时间,数值\n'])('%j cannot be read', async (csv) => {
  await expect(fill(csv, true)).rejects.toThrow(coded('import.unreadable'));
});
