// Who may tell that one object leans on another, by hand and by sheet, and who sees it.
import type { Scope } from '#model/platform';
import { RequestContext } from '#services/context';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { type TestDatabase, testDatabase } from '../../../storage/testing.ts';
import { personWith, TEST_VAULT } from '../../context/testing.ts';
import { runImport } from '../organisation/run-import.ts';
import { listDependencies } from './list-dependencies.ts';
import { createDependency, deleteDependency, updateDependency } from './write-dependency.ts';

const NOW = Date.UTC(2026, 10, 30, 4);
const POWER: Scope = { places: [], scenarios: [15] };
const FLOOD: Scope = { places: [], scenarios: [1] };
const LIFT: Scope = { places: [], scenarios: [14] };

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
  await sql`insert into monitored_object (code, name, scenarios, place, place_approximate, lat, lon) values
    ('BDZ', '世博变电站', '{15}', 100, true, 31.2, 121.5), ('BZ', '白莲泾泵站', '{1}', 100, true, 31.2, 121.5),
    ('BZ2', '张家浜泵站', '{1}', 100, true, 31.2, 121.5), ('DT', '某小区电梯', '{14}', 100, true, 31.2, 121.5)`.execute(
    db.storage.system,
  );
});
afterAll(() => db.drop());

function person(scope: Scope): RequestContext {
  const ground = { storage: db.storage, clock: { now: () => NOW }, poke: () => undefined, vault: TEST_VAULT };
  return new RequestContext(ground, personWith({ roles: ['business-admin'], scope }));
}
const FACTS = { kind: 'power', leadMinutes: null, reason: null, basis: '供电图', validTo: null } as const;

test('whoever keeps one end tells it, sees the other by name, changes it and takes it away; a third sees nothing', async () => {
  const made = await createDependency(person(POWER), { body: { ...FACTS, from: 'BDZ', to: 'BZ' } });
  expect(made).toMatchObject({ from: { name: '世博变电站' }, to: { name: '白莲泾泵站' }, source: 'person' });
  await expect(
    createDependency(person(FLOOD), { body: { ...FACTS, from: 'BDZ', to: 'BZ' } }),
  ).rejects.toMatchObject({ code: 'record.exists' });
  const { items } = await listDependencies(person(FLOOD), { query: { limit: 50 } });
  expect(items).toMatchObject([{ id: made.id, from: { code: 'BDZ' }, allowedActions: ['edit', 'delete'] }]);
  expect((await listDependencies(person(LIFT), { query: { limit: 50 } })).items).toEqual([]);
  const body = { ...FACTS, leadMinutes: 2, version: made.version };
  expect(await updateDependency(person(FLOOD), { params: made, body })).toMatchObject({
    leadMinutes: 2,
    version: 2,
  });
  await expect(updateDependency(person(FLOOD), { params: made, body })).rejects.toMatchObject({
    code: 'record.changed',
  });
  await expect(deleteDependency(person(LIFT), { params: made })).rejects.toMatchObject({
    code: 'record.not-found',
  });
  await deleteDependency(person(POWER), { params: made });
  expect((await listDependencies(person(FLOOD), { query: { limit: 50 } })).items).toEqual([]);
  const { rows } = await sql<{ action: string }>`select action from audit order by id`.execute(
    db.storage.system,
  );
  expect(rows.map(({ action }) => action)).toEqual([
    'dependency.create',
    'dependency.update',
    'dependency.delete',
  ]);
});

test('two ends of which one keeps neither are refused, and so is an object that leans on itself', async () => {
  await expect(
    createDependency(person(LIFT), { body: { ...FACTS, from: 'BDZ', to: 'BZ' } }),
  ).rejects.toMatchObject({ code: 'access.denied' });
  await expect(
    createDependency(person(POWER), { body: { ...FACTS, from: 'BDZ', to: 'BDZ' } }),
  ).rejects.toMatchObject({ code: 'input.invalid' });
});

const CSV = `被依赖对象编码,依赖对象编码,依赖种类,提前量（分钟）,原因,依据
BDZ,BZ,供电,0,,供电图
BDZ,BZ2,供电,5,双电源切换,供电图
`;
const FAULTY = `${CSV}BDZ,BDZ,供电,,,供电图
BDZ,XX,供水管,,,供电图
BDZ,BZ,供电,,,供电图
`;

async function bring(text: string, dryRun: boolean) {
  const query = { kind: 'dependencies', dryRun, datum: 'WGS84' } as const;
  return runImport(person(POWER), { query, raw: Buffer.from(text), contentType: 'text/csv' });
}

test('a sheet is tried first: every fault by its row; without one it is taken whole, and a second time nothing changes', async () => {
  const tried = await bring(FAULTY, true);
  expect(tried.faults.map(({ row, message }) => `${row} ${message}`)).toEqual([
    '4 对象不能依赖自己',
    '5 没有这个监测对象，请先登记',
    expect.stringContaining('5 没有这种依赖，可用：供电、'),
    '6 与第 2 行是同一条，请只留一行',
  ]);
  expect(await bring(CSV, true)).toMatchObject({ created: 2, faults: [] });
  expect((await listDependencies(person(FLOOD), { query: { limit: 50 } })).items).toEqual([]);
  await bring(CSV, false);
  expect(
    (await listDependencies(person(FLOOD), { query: { limit: 50, search: '张家浜' } })).items,
  ).toMatchObject([{ to: { name: '张家浜泵站' }, leadMinutes: 5, reason: '双电源切换', source: 'import' }]);
  expect(await bring(CSV, true)).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
});
