import { IMPORT_ROWS, XLSX } from '#contract/platform';
import type { RequestContext } from '#services/context';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';

import { workbook } from '../../../../test/hostile/workbook.ts';
import { zipBomb } from '../../../../test/hostile/zip-bomb.ts';
import { type House, openHouse } from '../testing.ts';
import { createImportMapping } from './create-import-mapping.ts';
import { createUnit } from './create-unit.ts';
import { deleteImportMapping } from './delete-import-mapping.ts';
import { listImportMappings } from './list-import-mappings.ts';
import { runExport } from './run-export.ts';
import { runImport } from './run-import.ts';
import { packZip } from './sheet/pack-zip.ts';
import { readXlsx } from './sheet/read-xlsx.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.db.drop());

type Kind = 'objects' | 'units' | 'platforms';
type Value = string | number | Date | null;

const HEADERS = ['对象编码', '对象名称', '场景', '纬度', '经度'];

async function sheetOf(rows: readonly (readonly Value[])[]): Promise<Buffer> {
  const cells = rows.map((row) =>
    row.map((value) =>
      value instanceof Date ? { value, type: Date, format: 'yyyy-mm-dd' } : value === null ? null : { value },
    ),
  );
  return writeXlsxFile(cells as never).toBuffer();
}

const query = (kind: Kind, more: object = {}) => ({ kind, dryRun: true, datum: 'WGS84' as const, ...more });

async function importRows(
  context: RequestContext,
  rows: readonly (readonly Value[])[],
  more: object = {},
  kind: Kind = 'objects',
) {
  return runImport(context, { query: query(kind, more), raw: await sheetOf(rows), contentType: XLSX });
}

const importJson = (context: RequestContext, kind: Kind, rows: unknown, more: object = {}) =>
  runImport(context, {
    query: query(kind, more),
    raw: Buffer.from(typeof rows === 'string' ? rows : JSON.stringify(rows)),
    contentType: 'application/json',
  });

const importRaw = async (raw: Buffer) =>
  runImport(await house.as('admin'), { query: query('objects'), raw, contentType: XLSX });

async function objects(prefix: string): Promise<readonly Record<string, unknown>[]> {
  const { rows } = await sql<Record<string, unknown>>`
    select code, name, scenarios, lat, lon, town, village, place_approximate, address, owner, operator, version
    from monitored_object where code like ${`${prefix}%`} order by code`.execute(house.db.storage.system);
  return rows;
}

test('a dry run lists every fault by the row and column of the sheet, and changes nothing', async () => {
  const admin = await house.as('admin');
  const report = await importRows(admin, [
    ['监测对象台账（2026 年）', null, null, null, null, null],
    [...HEADERS, '街镇'],
    ['D-1', '甲', '防汛防台', 31.2, 121.6, '张江镇'],
    ['D-1', '乙', '防汛', 31.2, 'abc', '某镇'],
    [null, '丙', '燃气', 31.2, 121.6, null],
    ['D-4', null, '燃气、电梯', 39.9, 116.4, null],
    ['D-5', '戊', '燃气', 31.2, 121.6, '不知镇'],
    ['D-6', '#N/A', '燃气', 31.2, 121.6, null],
  ]);
  expect(report).toMatchObject({ rows: 6, created: 1, updated: 0, unchanged: 0, missing: [] });
  expect(report.faults.map(({ row, column, field }) => [row, column, field])).toEqual([
    [4, 'C', 'scenarios'],
    [4, 'E', 'lon'],
    [4, 'A', 'code'],
    [5, 'A', 'code'],
    [6, 'B', 'name'],
    [6, 'D', 'lat'],
    [7, 'F', 'town'],
    [8, 'B', 'name'],
  ]);
  expect(report.faults.every(({ message }) => /[\u4E00-\u9FFF]/u.test(message))).toBe(true);
  expect(await objects('D-')).toEqual([]);
});

test('a real run with a fault is refused with the first of them, and not one row is imported', async () => {
  const admin = await house.as('admin');
  const rows = [HEADERS, ['R-1', '甲', 'FLOOD', 31.2, 121.6], ['R-2', '乙', '无', 31.2, 121.6]];
  await expect(importRows(admin, rows, { dryRun: false })).rejects.toMatchObject({
    code: 'import.faulty',
    details: { count: 1, row: 3 },
  });
  expect(await objects('R-')).toEqual([]);
});

test('real sheets: title, two header rows, full-width digits, blanks, degrees with minutes, swapped pairs, dates', async () => {
  const admin = await house.as('admin');
  const rows = [
    ['浦东新区监测对象一览表', null, null, null, null, null, null],
    ['基本信息', null, null, '坐标', null, '管理', null],
    ['编　号*', '设施名称', '所属场景', '经度（°）', '纬度（°）', '管养单位', '备注'],
    [' Ｍ－１ ', '甲站\n（东）', 'ＦＬＯＯＤ、燃气', '121°36′12.5″', '北纬31°12′', '  某养护公司 ', 'x'],
    ['M-2', '乙站', '防汛防台', 31.25, 121.61, null, null],
    [null, null, null, null, null, null, null],
    ['M-3', '丙站', '防汛防台', '１２１．６２', '31.26', null, null],
  ];
  const report = await importRows(admin, rows, { dryRun: false });
  expect(report).toMatchObject({ rows: 3, created: 3, faults: [] });
  expect(report.notes).toEqual([expect.stringContaining('1 行的经度和纬度写反，已对调（第 5 行）')]);
  expect(report.columns.find(({ header }) => header === '坐标/经度（°）')).toMatchObject({
    column: 'D',
    field: 'lon',
    how: 'synonym',
  });
  expect(report.columns.find(({ header }) => header.endsWith('备注'))).toMatchObject({
    field: null,
    samples: ['x'],
  });
  const [first, second, third] = await objects('M-');
  expect(first).toMatchObject({
    code: 'M-1',
    name: '甲站 （东）',
    scenarios: [1, 5],
    operator: '某养护公司',
  });
  expect(first?.['lon']).toBeCloseTo(121.603472, 6);
  expect(first?.['lat']).toBeCloseTo(31.2, 9);
  expect(second).toMatchObject({ lat: 31.25, lon: 121.61, place_approximate: true });
  expect(third).toMatchObject({ lat: 31.26, lon: 121.62 });
});

test('coordinates of Amap and Baidu become WGS 84 on the way in', async () => {
  const admin = await house.as('admin');
  const rows = [HEADERS, ['G-1', '甲', 'FLOOD', 31.17530398364597, 121.531541859215]];
  await importRows(admin, rows, { dryRun: false, datum: 'GCJ02' });
  const [made] = await objects('G-');
  expect(made?.['lat']).toBeCloseTo(31.1774276, 6);
  expect(made?.['lon']).toBeCloseTo(121.5272106, 6);
});

test('objects are found by their code: changed, unchanged and new ones are told apart and audited', async () => {
  const admin = await house.as('admin');
  const headers = [...HEADERS, '居村', '权属单位'];
  const rows = [
    headers,
    ['K-1', '甲', 'FLOOD', 31.2, 121.6, '310115125001', null],
    ['K-2', '乙', 'FLOOD', 31.2, 121.6, null, '某公司'],
  ];
  await importRows(admin, rows, { dryRun: false });
  const again = await importRows(admin, [...rows, ['K-3', '丙', 'GAS', 31.2, 121.6, null, null]], {
    dryRun: false,
  });
  expect(again).toMatchObject({ created: 1, updated: 0, unchanged: 2 });
  const changed = await importRows(
    admin,
    [
      ['编码', '名称', '经度', '纬度'],
      ['K-1', '甲改', null, null],
      ['K-2', null, 121.7, 31.14],
    ],
    { dryRun: false },
  );
  expect(changed).toMatchObject({ created: 0, updated: 2, unchanged: 0 });
  expect(await objects('K-')).toMatchObject([
    { name: '甲改', village: '310115125001', version: 2 },
    { name: '乙', owner: '某公司', town: '310115103', version: 2 },
    { name: '丙', version: 1 },
  ]);
  const { rows: audited } = await sql`
    select subject, action from audit where subject in ('object/K-1', 'object/K-3') order by id`.execute(
    house.db.storage.system,
  );
  expect(audited).toEqual([
    { subject: 'object/K-1', action: 'object.register' },
    { subject: 'object/K-3', action: 'object.register' },
    { subject: 'object/K-1', action: 'object.update' },
  ]);
});

test('columns mapped by hand are kept, used for the next sheet with the same headers, and are one’s own', async () => {
  const admin = await house.as('admin');
  const rows = [
    ['代号', '叫什么', '哪个场景', '北', '东', '谁管'],
    ['H-1', '甲', 'FLOOD', 31.2, 121.6, '某所'],
  ];
  const before = await importRows(admin, rows);
  expect(before.missing).toEqual(['code', 'name', 'scenarios', 'lat', 'lon']);
  expect(before.columns.map(({ header, field }) => [header, field])).toEqual(
    (rows[0] ?? []).map((header) => [header, null]),
  );
  const columns = { 代号: 'code', 叫什么: 'name', 哪个场景: 'scenarios', 北: 'lat', 东: 'lon', 谁管: null };
  const kept = await createImportMapping(admin, { body: { name: '水务所台账', kind: 'objects', columns } });
  const after = await importRows(admin, rows);
  expect(after).toMatchObject({
    created: 1,
    faults: [],
    missing: [],
    mapping: { id: kept.id, name: '水务所台账' },
  });
  const other = await house.as('flood.admin');
  expect((await importRows(other, rows)).mapping).toBeNull();
  expect((await listImportMappings(other, { query: {} })).items).toEqual([]);
  await expect(importRows(other, rows, { mapping: kept.id })).rejects.toMatchObject({
    code: 'record.not-found',
  });
  await expect(deleteImportMapping(other, { params: { id: kept.id } })).rejects.toMatchObject({
    code: 'record.not-found',
  });
  const bad = { name: '坏', kind: 'objects' as const, columns: { 代号: 'password_hash' } };
  await expect(createImportMapping(admin, { body: bad })).rejects.toMatchObject({ code: 'input.invalid' });
  await deleteImportMapping(admin, { params: { id: kept.id } });
  expect((await importRows(admin, rows)).mapping).toBeNull();
});

test('what is outside one’s scope is a fault of its row, also when only its code is met', async () => {
  const admin = await house.as('admin');
  await importRows(admin, [HEADERS, ['S-GAS', '燃气站', 'GAS', 31.2, 121.6]], { dryRun: false });
  const flood = await house.as('flood.admin');
  const report = await importRows(flood, [
    HEADERS,
    ['S-GAS', '改名', 'FLOOD', 31.2, 121.6],
    ['S-NEW', '甲', 'GAS', 31.2, 121.6],
    ['S-OK', '乙', 'FLOOD', 31.2, 121.6],
  ]);
  expect(report.faults.map(({ row, message }) => [row, message.includes('管辖范围')])).toEqual([
    [2, true],
    [3, true],
  ]);
  expect(report.created).toBe(1);
  await expect(importRows(await house.as('town.zhangjiang'), [HEADERS])).rejects.toMatchObject({
    code: 'access.denied',
  });
  const tech = await house.as('tech.admin');
  await expect(importRows(tech, [['平台编码'], ['FLOOD']], {}, 'platforms')).rejects.toMatchObject({
    code: 'access.denied',
  });
});

test.each(['xlsx', 'json'] as const)(
  'what is exported as %s and imported again changes nothing',
  async (format) => {
    const admin = await house.as('admin');
    await createUnit(admin, {
      body: {
        code: `EX-${format}`,
        name: '=cmd()演示单位',
        kind: 'maintainer',
        platform: 'WATER',
        phone: '13900005678',
        note: '@备注',
      },
    });
    await importJson(
      admin,
      'objects',
      [
        {
          code: `E-${format}`,
          name: '+甲',
          scenarios: ['FLOOD', 'WATER'],
          lat: 31.123456789012,
          lon: 121.5,
          maintainer: `EX-${format}`,
        },
        {
          code: `E-2${format}`,
          name: '乙',
          scenarios: ['FLOOD'],
          lat: 31.2,
          lon: 121.6,
          village: '310115125001',
        },
      ],
      { dryRun: false },
    );
    for (const kind of ['objects', 'units', 'platforms'] as const) {
      const file = await runExport(admin, { query: { kind, format } });
      expect(file.content.toString('latin1')).not.toContain('13900005678');
      const contentType = format === 'xlsx' ? XLSX : 'application/json';
      const report = await runImport(admin, {
        query: query(kind, { dryRun: false }),
        raw: file.content,
        contentType,
      });
      expect([kind, report.created, report.updated, report.faults]).toEqual([kind, 0, 0, []]);
      expect(report.unchanged).toBeGreaterThan(0);
      expect(report.missing).toEqual([]);
    }
  },
);

test('an export holds what the caller may see, masks numbers and lets no text become a formula', async () => {
  const water = await house.as('water.admin');
  const file = await runExport(water, { query: { kind: 'units', format: 'json' } });
  const { rows } = JSON.parse(file.content.toString()) as { rows: Record<string, string>[] };
  expect(rows.map(({ code }) => code)).toEqual(['EX-xlsx', 'EX-json']);
  expect(rows[0]).toMatchObject({ phone: '139****5678' });
  const codes = async (username: string, more: object = {}) => {
    const { content } = await runExport(await house.as(username), {
      query: { kind: 'objects', format: 'json', ...more },
    });
    return (JSON.parse(content.toString()) as { rows: { code: string }[] }).rows.map(({ code }) => code);
  };
  expect(await codes('village.sample')).toEqual(['K-1', 'E-2xlsx', 'E-2json']);
  expect(await codes('admin', { under: 'GAS' })).toEqual(['M-1', 'K-3', 'S-GAS']);
  expect(await codes('admin', { scenario: 'WATER' })).toEqual(['E-xlsx', 'E-json']);
  await expect(codes('auditor')).rejects.toMatchObject({ code: 'access.denied' });
  const sheet = await runExport(water, { query: { kind: 'units', format: 'xlsx' } });
  const report = await runImport(await house.as('admin'), {
    query: query('units'),
    raw: sheet.content,
    contentType: XLSX,
  });
  expect(report.columns.find(({ field }) => field === 'name')?.samples[0]).toBe("'=cmd()演示单位");
});

test('units: a full number is sealed, a masked one that is held changes nothing, another one is a fault', async () => {
  const admin = await house.as('admin');
  const headers = ['单位编码', '单位名称', '单位类型', '所属平台', '联系电话', '统一社会信用代码'];
  const row = (phone: string) => ['P-1', '某公司', '运营单位', '燃气', phone, '９1310115MA1H00000X'];
  const made = await importRows(admin, [headers, row('１３８ 0000 1234')], { dryRun: false }, 'units');
  expect(made).toMatchObject({ created: 1, faults: [] });
  const held = await sql<{
    phone_sealed: string;
    phone_masked: string;
    credit_code: string;
    scenario: number;
  }>`
    select phone_sealed, phone_masked, credit_code, scenario from unit where code = 'P-1'`.execute(
    house.db.storage.system,
  );
  expect(held.rows).toMatchObject([
    { phone_masked: '138****1234', credit_code: '91310115MA1H00000X', scenario: 5 },
  ]);
  const run = async (phone: string) => importRows(admin, [headers, row(phone)], {}, 'units');
  expect(await run('138****1234')).toMatchObject({ unchanged: 1, faults: [] });
  expect(await run('138 0000 1234')).toMatchObject({ unchanged: 1, faults: [] });
  expect((await run('139****9999')).faults).toMatchObject([{ row: 2, column: 'E', field: 'phone' }]);
  expect((await run('见通讯录')).faults).toMatchObject([{ field: 'phone' }]);
  expect(await run('13911112222')).toMatchObject({ updated: 1 });
});

test('facts of platforms come in by their code, dates in any form, and a sheet makes no platform', async () => {
  const water = await house.as('water.admin');
  const headers = ['平台编码', '责任单位', '生效日期', '失效日期'];
  const report = await importRows(
    water,
    [headers, ['WATER', '区水务事务中心', '2024年8月1日', new Date(Date.UTC(2027, 0, 1))]],
    { dryRun: false },
    'platforms',
  );
  expect(report).toMatchObject({ updated: 1, faults: [] });
  const { rows } = await sql`select unit, effective_from, effective_to, edited, edited_by from platform
    where code = 'WATER'`.execute(house.db.storage.system);
  expect(rows).toEqual([
    {
      unit: '区水务事务中心',
      effective_from: '2024-08-01',
      effective_to: '2027-01-01',
      edited: ['unit'],
      edited_by: 'water.admin',
    },
  ]);
  const bad = await importRows(
    water,
    [headers, ['FLOOD', '某', null, null], ['NEW', '某', null, null], ['WATER', null, 45505, '2024-02-30']],
    {},
    'platforms',
  );
  expect(bad.faults.map(({ row, field }) => [row, field])).toEqual([
    [2, 'code'],
    [3, 'code'],
    [4, 'effectiveTo'],
  ]);
});

const SHEET_HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>';
const cell = (at: string, text: string): string => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;
const headerRow = `<row r="1">${HEADERS.map((text, i) => cell(`${'ABCDE'[i]}1`, text)).join('')}</row>`;

const dataRow = (row: number, cells: string): string => `<row r="${row}">${cells}</row>`;
const goodCells = (row: number): string =>
  `${cell(`A${row}`, `X-${row}`)}${cell(`B${row}`, '甲')}${cell(`C${row}`, 'FLOOD')}<c r="D${row}"><v>31.2</v></c><c r="E${row}"><v>121.6</v></c>`;

test('a formula is read by its last value, and one without a value is an empty cell', async () => {
  const cells = `${cell('A2', 'F-1')}<c r="B2" t="str"><f>CONCATENATE("甲","站")</f><v>甲站</v></c>${cell('C2', 'FLOOD')}<c r="D2"><f>31+0.2</f><v>31.2</v></c><c r="E2"><f>121.6</f></c>`;
  const report = await importRaw(
    packZip(workbook(`${SHEET_HEAD}${headerRow}${dataRow(2, cells)}</sheetData></worksheet>`)),
  );
  expect(report.faults).toEqual([
    expect.objectContaining({ row: 2, field: 'lon', message: expect.stringContaining('缺') }),
  ]);
  expect(report.columns[1]?.samples).toEqual(['甲站']);
});

test('a sheet formatted down to its last row and column is read for its data only', async () => {
  const empties = Array.from({ length: 1_000_000 }, (_, i) => `<row r="${i + 3}" s="1"/>`).join('');
  const far = `<row r="1048576"><c r="XFD1048576" s="1"/></row>`;
  const sheet = `${SHEET_HEAD}${headerRow}${dataRow(2, goodCells(2))}${empties}${far}</sheetData></worksheet>`;
  const { rows } = await readXlsx(packZip(workbook(sheet)), IMPORT_ROWS);
  expect(rows).toEqual([HEADERS, ['X-2', '甲', 'FLOOD', 31.2, 121.6]]);
});

test.each([
  ['not a zip', Buffer.from('hello, this is text and no workbook at all')],
  ['nothing', Buffer.alloc(0)],
  ['an old xls', Buffer.from('d0cf11e0a1b11ae1000000000000000000000000000000000000', 'hex')],
  ['half a file', packZip(workbook(SHEET_HEAD)).subarray(0, 400)],
  ['a zip that is no workbook', packZip([['readme.xml', '<a/>']])],
  ['broken XML', packZip(workbook('<worksheet><sheetData><row r="1"><c r="A1"'))],
  [
    'entity expansion',
    packZip(
      workbook(
        `<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>${SHEET_HEAD}${headerRow}${dataRow(2, cell('A2', '&b;'))}</sheetData></worksheet>`,
      ),
    ),
  ],
  [
    'an outside entity',
    packZip(
      workbook(SHEET_HEAD, [['xl/sharedStrings.xml', '<!DOCTYPE s SYSTEM "file:///etc/passwd"><sst/>']]),
    ),
  ],
  ['a document type hidden by UTF-16', packZip(workbook(SHEET_HEAD)).fill(0, 100, 110)],
  ['a name that leads out', packZip(workbook(SHEET_HEAD, [['../../etc/cron.d/x.xml', '<a/>']]))],
  ['a name with backslashes', packZip(workbook(SHEET_HEAD, [['..\\..\\x.xml', '<a/>']]))],
  ['an absolute name', packZip(workbook(SHEET_HEAD, [['/etc/x.xml', '<a/>']]))],
  [
    'three hundred columns',
    packZip(
      workbook(
        `${SHEET_HEAD}${dataRow(1, `${cell('A1', '编码')}${cell('KN1', '末列')}`)}</sheetData></worksheet>`,
      ),
    ),
  ],
  [
    'data in the millionth row',
    packZip(
      workbook(
        `${SHEET_HEAD}${headerRow}${dataRow(1_000_000, goodCells(1_000_000))}</sheetData></worksheet>`,
      ),
    ),
  ],
  [
    'too many parts',
    packZip(
      workbook(
        SHEET_HEAD,
        Array.from({ length: 600 }, (_, i) => [`p${i}.xml`, '<a/>'] as const),
      ),
    ),
  ],
])('%s is refused with words, never a fault of ours', async (_, raw) => {
  await expect(readXlsx(raw, IMPORT_ROWS)).rejects.toMatchObject({ code: 'import.unreadable' });
});

test('what the thread that reads refuses is refused by the import in the same words', async () => {
  for (const raw of [
    Buffer.from('no workbook'),
    packZip(workbook(`${SHEET_HEAD}${headerRow}</sheetData></worksheet>`)),
    Buffer.alloc(0),
  ]) {
    await expect(importRaw(raw)).rejects.toMatchObject({
      code: 'import.unreadable',
      details: { reason: expect.stringMatching(/[\u4E00-\u9FFF]/u) },
    });
  }
});

test.each([
  ['tags that are opened and never closed', '<c '.repeat(2_000_000)],
  ['rows within rows', '<row>'.repeat(500_000)],
])('a sheet of %s costs no square of its length', async (_, content) => {
  const sheet = `${SHEET_HEAD}${content}`;
  await expect(readXlsx(packZip(workbook(sheet)), IMPORT_ROWS)).rejects.toMatchObject({
    code: 'import.unreadable',
  });
});

test('a zip bomb is put down at its bound, whatever it says of its size', async () => {
  const raw = zipBomb(150);
  expect(raw.length).toBeLessThan(200_000);
  await expect(readXlsx(raw, IMPORT_ROWS)).rejects.toMatchObject({
    code: 'import.unreadable',
    details: { reason: expect.stringContaining('64 MB') },
  });
});

test.each([
  ['no JSON', '{"rows": ['],
  ['a text', '"x"'],
  ['null', 'null'],
  ['rows that are no list', '{"rows": {"0": {}}}'],
  ['a row that is no object', '[[1, 2]]'],
  ['no rows', '[]'],
  [
    'three hundred fields',
    JSON.stringify([Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`f${i}`, 1]))]),
  ],
])('JSON: %s is refused with words', async (_, text) => {
  await expect(importJson(await house.as('admin'), 'objects', text)).rejects.toMatchObject({
    code: 'import.unreadable',
  });
});

test('JSON: texts that no table holds, and prototypes, are faults or nothing', async () => {
  const admin = await house.as('admin');
  const good = { name: '甲', scenarios: 'FLOOD', lat: 31.2, lon: 121.6 };
  const rows = [
    { code: 'J-1', ...good, name: 'a\u0000b' },
    { code: 'J-2', ...good, name: 'a\uD800b' },
    { code: 'J-3', ...good, scenarios: '__proto__' },
    { code: 'constructor', ...good },
    { code: 'J-5', ...good, lat: 1e308 },
    { code: 'J-6', ...good, lat: { $gt: 0 } },
    { code: "J-7'; drop table unit; --", ...good },
    { code: 'J-8', ...good, name: '长'.repeat(201) },
    // What has a name is read by it only where the name is a text.
    { code: 'J-9', ...good, name: { name: { toString: 1, valueOf: 2 } } },
    { code: 'J-10', ...good, name: { name: null } },
  ];
  const report = await importJson(admin, 'objects', rows);
  expect(report.faults.map(({ row, field }) => [row, field])).toEqual([
    [2, 'name'],
    [3, 'name'],
    [4, 'scenarios'],
    [6, 'lat'],
    [7, 'lat'],
    [9, 'name'],
    [10, 'name'],
    [11, 'name'],
  ]);
  expect(report.created).toBe(2);
  // Whatever a report repeats can be sent.
  expect(JSON.stringify(report).isWellFormed()).toBe(true);
});

test('more rows than an import takes are refused before anything is looked up', async () => {
  const admin = await house.as('admin');
  const rows = Array.from({ length: 20_001 }, (_, i) => ({ code: `L-${i}` }));
  await expect(importJson(admin, 'objects', rows)).rejects.toMatchObject({ code: 'import.unreadable' });
});
