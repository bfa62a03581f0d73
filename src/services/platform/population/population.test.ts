// Who lives and works in a town: from a sheet, a CSV or by hand, with source and year; what cannot be true is refused row by row.
import { runImport } from '#services/platform';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { runExport } from '../organisation/run-export.ts';
import { type House, openHouse } from '../testing.ts';
import { listPopulations, putPopulation } from './write-population.ts';

const ZHANGJIANG = '310115125';
const SOURCE = '测试用数';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.db.drop());

async function importCsv(lines: readonly string[], dryRun: boolean, username = 'admin') {
  return runImport(await house.as(username), {
    query: { kind: 'population', dryRun, datum: 'WGS84' },
    raw: Buffer.from(lines.join('\r\n')),
    contentType: 'text/csv',
  });
}

const listed = async () => (await listPopulations(await house.as('admin'), { query: { limit: 50 } })).items;

const HEAD = '街镇,常住人口（人）,从业人口,来源,年份';

test('a dry run tells each row by its reason and writes nothing', async () => {
  const report = await importCsv(
    [
      HEAD,
      `张江镇,"190,000",380000,${SOURCE},2020`,
      `没有镇,1000,,${SOURCE},2020`,
      `${ZHANGJIANG},190001,,${SOURCE},2020`,
      `唐镇,12.9,,${SOURCE},2020`,
      `花木街道,24,,${SOURCE},2020`,
      `高桥镇,5681512,,${SOURCE},2020`,
      `川沙新镇,400000,3000000,${SOURCE},2990`,
      '合庆镇,100000,,,',
      '曹路镇,,,,',
    ],
    true,
  );
  expect(report.faults.map(({ row, field, message }) => `${row} ${field} ${message}`)).toEqual([
    '3 town 没有这个街镇，请填 9 位编码或平台清单里的名称',
    '4 town 与第 2 行是同一个街镇，请只留一行',
    '5 residents 须是不小于 0 的整数',
    '6 residents 常住人口不足 100，请按“人”填，不是“万人”',
    '7 residents 超过 100 万，一个街镇没有这么多人，请核对是否填了全区的数',
    '8 workers 超过 100 万，一个街镇没有这么多人，请核对是否填了全区的数',
    '8 asOf 截至日期在今天以后，请核对',
    '9 source 缺来源，请补上',
    '9 asOf 缺年份，请补上',
  ]);
  expect(report).toMatchObject({ created: 1, unchanged: 1 });
  expect(await listed()).toEqual([]);
});

test('a clean file is taken in whole; sent again nothing changes; an empty cell leaves what is held', async () => {
  const lines = [HEAD, `张江镇,190000人,380000,${SOURCE},2020年`, `唐镇,130000,,${SOURCE},2020-11-01`];
  expect(await importCsv(lines, false)).toMatchObject({ created: 2, updated: 0 });
  expect(await importCsv(lines, false)).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
  expect(await importCsv(['街镇,常住人口', '张江镇,191000'], false)).toMatchObject({ updated: 1 });
  expect(await listed()).toMatchObject([
    { name: '唐镇', residents: 130_000, workers: null, asOf: '2020-11-01', version: 1 },
    { name: '张江镇', residents: 191_000, workers: 380_000, source: SOURCE, asOf: '2020-12-31', version: 2 },
  ]);
  const { rows } = await sql<{ action: string }>`
    select action from audit where action like 'population.%' order by id`.execute(house.db.storage.system);
  expect(rows.map(({ action }) => action)).toEqual([
    'population.create',
    'population.create',
    'population.update',
  ]);
});

test('a town’s figure is told by hand, by whoever keeps that place, on the version they saw', async () => {
  const body = {
    town: ZHANGJIANG,
    residents: 192_000,
    workers: null,
    source: '街道报送',
    asOf: '2025-12-31',
  };
  const admin = await house.as('admin');
  await expect(putPopulation(admin, { body: { ...body, version: 1 } })).rejects.toMatchObject({
    code: 'record.changed',
  });
  await expect(putPopulation(admin, { body })).rejects.toMatchObject({ code: 'record.changed' });
  expect(await putPopulation(admin, { body: { ...body, version: 2 } })).toMatchObject({
    residents: 192_000,
    workers: null,
    version: 3,
    allowedActions: ['edit'],
  });
  await expect(putPopulation(admin, { body: { ...body, version: 3, residents: 19 } })).rejects.toMatchObject({
    code: 'input.invalid',
  });
  await expect(
    putPopulation(await house.as('flood.admin'), { body: { ...body, version: 3 } }),
  ).rejects.toMatchObject({ code: 'access.denied' });
  await expect(putPopulation(admin, { body: { ...body, town: '310115125001' } })).rejects.toMatchObject({
    code: 'record.not-found',
  });
});

test('whoever keeps a scenario only is refused row by row; the table to fill in has every town', async () => {
  const report = await importCsv([HEAD, `唐镇,131000,,${SOURCE},2021`], true, 'flood.admin');
  expect(report.faults).toMatchObject([{ row: 2, field: 'town' }]);
  const file = await runExport(await house.as('admin'), {
    query: { kind: 'population', format: 'json' },
  });
  const { rows } = JSON.parse(file.content.toString()) as {
    rows: { town: string; residents: number | null }[];
  };
  expect(rows).toHaveLength(36);
  expect(rows.filter(({ residents }) => residents !== null)).toHaveLength(2);
  const back = await runImport(await house.as('admin'), {
    query: { kind: 'population', dryRun: true, datum: 'WGS84' },
    raw: Buffer.from(JSON.stringify(rows)),
    contentType: 'application/json',
  });
  expect(back).toMatchObject({ faults: [], created: 0, updated: 0, unchanged: 36 });
});
