import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { followBorders } from './follow-borders.ts';
import { getBorders } from './get-borders.ts';
import { getMap, MAP_LIMIT } from './get-map.ts';
import { getObject } from './get-object.ts';
import { importBorders } from './import-borders.ts';
import { listObjects } from './list-objects.ts';
import { listPlatforms } from '../organisation/list-platforms.ts';
import { loadPlatforms } from '../organisation/load-platforms.ts';
import { registerObject } from './register-object.ts';
import { type House, openHouse } from '../testing.ts';

const BORDERS = path.resolve(process.cwd(), '../shared/data/divisions/pudong_towns.geojson');
const CHUANHE = '310115125001';
const ZHANGJIANG = '310115125';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.db.drop());

const page = { limit: 50 };
const at = (code: string, lon: number, lat: number, more: object = {}) => ({
  body: { code, name: code, scenarios: ['FLOOD'], lon, lat, simulated: false, ...more },
});

function squareFeature(properties: object, [west, south]: [number, number], size = 0.02): object {
  const [east, north] = [west + size, south + size];
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return { type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [ring] } };
}

const collection = (...features: object[]) =>
  Buffer.from(JSON.stringify({ type: 'FeatureCollection', features }));

test('loading the platforms again changes nothing', async () => {
  const rows = () => sql`select xmin, id from platform order by id`.execute(house.db.storage.system);
  const before = await rows();
  await loadPlatforms(house.system, path.resolve('standards/platforms.json'));
  expect((await rows()).rows).toEqual(before.rows);
});

test('the tree opens level by level, and says what the official count misses', async () => {
  const context = await house.as('auditor');
  const root = await listPlatforms(context, { query: page });
  expect(root.items.map(({ code }) => code)).toEqual(['PD']);
  expect(root.counts).toContainEqual({
    kind: 'village',
    regulation: 1523,
    held: 1520,
    note: expect.stringContaining('缺 3 个'),
  });
  const first = await listPlatforms(context, { query: { limit: 20, parent: 'PD' } });
  const second = await listPlatforms(context, {
    query: { limit: 500, parent: 'PD', after: first.next ?? '' },
  });
  expect(first.items.length + second.items.length).toBe(root.items[0]?.children);
  const found = await listPlatforms(context, { query: { ...page, search: '张江' } });
  expect(found.items).toContainEqual(
    expect.objectContaining({ code: ZHANGJIANG, kind: 'town', parent: 'PD' }),
  );
});

test('village.sample sees only objects of its village', async () => {
  const admin = await house.as('admin');
  await registerObject(admin, at('V-1', 121.6, 31.2, { village: CHUANHE }));
  const other = await registerObject(admin, at('V-2', 121.6, 31.2, { village: '310115125002' }));
  await registerObject(admin, at('V-3', 121.6, 31.2, { town: ZHANGJIANG }));
  const village = await house.as('village.sample');
  expect((await listObjects(village, { query: page })).items.map(({ code }) => code)).toEqual(['V-1']);
  await expect(getObject(village, { params: { id: other.id } })).rejects.toMatchObject({
    code: 'record.not-found',
  });
  const town = await house.as('town.zhangjiang');
  expect((await listObjects(town, { query: page })).items.map(({ code }) => code)).toEqual([
    'V-1',
    'V-2',
    'V-3',
  ]);
});

test('without borders an object takes the nearest town and says that it is approximate', async () => {
  const admin = await house.as('admin');
  expect(await registerObject(admin, at('N-1', 121.7, 31.14))).toMatchObject({
    town: '310115103',
    placeApproximate: true,
  });
});

test('an object in Puxi is fine, one in Beijing or with swapped coordinates is refused with the reason', async () => {
  const admin = await house.as('admin');
  await expect(registerObject(admin, at('B-1', 116.4, 39.9))).rejects.toMatchObject({
    code: 'input.invalid',
  });
  await expect(registerObject(admin, at('B-2', 31.2, 89))).rejects.toMatchObject({ code: 'input.invalid' });
  await expect(registerObject(admin, at('N-1', 121.7, 31.14))).rejects.toMatchObject({
    code: 'record.exists',
  });
  await expect(registerObject(admin, at('B-3', 121.6, 31.2, { town: '999' }))).rejects.toMatchObject({
    code: 'record.not-found',
  });
  await expect(registerObject(admin, at('B-4', 121.6, 31.2, { scenarios: ['NONE'] }))).rejects.toMatchObject({
    code: 'input.invalid',
  });
});

test('a scenario’s administrator registers objects of his scenario only', async () => {
  const gas = await house.as('gas.admin');
  await expect(registerObject(gas, at('S-1', 121.6, 31.2))).rejects.toMatchObject({ code: 'access.denied' });
  await expect(registerObject(gas, at('S-2', 121.6, 31.2, { scenarios: ['GAS'] }))).resolves.toMatchObject({
    scenarios: ['GAS'],
  });
  expect((await listObjects(gas, { query: { ...page, search: 'S-2' } })).items).toHaveLength(1);
  expect((await listObjects(gas, { query: { ...page, search: '%' } })).items).toEqual([]);
});

test('the map shows the red objects first, and a town its worst open warning', async () => {
  const admin = await house.as('admin');
  const { id } = await registerObject(admin, at('M-1', 121.62, 31.18, { town: ZHANGJIANG }));
  await sql`insert into warning (object_id, item_code, place, scenario, state, level, peak_level, reason, opened_at,
      changed_at, simulated)
    values (${id}, 'FLOOD.I06', 121000, 1, 'open', 4, 4, '', now(), now(), false),
      (${id}, 'FLOOD.I07', 121000, 1, 'open', 1, 1, '', now(), now(), false)`.execute(
    house.db.storage.system,
  );
  const map = await getMap(admin, { query: { west: 121.5, east: 121.7, south: 31.1, north: 31.3 } });
  expect(map.objects[0]).toMatchObject({ code: 'M-1', level: 'red', warnings: 2, scenario: 'FLOOD' });
  expect(map.objects.slice(1).every(({ level }) => level === null)).toBe(true);
  expect(map.objects.some(({ held }) => held)).toBe(false);
  // All that stands at it is put aside; but not while one of its warnings is worse than the shelf.
  const shelve = (level: number) =>
    sql`
    insert into shelf (scope, object_id, item_code, place, scenario, level, reason_kind, reason, minutes, state, made_by, made_by_id, made_at,
      confirmed_by, confirmed_by_id, from_at, until)
    select 'item', ${id}, item_code, 121000, 1, ${level}::int2, 'exercise', '', 5, 'running', '', (select min(id) from account), now(), '',
      (select max(id) from account), now(), now() + interval '1 hour'
    from warning where object_id = ${id} and level = ${level}`.execute(house.db.storage.system);
  const isHeld = async () => (await getMap(admin, { query: {} })).objects[0]?.held;
  await shelve(1);
  expect(await isHeld()).toBe(false);
  await shelve(4);
  expect(await isHeld()).toBe(true);
  await sql`delete from shelf`.execute(house.db.storage.system);
  expect(map.towns).toHaveLength(36);
  expect(map.towns.find(({ code }) => code === ZHANGJIANG)).toMatchObject({ level: 'red', warnings: 2 });
  const elsewhere = await getMap(admin, { query: { west: 121.9 } });
  expect(elsewhere.objects).toEqual([]);
  const gas = await getMap(await house.as('gas.admin'), { query: {} });
  expect(gas.objects.map(({ code }) => code)).toEqual(['S-2']);
  expect(gas.towns.every(({ warnings }) => warnings === 0)).toBe(true);
});

test('where too many objects lie in view the warned ones are drawn one by one, and none of the others is left out', async () => {
  const { system } = house.db.storage;
  await sql`insert into monitored_object (code, name, scenarios, place, place_approximate, lat, lon, simulated)
    select 'FAR-' || i, '测量对象', '{5}', (select place from platform where code = ${ZHANGJIANG}), true,
      30 + (i % 100) * 0.001, 120 + (i / 100) * 0.001, false from generate_series(0, ${MAP_LIMIT}::int) i`.execute(
    system,
  );
  await sql`insert into warning (object_id, item_code, place, scenario, state, level, peak_level, reason, opened_at, changed_at, simulated)
    select id, 'GAS.I01', place, 5, 'open', 3, 3, '', now(), now(), false from monitored_object where code = 'FAR-7'`.execute(
    system,
  );
  const admin = await house.as('gas.admin');
  const far = await getMap(admin, { query: { west: 120, east: 120.1, south: 30, north: 30.1 } });
  expect(far.objects.map(({ code, level }) => [code, level])).toEqual([['FAR-7', 'orange']]);
  expect(far.truncated).toBe(true);
  expect(far.gathered.reduce((sum, { count }) => sum + count, 0)).toBe(MAP_LIMIT);
  expect(far.gathered.length).toBeLessThanOrEqual(96 * 60);
  const near = await getMap(admin, { query: { west: 120, east: 120.01, south: 30, north: 30.1 } });
  expect(near.gathered).toEqual([]);
  expect(near.objects.length).toBeGreaterThan(900);
  await sql`delete from warning where item_code = 'GAS.I01' and scenario = 5`.execute(system);
  await sql`delete from monitored_object where code like 'FAR-%'`.execute(system);
});

test('a border file that is broken, projected or foreign is refused with what is wrong', async () => {
  const context = await house.as('tech.admin');
  const refused = async (raw: Buffer): Promise<unknown> =>
    importBorders(context, { query: {}, raw }).then(
      () => 'imported',
      (error: { code: string; details: { reason: string } }) => `${error.code} ${error.details.reason}`,
    );
  const name = { name: '张江镇' };
  expect(await refused(Buffer.from('{"type":'))).toMatch(/^borders\.invalid 不是有效的 UTF-8 JSON/u);
  expect(await refused(Buffer.from('{"type":"Point"}'))).toContain('FeatureCollection');
  const point = {
    type: 'Feature',
    properties: name,
    geometry: { type: 'Point', coordinates: [121.6, 31.2] },
  };
  expect(await refused(collection(point))).toContain('“张江镇”的几何不是');
  expect(await refused(collection(squareFeature(name, [31.2, 121.6])))).toContain('不在浦东');
  expect(await refused(collection(squareFeature(name, [5000, -2000])))).toContain('不在浦东');
  expect(await refused(collection(squareFeature({ name: '静安寺街道' }, [121.5, 31.2])))).toContain(
    '36 个街镇',
  );
  await expect(
    importBorders(await house.as('flood.admin'), { query: {}, raw: collection() }),
  ).rejects.toMatchObject({ code: 'access.denied' });
  expect((await getBorders(context)).features).toEqual([]);
});

test('an imported border moves objects, their points and their warnings to the town; told villages stay', async () => {
  const tech = await house.as('tech.admin');
  const { id } = await registerObject(tech, at('T-1', 121.57, 31.17));
  expect(await getObject(tech, { params: { id } })).toMatchObject({ town: '310115105' });
  await sql`insert into warning (object_id, item_code, place, scenario, state, level, peak_level, reason, opened_at,
      changed_at, simulated)
    values (${id}, 'FLOOD.I06', 114000, 1, 'open', 2, 2, '', now(), now(), false)`.execute(
    house.db.storage.system,
  );
  const raw = collection(
    squareFeature({ 区划代码: '310115125000', name: '张江' }, [121.56, 31.16]),
    squareFeature({ name: '某工业区' }, [121.7, 31.1]),
  );
  const result = await importBorders(tech, { query: { attribution: '测试用' }, raw });
  expect(result).toMatchObject({ matched: 1, unmatched: ['某工业区'], objectsMoved: 1 });
  expect(result.missing).toHaveLength(35);
  expect(await getObject(tech, { params: { id } })).toMatchObject({
    town: ZHANGJIANG,
    placeApproximate: false,
  });
  const town = await house.as('town.zhangjiang');
  expect((await listObjects(town, { query: page })).items.map(({ code }) => code)).toContain('T-1');

  const places = () =>
    sql<{ place: number }>`select place from warning where object_id = ${id}`.execute(
      house.db.storage.system,
    );
  const event = {
    seq: 1,
    type: 'borders.imported',
    at: house.now,
    place: null,
    scenario: null,
    payload: { id: 1 },
  };
  await house.system.transaction((tx) => followBorders(tx, [event], house.now));
  expect((await places()).rows).toEqual([{ place: 121_000 }]);
  const announced = await sql`select from outbox where type = 'borders.imported'`.execute(
    house.db.storage.system,
  );
  expect(announced.rows).toHaveLength(1);
});

test.skipIf(!existsSync(BORDERS))('importing OSM borders moves objects to their towns', async () => {
  const tech = await house.as('tech.admin');
  const raw = readFileSync(BORDERS);
  const imported = await importBorders(tech, { query: {}, raw });
  expect(imported).toMatchObject({ matched: 36, unmatched: [], missing: [] });
  // Every town's own label lies inside it (the file's centres do), so each must be found by its border.
  const { features } = JSON.parse(raw.toString()) as {
    features: { properties: { code: string; label: [number, number] } }[];
  };
  const found = [];
  for (const { properties } of features) {
    const [lon, lat] = properties.label;
    found.push(await registerObject(tech, at(`OSM-${properties.code}`, lon, lat)));
  }
  expect(found.map(({ code, town }) => `OSM-${town}` === code)).toEqual(features.map(() => true));
  expect(found.every(({ placeApproximate }) => !placeApproximate)).toBe(true);
  const stored = await getBorders(tech);
  expect(stored.features).toHaveLength(36);
  expect(stored.attribution).toContain('OpenStreetMap');
  expect(await importBorders(tech, { query: {}, raw })).toMatchObject({ objectsMoved: 0 });
});
