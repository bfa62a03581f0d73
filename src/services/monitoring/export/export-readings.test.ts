// Readings leave as a file: a spreadsheet opens it, an analyst's tool reads it, and the audit knows.
import { packReadings } from '#storage';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { HOUR, MINUTE, START, Station } from '../testing.ts';
import { exportReadings } from './export-readings.ts';

let station: Station;
const NOW = START + HOUR;
const ask = { from: START, to: NOW + HOUR, format: 'csv' as const };

beforeAll(async () => {
  station = await Station.open();
  const first = await station.point('W-1', 'FLOOD.UNDERPASS');
  const second = await station.point('W-2', 'FLOOD.UNDERPASS');
  await station.send(first, [
    [START, 1.5],
    [START + MINUTE, -2],
  ]);
  await station.restart();
  while (await packReadings(station.db.storage.system, station.now + 24 * HOUR));
  await station.moveTo(NOW);
  await station.send(first, [[NOW, 3]]);
  await station.send(second, [[NOW, 1e9]]);
  await sql`update monitored_object set name = '=HYPERLINK("http://x","点我")' where code = 'W-2'`.execute(
    station.db.storage.system,
  );
});
afterAll(() => station.close());

async function file(query: Parameters<typeof exportReadings>[1]['query']): Promise<Buffer> {
  const { content } = await exportReadings(station.request(), { query });
  const parts: Buffer[] = [];
  for await (const part of content) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

test('a CSV holds what was packed and what came just now, and runs nothing in a spreadsheet', async () => {
  const text = (await file({ ...ask, point: ['W-1', 'W-2'] })).toString('utf8');
  expect(text.startsWith('\u{feff}监测点,对象,要素,')).toBe(true);
  const lines = text.split('\r\n');
  expect(lines.slice(1, 4).map((line) => line.split(',').slice(4, 7))).toEqual([
    [local(START), '1.5', '正常'],
    [local(START + MINUTE), '-2', expect.any(String)],
    [local(NOW), '3', '正常'],
  ]);
  expect(lines[4]).toContain(`"'=HYPERLINK(""http://x"",""点我"")"`);
  expect(lines[4]).toContain('存疑,range');
  expect(lines.slice(5)).toEqual(['']);
});

test('a Parquet file gives back the same rows by its own types', async () => {
  const bytes = await file({ ...ask, format: 'parquet', point: ['W-1', 'W-2'] });
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  expect(parquetMetadata(buffer).created_by).toBe('Puan');
  const rows = await parquetReadObjects({ file: buffer });
  expect(rows.map(({ point, observed_at, value, suspect }) => [point, observed_at, value, suspect])).toEqual([
    ['W-1', new Date(START), 1.5, false],
    ['W-1', new Date(START + MINUTE), -2, expect.any(Boolean)],
    ['W-1', new Date(NOW), 3, false],
    ['W-2', new Date(NOW), 1e9, true],
  ]);
  expect(rows[3]).toMatchObject({ marks: 'range', source: 'iot', replay: false, simulated: false });
});

test('a time without a reading is an empty file of either form', async () => {
  const empty = { point: ['W-1'], from: 0, to: 1000 };
  expect((await file({ ...empty, format: 'csv' })).toString('utf8').split('\r\n')).toHaveLength(2);
  const bytes = await file({ ...empty, format: 'parquet' });
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  expect(await parquetReadObjects({ file: buffer })).toEqual([]);
});

test('more row groups than one are one file', async () => {
  const point = await station.point('long', 'FLOOD.UNDERPASS');
  await station.moveTo(NOW + HOUR);
  await station.send(
    point,
    Array.from({ length: 45_000 }, (_, n) => [NOW + n * 10, n % 50] as const),
  );
  const bytes = await file({ point: ['long'], from: NOW, to: NOW + HOUR, format: 'parquet' });
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  expect(parquetMetadata(buffer).row_groups.map(({ num_rows }) => Number(num_rows))).toEqual([
    20_000, 20_000, 5000,
  ]);
  const rows = await parquetReadObjects({
    file: buffer,
    rowStart: 39_999,
    rowEnd: 40_001,
    columns: ['value'],
  });
  expect(rows.map(({ value }) => value as number)).toEqual([49, 0]);
});

test('it is audited with its size before the first byte, and refused for what is not one’s own or too long', async () => {
  await exportReadings(station.request(), { query: { ...ask, point: ['W-1'] } });
  const { rows } =
    await sql`select action, subject, after->>'rows' as n from audit order by id desc limit 1`.execute(
      station.db.storage.system,
    );
  expect(rows).toEqual([{ action: 'reading.export', subject: 'point/W-1', n: '3' }]);
  const elsewhere = station.request({ places: [{ from: 5000, to: 6000 }], scenarios: [] });
  await expect(exportReadings(elsewhere, { query: { ...ask, point: ['W-1'] } })).rejects.toMatchObject({
    code: 'record.not-found',
  });
  const year = { ...ask, from: NOW - 400 * 24 * HOUR, point: ['W-1'] };
  await expect(exportReadings(station.request(), { query: year })).rejects.toMatchObject({
    code: 'input.invalid',
  });
});

/** As a Beijing spreadsheet reads it. */
function local(at: number): string {
  return new Date(at + 8 * HOUR).toISOString().slice(0, 23).replace('T', ' ');
}
