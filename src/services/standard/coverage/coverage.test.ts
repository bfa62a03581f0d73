// From what should be watched to somebody who acts: every step counted, listed, planned for, and closed when it is mended.
import path from 'node:path';

import { createLedgerEntry, loadObjectKinds, registerObject, updateObject } from '#services/platform';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { type House, MINUTE, openHouse } from '../../platform/testing.ts';
import { exportCoverage } from './export-coverage.ts';
import { getCoverage } from './get-coverage.ts';
import { listLacks } from './list-lacks.ts';
import { listPlans } from './list-plans.ts';
import { takeCoverage } from './take-coverage.ts';
import { createPlan, updatePlan, withdrawPlan } from './write-plan.ts';

const ZHANGJIANG = '310115125';
const CHUANSHA = '310115103';
const VILLAGE = '310115125001';
const LEDGER = { source: '区防汛办 2026 年度台账', asOf: '2026-10-31', note: null };

let house: House;
const ids = new Map<string, number>();
beforeAll(async () => {
  house = await openHouse('standard');
  await loadObjectKinds(house.system, path.resolve('standards/ledger/object-kinds.json'));
  const admin = await house.as('district');
  const object = async (code: string, where: object, scenarios = ['FLOOD']) => {
    const body = { code, name: code, scenarios, lat: 31.2, lon: 121.6, simulated: false, ...where };
    ids.set(code, (await registerObject(admin, { body })).id);
  };
  await object('下立交一', { town: ZHANGJIANG });
  await object('下立交二', { village: VILLAGE });
  await object('水位站', { town: CHUANSHA });
  await object('不明设施', { town: ZHANGJIANG });
  await object('燃气站', { town: ZHANGJIANG }, ['GAS']);
  await point('U1', '下立交一', 'FLOOD.UNDERPASS', { heard: 2 * MINUTE });
  await point('U1T', '下立交一', 'FLOOD.TRAPPED', { heard: 900 * MINUTE });
  await point('U2', '下立交二', 'FLOOD.UNDERPASS', { heard: 40 * MINUTE });
  await point('R1', '水位站', 'FLOOD.RIVER', { heard: 2 * MINUTE });
  await point('G1', '燃气站', 'GAS.STATION', {});
});
afterAll(() => house.db.drop());

async function point(code: string, object: string, element: string, { heard }: { readonly heard?: number }) {
  const { rows } = await sql<{ id: number }>`
    insert into point (code, object_id, element_code, place, scenarios, simulated, device_id)
    select ${code}, id, ${element}, place, scenarios, false, null from monitored_object where id = ${ids.get(object) ?? 0}
    returning id`.execute(house.db.storage.system);
  if (heard !== undefined) await hear(rows[0]?.id ?? 0, house.now - heard);
}

const hear = (id: number, at: number, rhythm = 0) =>
  sql`insert into point_state (point_id, observed_at, value, quality, interval_ms) values (${id}, ${new Date(at)}, 1, 0, ${rhythm})
    on conflict (point_id) do update set observed_at = excluded.observed_at, interval_ms = excluded.interval_ms`.execute(
    house.db.storage.system,
  );

type Gap = Parameters<typeof listLacks>[1]['query']['gap'];

async function lacking(username: string, gap: Gap, more: object = {}) {
  const { items } = await listLacks(await house.as(username), { query: { gap, limit: 50, ...more } });
  return items.map(({ object, ledger, missing }) => [
    object?.name ?? ledger?.name ?? ledger?.missing,
    ...missing.map(({ name }) => name),
  ]);
}

const total = async (username: string, query: object = {}) =>
  (await getCoverage(await house.as(username), { query })).total;

test('each object × mandatory element is covered, blind or dead, by the kind its points tell', async () => {
  await takeCoverage(house.system);
  expect(await lacking('flood.admin', 'blind')).toEqual([['下立交二', '下立交人员被困']]);
  // 五分钟周期的要素 40 分钟没有数据；事件类要素说过一次即算在线。
  expect(await lacking('flood.admin', 'dead')).toEqual([['下立交二', '下立交积水深度']]);
  expect(await lacking('flood.admin', 'unclassified')).toEqual([['不明设施']]);
  expect(await total('flood.admin')).toMatchObject({
    should: null,
    registered: 4,
    covered: 2,
    rate: 0.5,
    elementRate: 0.6,
    elements: 5,
    blind: 1,
    dead: 1,
    lacking: { unregistered: 0, unclassified: 1, blind: 1, dead: 1 },
  });
});

test('lacks are asked for by what is in view, with the place of each object; what is not registered has none', async () => {
  const around = { west: 121.5, south: 31.1, east: 121.7, north: 31.3 };
  const { items } = await listLacks(await house.as('flood.admin'), {
    query: { gap: 'dead', limit: 50, ...around },
  });
  expect(items.map(({ object }) => [object?.name, object?.lat, object?.lon])).toEqual([
    ['下立交二', 31.2, 121.6],
  ]);
  expect(await lacking('flood.admin', 'dead', { ...around, east: 121.59 })).toEqual([]);
  expect(await lacking('flood.admin', 'unclassified', { south: 31.21 })).toEqual([]);
  await expect(lacking('flood.admin', 'dead', { west: 122, east: 121 })).rejects.toMatchObject({
    code: 'input.invalid',
  });
  await expect(lacking('flood.admin', 'unregistered', around)).rejects.toMatchObject({
    code: 'input.invalid',
  });
});

test('a slow gauge is alive as long as its own rhythm allows', async () => {
  const { rows } = await sql<{ id: number }>`select id from point where code = 'U2'`.execute(
    house.db.storage.system,
  );
  await hear(rows[0]?.id ?? 0, house.now - 40 * MINUTE, 60 * MINUTE);
  expect((await takeCoverage(house.system)).changed).toBe(1);
  expect(await lacking('flood.admin', 'dead')).toEqual([]);
  await hear(rows[0]?.id ?? 0, house.now - 40 * MINUTE);
  await takeCoverage(house.system);
});

test('a sign without its parameter is counted as off, and no longer once it is set', async () => {
  expect(await lacking('flood.admin', 'sign-off')).toEqual([['水位站', '内河水位']]);
  const id = ids.get('水位站') ?? 0;
  const parameters = { 'FLOOD.W_STAGE': 3.3, 'FLOOD.G_STAGE': 3.6 };
  const { rows } = await sql<{
    version: number;
  }>`select version from monitored_object where id = ${id}`.execute(house.db.storage.system);
  const body = { version: rows[0]?.version ?? 0, parameters };
  await updateObject(await house.as('flood.admin'), { params: { id }, body });
  await takeCoverage(house.system);
  expect(await lacking('flood.admin', 'sign-off')).toEqual([]);
});

test('an item whose handbook names a role that nobody holds any more is told with the role', async () => {
  expect(await lacking('flood.admin', 'post')).toEqual([]);
  const handlers = sql`update role_assignment r set valid_to = ${new Date(house.now - MINUTE)} from platform p
    where p.id = r.platform_id and p.code = 'FLOOD' and r.role = 'handler'`;
  await handlers.execute(house.db.storage.system);
  await takeCoverage(house.system);
  const { items } = await listLacks(await house.as('flood.admin'), { query: { gap: 'post', limit: 50 } });
  expect(items.map(({ object, posts }) => [object?.name, posts])).toEqual([
    ['下立交一', ['处置人员离岗']],
    ['下立交二', ['处置人员离岗']],
    ['水位站', ['处置人员离岗']],
  ]);
  // The town sees which items, not whose people they are.
  const town = await listLacks(await house.as('town.zhangjiang'), { query: { gap: 'post', limit: 50 } });
  expect(town.items.map(({ object, posts }) => [object?.name, posts])).toEqual([
    ['下立交一', []],
    ['下立交二', []],
  ]);
});

test('the ledger tells how many are not registered yet, and a name is missing until it is', async () => {
  const admin = await house.as('flood.admin');
  const figure = { kind: 'FLOOD.K05', town: ZHANGJIANG, quantity: 5, ...LEDGER };
  await createLedgerEntry(admin, { body: figure });
  await createLedgerEntry(admin, { body: { ...figure, quantity: 1, name: '金科路下立交' } });
  await createLedgerEntry(admin, { body: { ...figure, quantity: 1, name: '下立交一' } });
  expect(await total('flood.admin')).toMatchObject({ should: 5, lacking: { unregistered: 3 } });
  expect(await lacking('flood.admin', 'unregistered')).toEqual([[2], ['金科路下立交']]);
  const body = {
    code: 'JK',
    name: '金科路下立交',
    scenarios: ['FLOOD'],
    lat: 31.2,
    lon: 121.6,
    simulated: false,
  };
  ids.set('JK', (await registerObject(admin, { body: { ...body, town: ZHANGJIANG } })).id);
  await sql`update ledger_entry set object_id = ${ids.get('JK') ?? 0} where name = '金科路下立交'`.execute(
    house.db.storage.system,
  );
  await takeCoverage(house.system);
  // It has no point yet; the ledger says what it is, so both its elements are blind.
  expect(await lacking('flood.admin', 'blind')).toEqual([
    ['下立交二', '下立交人员被困'],
    ['金科路下立交', '下立交人员被困', '下立交积水深度'],
  ]);
  expect(await lacking('flood.admin', 'unregistered')).toEqual([[2]]);
});

test('by scenario, town, village and kind, each in its own scope', async () => {
  const all = await getCoverage(await house.as('district'), { query: {} });
  expect(all.scenarios.map(({ scenario, registered }) => [scenario, registered])).toEqual([
    ['FLOOD', 5],
    ['GAS', 1],
  ]);
  expect(all.cells.map(({ scenario, town, registered }) => [scenario, town, registered])).toEqual([
    ['FLOOD', CHUANSHA, 1],
    ['FLOOD', ZHANGJIANG, 4],
    ['GAS', ZHANGJIANG, 1],
  ]);
  const flood = await getCoverage(await house.as('flood.admin'), {
    query: { scenario: 'FLOOD', town: ZHANGJIANG },
  });
  expect(flood.villages.map(({ name, registered }) => [name, registered])).toEqual([
    ['未分居村', 3],
    [expect.any(String), 1],
  ]);
  expect(flood.kinds.map(({ name, registered }) => [name, registered])).toEqual([
    ['未归类', 1],
    ['下立交', 3],
  ]);
  expect((await total('gas.admin')).registered).toBe(1);
  expect((await total('town.zhangjiang')).registered).toBe(5);
  expect((await total('district', { under: 'FLOOD' })).registered).toBe(5);
  expect((await total('district', { under: CHUANSHA })).registered).toBe(1);
});

test('a dated plan stands beside its gap, is overdue the day after, and is met by itself when the gap is closed', async () => {
  const admin = await house.as('flood.admin');
  const object = '下立交二';
  const facts = { what: '加装人员识别摄像机', who: '区城运中心技术科', dueOn: '2026-11-30' };
  const body = { gap: 'blind' as const, scenario: 'FLOOD', object, code: 'FLOOD.TRAPPED', ...facts };
  const made = await createPlan(admin, { body });
  await expect(createPlan(admin, { body })).rejects.toMatchObject({ code: 'record.exists' });
  await expect(createPlan(admin, { body: { ...body, dueOn: '2026-11-01' } })).rejects.toMatchObject({
    code: 'input.invalid',
  });
  const abroad = { ...body, object: '燃气站' };
  await expect(createPlan(admin, { body: abroad })).rejects.toMatchObject({ code: 'record.not-found' });
  const changed = { params: { id: made.id }, body: { version: 1, ...facts, dueOn: '2026-11-22' } };
  expect(await updatePlan(admin, changed)).toMatchObject({ dueOn: '2026-11-22', state: 'open', version: 2 });
  await expect(updatePlan(await house.as('gas.admin'), changed)).rejects.toMatchObject({
    code: 'record.not-found',
  });

  const before = house.now;
  house.now += 3 * 1440 * MINUTE;
  const { plans } = await getCoverage(await house.as('flood.admin'), { query: {} });
  expect(plans).toEqual({ open: 1, overdue: 1 });
  const { items } = await listLacks(await house.as('flood.admin'), { query: { gap: 'blind', limit: 50 } });
  expect(items[0]?.plans).toMatchObject([{ who: '区城运中心技术科', overdue: true }]);
  house.now = before;

  await point('U2T', '下立交二', 'FLOOD.TRAPPED', { heard: MINUTE });
  expect(await takeCoverage(house.system)).toEqual({ changed: 1, met: 1 });
  const met = await listPlans(await house.as('flood.admin'), { query: { state: 'met', limit: 50 } });
  expect(met.items).toMatchObject([{ id: made.id, state: 'met', metAt: house.now, allowedActions: [] }]);
  const { rows } = await sql<{
    actor: string;
  }>`select actor from audit where action = 'coverage-plan.met'`.execute(house.db.storage.system);
  expect(rows).toEqual([{ actor: 'rule:take-coverage' }]);
});

test('a plan that is given up says why, and another may take its place', async () => {
  const admin = await house.as('flood.admin');
  const { items } = await listLacks(admin, { query: { gap: 'unregistered', limit: 50 } });
  const facts = { what: '现场普查后登记', who: '张江镇', dueOn: '2026-12-31' };
  const ledger = items[0]?.ledger?.id ?? 0;
  const body = { gap: 'unregistered' as const, scenario: 'FLOOD', ledger, code: '', ...facts };
  const { id, version } = await createPlan(admin, { body });
  await withdrawPlan(admin, { params: { id }, query: { version, reason: '改由川沙新镇办理' } });
  expect(await createPlan(admin, { body })).toMatchObject({ ledger: { name: '下立交 5（张江镇）' } });
});

test('stock is written only where something changed; an object that is retired leaves it, and its plans are given up', async () => {
  const facts = { what: '核实类别', who: '张江镇', dueOn: '2026-12-31' };
  const body = { gap: 'unclassified' as const, scenario: 'FLOOD', object: '不明设施', code: '', ...facts };
  const { id } = await createPlan(await house.as('flood.admin'), { body });
  expect(await takeCoverage(house.system)).toEqual({ changed: 0, met: 0 });
  await sql`update monitored_object set retired_at = now() where id = ${ids.get('不明设施') ?? 0}`.execute(
    house.db.storage.system,
  );
  expect(await takeCoverage(house.system)).toEqual({ changed: 1, met: 0 });
  const { items } = await listPlans(await house.as('flood.admin'), {
    query: { state: 'withdrawn', limit: 50 },
  });
  expect(items.map((plan) => plan.id)).toContain(id);
  expect((await total('flood.admin')).registered).toBe(4);
});

test('the sheet has a row a scenario and town, and the sum', async () => {
  const seen: (readonly (string | number | null)[])[] = [];
  const write = (sheet: { readonly rows: readonly (readonly (string | number | null)[])[] }) => {
    seen.push(...sheet.rows);
    return Promise.resolve(Buffer.from(''));
  };
  await exportCoverage(await house.as('flood.admin'), write, { query: {} });
  expect(seen.map(([scenario, town, should, registered]) => [scenario, town, should, registered])).toEqual([
    ['防汛防台', '川沙新镇', null, 1],
    ['防汛防台', '张江镇', 5, 3],
    ['合计', '', 5, 4],
  ]);
});
