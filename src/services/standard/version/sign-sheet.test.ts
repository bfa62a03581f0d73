// The sign table of a draft goes out as a sheet, is edited there, and comes back whole or not at all.

import type { StandardDraftDetail } from '#contract/standard';
import type { RequestContext } from '#services/context';
import { readSheet, writeSheet } from '#services/platform';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { type House, openHouse } from '../../platform/testing.ts';
import { createDraft, exportSigns, getDraft, importSigns, submitDraft } from '../index.ts';
import { readSignRows } from './read-sign-rows.ts';
import type { SheetCell } from './sign-table.ts';

let house: House;
let admin: RequestContext;
let draft: StandardDraftDetail;
let table: SheetCell[][];
beforeAll(async () => {
  house = await openHouse('standard');
  admin = await house.as('flood.admin');
  draft = await createDraft(admin, { body: { scenario: 'FLOOD', reason: '限值按修订后的规范调整' } });
  table = await exported(draft.id);
});
afterAll(() => house.db.drop());

async function exported(id: number): Promise<SheetCell[][]> {
  const { name, content } = await exportSigns(admin, writeSheet, id);
  expect(name).toBe('防汛防台 2026.1 预警体征.xlsx');
  const { rows } = await readSheet({ raw: content, most: 2000, wanted: undefined });
  return rows.map((row) => [...row]);
}

/** The table with other cells: by code and header. */
function edited(
  changes: readonly (readonly [code: string, header: string, value: SheetCell])[],
): SheetCell[][] {
  const rows = table.map((row) => [...row]);
  for (const [code, header, value] of changes) {
    const row = rows.find(([first]) => first === code);
    row![table[0]!.indexOf(header)] = value;
  }
  return rows;
}

async function back(rows: SheetCell[][], dryRun: boolean, version = draft.version) {
  const [header = [], ...below] = rows as (string | number | null)[][];
  const raw = await writeSheet({ name: '预警体征', header: header.map(String), rows: below });
  return importSigns(admin, readSheet, { params: { id: draft.id }, query: { version, dryRun }, raw });
}

test('a table that was not touched changes nothing, in every scenario', async () => {
  const read = await back(table, false);
  expect(read).toEqual({
    dryRun: false,
    rows: draft.document.signs.length,
    faults: [],
    changes: [],
    version: draft.version,
  });
  const district = await house.as('district');
  for (const scenario of ['HAZCHEM', 'WATER', 'MET']) {
    const other = await createDraft(district, { body: { scenario, reason: '限值按修订后的规范调整' } });
    const { content } = await exportSigns(district, writeSheet, other.id);
    const { rows } = await readSheet({ raw: content, most: 2000, wanted: undefined });
    const { signs, faults } = readSignRows(rows, other.document.signs);
    expect(faults).toEqual([]);
    expect(signs).toEqual(other.document.signs);
  }
});

const CHANGES = [
  ['FLOOD.S06', '橙色限值', 20],
  ['FLOOD.S06', '橙色对象可设下端', 16],
  ['FLOOD.S06', '橙色对象可设上端', 30],
  ['FLOOD.S06', '蓝色限值', null],
  ['FLOOD.S06', '蓝色持续（秒）', null],
  ['FLOOD.S05', '红色限值', 'FLOOD.G_STAGE × 1.1 - 0.2'],
  ['FLOOD.S05', '依据备注', '=1+1'],
] as const;

test('a dry run tells every change and saves nothing; the run itself saves them all', async () => {
  const dry = await back(edited(CHANGES), true);
  expect(dry.changes.map(({ code, field }) => `${code} ${field}`)).toEqual(
    expect.arrayContaining([
      'FLOOD.S06 levels.orange.limit',
      'FLOOD.S06 levels.blue.limit',
      'FLOOD.S05 levels.red.limit',
      'FLOOD.S05 basis',
    ]),
  );
  expect((await getDraft(admin, draft.id)).document).toEqual(draft.document);
  const { version } = await back(edited(CHANGES), false);
  expect(version).toBe(draft.version + 1);
  const { document } = await getDraft(admin, draft.id);
  const [river, underpass] = ['FLOOD.S05', 'FLOOD.S06'].map((code) =>
    document.signs.find((sign) => sign.code === code),
  );
  expect(underpass?.levels.orange).toMatchObject({ limit: 20, own: { from: 16, to: 30 } });
  expect(underpass?.levels.blue).toBeUndefined();
  expect(river?.levels.red?.limit).toEqual({ parameter: 'FLOOD.G_STAGE', times: 1.1, plus: -0.2 });
  expect(river?.basis.note).toBe('=1+1');
  // What was written comes out again as it went in.
  expect(readSignRows(await exported(draft.id), document.signs)).toMatchObject({
    signs: document.signs,
    faults: [],
  });
  await expect(back(table, false)).rejects.toMatchObject({ code: 'record.changed' });
});

test('every fault is told with its row and column, and nothing is saved while there is one', async () => {
  const { version, document } = await getDraft(admin, draft.id);
  const faulty = edited([
    ['FLOOD.S05', '体征名称', ''],
    ['FLOOD.S05', '黄色限值', '很高'],
    ['FLOOD.S06', '回差', -1],
    ['FLOOD.S06', '红色对象可设上端', 50],
    ['FLOOD.S06', '恢复延时（秒）', 1.5],
    ['FLOOD.S06', '依据标签', 'X'],
    ['FLOOD.S06', '已核实', '也许'],
    ['FLOOD.S06', '蓝色限值', null],
    ['FLOOD.S06', '依据文件', '长'.repeat(2001)],
  ]);
  faulty.push(['FLOOD.S06', null], ['FLOOD.S77', null]);
  const { faults } = await back(faulty, true, version);
  const last = faulty.length;
  expect(faults.map(({ row, column }) => [row, column])).toEqual(
    expect.arrayContaining([
      [expect.any(Number), '体征名称'],
      [expect.any(Number), '黄色限值'],
      [expect.any(Number), '回差'],
      [expect.any(Number), '红色对象可设上端'],
      [expect.any(Number), '恢复延时（秒）'],
      [expect.any(Number), '依据标签'],
      [expect.any(Number), '已核实'],
      [expect.any(Number), '蓝色持续（秒）'],
      [expect.any(Number), '依据文件'],
      [last - 1, '体征编码'],
      [last, '体征编码'],
    ]),
  );
  await expect(back(faulty, false, version)).rejects.toMatchObject({
    code: 'import.faulty',
    details: { count: faults.length },
  });
  expect((await getDraft(admin, draft.id)).document).toEqual(document);
  const { faults: headless } = await back([['名称'], ['x']], true, version);
  expect(headless).toMatchObject([{ column: '体征编码', message: expect.stringContaining('作模板') }]);
});

test('what is no workbook, and a draft out of reach or waiting for review, is refused', async () => {
  const { version } = await getDraft(admin, draft.id);
  const asked = { params: { id: draft.id }, query: { version, dryRun: false }, raw: Buffer.from('PK') };
  await expect(importSigns(admin, readSheet, asked)).rejects.toMatchObject({ code: 'import.unreadable' });
  const gas = await house.as('gas.admin');
  await expect(importSigns(gas, readSheet, asked)).rejects.toMatchObject({ code: 'record.not-found' });
  await expect(exportSigns(gas, writeSheet, draft.id)).rejects.toMatchObject({ code: 'record.not-found' });
  const fresh = await createDraft(admin, { body: { scenario: 'FLOOD', reason: '限值按修订后的规范调整' } });
  const submitted = await submitDraft(admin, { params: { id: fresh.id }, body: { version: fresh.version } });
  const late = { ...asked, params: { id: fresh.id }, query: { version: submitted.version, dryRun: false } };
  await expect(importSigns(admin, readSheet, late)).rejects.toMatchObject({
    code: 'standard.illegal-action',
  });
});
