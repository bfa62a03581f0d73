// The base ledger: what should be watched, from a sheet or by hand, and how it finds what is registered.
import path from 'node:path';

import { runImport } from '#services/platform';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { registerObject } from '../object/register-object.ts';
import { runExport } from '../organisation/run-export.ts';
import { type House, openHouse } from '../testing.ts';
import { followLedger } from './link-ledger.ts';
import { listLedger } from './list-ledger.ts';
import { loadObjectKinds } from './load-object-kinds.ts';
import { createObjectKind, listObjectKinds, updateObjectKind } from './object-kinds.ts';
import { createLedgerEntry, removeLedgerEntry, updateLedgerEntry } from './write-entry.ts';

const KINDS = path.resolve('standards/ledger/object-kinds.json');
/** 张江 and 川沙. */
const ZHANGJIANG = '310115125';
const CHUANSHA = '310115103';
const SOURCE = { source: '区防汛办 2026 年度台账', asOf: '2026-10-31' };

let house: House;
beforeAll(async () => {
  house = await openHouse();
  await loadObjectKinds(house.system, KINDS);
  await sql`insert into standard_version (scenario, version, document, published_at, effective_from) values (1, '1', '{}', now(), 'epoch')`.execute(
    house.db.storage.system,
  );
  await sql`insert into element (code, standard_id, scenario, name, unit, period_seconds, sensing, is_key, body)
    values ('FLOOD.UNDERPASS', 1, 1, '下立交积水深度', 'cm', 300, 'iot', true, '{}')`.execute(
    house.db.storage.system,
  );
});
afterAll(() => house.db.drop());

async function importRows(username: string, rows: readonly object[], dryRun: boolean) {
  const query = { kind: 'ledger' as const, dryRun, datum: 'WGS84' as const };
  const raw = Buffer.from(JSON.stringify(rows));
  return runImport(await house.as(username), { query, raw, contentType: 'application/json' });
}

const listed = async (username: string, query: object = {}) =>
  (await listLedger(await house.as(username), { query: { limit: 500, ...query } })).items;

const line = (more: object) => ({
  类别: '下立交',
  所属街镇: '张江镇',
  数据来源: SOURCE.source,
  截至: SOURCE.asOf,
  ...more,
});

test('a dry run lists every fault of every row in Chinese and writes nothing', async () => {
  const report = await importRows(
    'flood.admin',
    [
      line({ 数量: '12 处' }),
      line({ 类别: '没有的类别', 数量: 1 }),
      line({ 所属街镇: '没有镇', 数量: 3 }),
      line({ 数量: 13 }),
      line({ 数量: 2, 名称: '金科路下立交' }),
      line({ 名称: '龙东大道下立交', 监测对象编码: 'NOBODY' }),
      line({ 类别: 'GAS.K01', 数量: 3 }),
      { 类别: '下立交', 街镇: '张江镇', 数量: -1 },
      { 类别: '下立交', 所属街镇: '川沙新镇', 数量: 4 },
    ],
    true,
  );
  expect(report.faults.map(({ row, field, message }) => `${row} ${field} ${message}`)).toEqual([
    expect.stringContaining('3 kind 没有这类对象“没有的类别”'),
    expect.stringContaining('4 town 没有这个街镇'),
    expect.stringContaining('5 kind 与第 2 行是同一条'),
    expect.stringContaining('6 quantity 写了名称的一行是一个对象'),
    expect.stringContaining('7 object 没有这个监测对象'),
    expect.stringContaining('8 town 不在您的管辖范围内'),
    expect.stringContaining('9 quantity 须是不小于 0 的整数'),
    expect.stringContaining('10 source 缺来源'),
    expect.stringContaining('10 asOf 缺截至日期'),
  ]);
  expect(report.created).toBe(1);
  expect(await listed('flood.admin')).toEqual([]);
});

test('a clean sheet is taken in whole; sent again nothing changes; another number is a change with its audit', async () => {
  const rows = [line({ 数量: 12 }), line({ 名称: '金科路下立交' }), line({ 所属街镇: CHUANSHA, 数量: 7 })];
  expect(await importRows('flood.admin', rows, false)).toMatchObject({
    created: 3,
    updated: 0,
    unchanged: 0,
  });
  expect(await importRows('flood.admin', rows, false)).toMatchObject({
    created: 0,
    updated: 0,
    unchanged: 3,
  });
  const next = [line({ 数量: 13 }), ...rows.slice(1)];
  expect(await importRows('flood.admin', next, false)).toMatchObject({ updated: 1, unchanged: 2 });
  expect(
    (await listed('flood.admin')).map(({ townName, name, quantity }) => [townName, name, quantity]),
  ).toEqual([
    ['张江镇', null, 13],
    ['张江镇', '金科路下立交', 1],
    ['川沙新镇', null, 7],
  ]);
  const { rows: trail } = await sql<{ action: string; actor: string; before: number; after: number }>`
    select action, actor, (before->>'quantity')::int as before, (after->>'quantity')::int as after from audit
    where action = 'ledger.update'`.execute(house.db.storage.system);
  expect(trail).toEqual([{ action: 'ledger.update', actor: 'flood.admin', before: 12, after: 13 }]);
});

test('what is exported can be imported as it is', async () => {
  const query = { kind: 'ledger' as const, format: 'json' as const, scenario: 'FLOOD' };
  const { content } = await runExport(await house.as('flood.admin'), { query });
  const { rows } = JSON.parse(content.toString()) as { rows: object[] };
  expect(rows).toHaveLength(3);
  expect(await importRows('flood.admin', rows, true)).toMatchObject({ unchanged: 3, faults: [] });
});

test('a town sees its own lines, another scenario none', async () => {
  expect((await listed('district')).length).toBe(3);
  expect(await listed('gas.admin')).toEqual([]);
  expect((await listed('district', { under: ZHANGJIANG })).map(({ town }) => town)).toEqual([
    ZHANGJIANG,
    ZHANGJIANG,
  ]);
});

test('a named line finds the object of that name once it is registered, and only one of the same town and scenario', async () => {
  const body = {
    name: '金科路下立交',
    scenarios: ['FLOOD'],
    lat: 31.2,
    lon: 121.6,
    simulated: false,
  };
  await registerObject(await house.as('district'), {
    body: { ...body, code: 'GAS-1', scenarios: ['GAS'], town: ZHANGJIANG },
  });
  await registerObject(await house.as('district'), { body: { ...body, code: 'U-2', town: CHUANSHA } });
  const event = {
    type: 'object.changed',
    at: house.now,
    seq: 1,
    place: null,
    scenario: null,
    payload: { id: 0 },
  };
  await house.system.transaction((tx) => followLedger(tx, [event], house.now));
  expect((await listed('flood.admin', { registered: true })).length).toBe(0);

  await registerObject(await house.as('flood.admin'), { body: { ...body, code: 'U-1', town: ZHANGJIANG } });
  await house.system.transaction((tx) => followLedger(tx, [event], house.now));
  expect(await listed('flood.admin', { registered: true })).toMatchObject([{ object: { code: 'U-1' } }]);
  expect(await listed('flood.admin', { registered: false })).toEqual([]);
  const { rows } = await sql<{ actor: string }>`select actor from audit where action = 'ledger.link'`.execute(
    house.db.storage.system,
  );
  expect(rows).toEqual([{ actor: 'rule:link-ledger' }]);
});

test('by hand: entered once, changed against what was seen, taken out with a reason', async () => {
  const admin = await house.as('flood.admin');
  const body = { kind: 'FLOOD.K10', town: CHUANSHA, quantity: 5, note: null, ...SOURCE };
  const made = await createLedgerEntry(admin, { body });
  expect(made).toMatchObject({ kindName: '防汛泵站', quantity: 5, editedBy: 'flood.admin' });
  await expect(createLedgerEntry(admin, { body })).rejects.toMatchObject({ code: 'record.exists' });
  await expect(
    createLedgerEntry(await house.as('gas.admin'), { body: { ...body, town: ZHANGJIANG } }),
  ).rejects.toMatchObject({ code: 'access.denied' });
  const params = { id: made.id };
  const more = { quantity: 6, note: null, ...SOURCE };
  expect(await updateLedgerEntry(admin, { params, body: { ...more, version: made.version } })).toMatchObject({
    quantity: 6,
    version: made.version + 1,
  });
  await expect(
    updateLedgerEntry(admin, { params, body: { ...more, version: made.version } }),
  ).rejects.toMatchObject({ code: 'record.changed' });
  const query = { version: made.version + 1, reason: '泵站已拆除' };
  await expect(removeLedgerEntry(await house.as('gas.admin'), { params, query })).rejects.toMatchObject({
    code: 'record.not-found',
  });
  await removeLedgerEntry(admin, { params, query });
  expect(await listed('flood.admin', { kind: 'FLOOD.K10' })).toEqual([]);
});

test('kinds are law for all to read; people change those of their scenario, and the file leaves them alone then', async () => {
  const { items } = await listObjectKinds(await house.as('gas.admin'), {
    query: { limit: 500, scenario: 'FLOOD' },
  });
  const kind = items.find(({ name }) => name === '下立交');
  if (!kind) throw new Error('no kind');
  expect(kind.allowedActions).toEqual([]);
  const body = {
    version: kind.version,
    name: '下立交',
    elements: ['FLOOD.UNDERPASS'],
    basis: '本区下立交未装人员识别',
  };
  const params = { id: kind.id };
  await expect(updateObjectKind(await house.as('gas.admin'), { params, body })).rejects.toMatchObject({
    code: 'access.denied',
  });
  const admin = await house.as('flood.admin');
  await expect(
    updateObjectKind(admin, { params, body: { ...body, elements: ['FLOOD.NOTHING'] } }),
  ).rejects.toMatchObject({ code: 'input.invalid' });
  await updateObjectKind(admin, { params, body });
  await loadObjectKinds(house.system, KINDS);
  const after = await listObjectKinds(admin, { query: { limit: 500, scenario: 'FLOOD' } });
  expect(after.items.find(({ id }) => id === kind.id)).toMatchObject({
    elements: [{ code: 'FLOOD.UNDERPASS', name: '下立交积水深度' }],
    editedBy: 'flood.admin',
  });
  const added = { scenario: 'FLOOD', name: '水闸', elements: ['FLOOD.UNDERPASS'], basis: '本区新增类别' };
  expect(await createObjectKind(admin, { body: added })).toMatchObject({ code: 'FLOOD.K12' });
  await expect(createObjectKind(admin, { body: added })).rejects.toMatchObject({ code: 'record.exists' });
});
