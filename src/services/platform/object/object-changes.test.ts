import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { createUnit } from '../organisation/create-unit.ts';
import { type House, openHouse } from '../testing.ts';
import { followObjects } from './follow-objects.ts';
import { getObject } from './get-object.ts';
import { listObjects } from './list-objects.ts';
import { registerObject } from './register-object.ts';
import { retireObject } from './retire-object.ts';
import { updateObject } from './update-object.ts';

const ZHANGJIANG = '310115125';
const FIRST_VILLAGE = '310115125001';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.db.drop());

const page = { limit: 50 };
const owner = () => house.db.storage.system;
const made = (code: string, more: object = {}) => ({
  body: { code, name: code, scenarios: ['FLOOD'], lat: 31.2, lon: 121.6, simulated: false, ...more },
});
const codes = async (username: string, query: object) =>
  (await listObjects(await house.as(username), { query: { ...page, ...query } })).items.map(
    ({ code }) => code,
  );

/** A point with its device, and an open warning, at an object. */
async function equip(object: number, place: number): Promise<void> {
  await sql`insert into standard_version (scenario, version, document, published_at, effective_from)
    values (1, 'test', '{}', now(), now()) on conflict do nothing`.execute(owner());
  await sql`insert into element (code, standard_id, scenario, name, unit, period_seconds, sensing, is_key, body)
    select 'T.LEVEL', id, 1, '水位', 'm', 60, 'iot', true, '{}' from standard_version limit 1 on conflict do nothing`.execute(
    owner(),
  );
  await sql`with d as (
      insert into device (protocol, code, place, scenarios) values ('hj212', ${`D-${object}`}, ${place}, '{1}') returning id)
    insert into point (code, object_id, element_code, device_id, place, scenarios, simulated)
    select ${`P-${object}`}, ${object}, 'T.LEVEL', d.id, ${place}, '{1}', false from d`.execute(owner());
  await sql`insert into warning (object_id, item_code, place, scenario, state, level, peak_level, reason, opened_at, changed_at,
      simulated)
    values (${object}, 'FLOOD.I06', ${place}, 1, 'open', 2, 2, '', now(), now(), false)`.execute(owner());
}

/** A note of the device, an alarm of the point that is held, a forecast from there, and a seat that was told of it. */
async function happen(object: number, place: number): Promise<void> {
  await sql`insert into device_note (device_id, kind, observed_at, received_at, at, text, simulated, place, scenarios)
    select device_id, 'text', now(), now(), now(), '闸门已关', false, ${place}, '{1}' from point where object_id = ${object}`.execute(
    owner(),
  );
  await sql`insert into sign (standard_id, code, item_code, element_code, scenario, name, body)
    select id, 'T.S01', 'T.I01', 'T.LEVEL', 1, '水位', '{}' from standard_version limit 1`.execute(owner());
  await sql`with a as (
      insert into alarm (id, point_id, object_id, sign_id, item_code, place, scenario, level, peak_level, value, peak_value, raised_at,
        changed_at, recorded_at, simulated)
      select nextval('alarm_id'), p.id, ${object}, (select id from sign where code = 'T.S01'), 'T.I01', ${place}, 1, 2, 2, 1, 1, now(),
        now(), now(), false from point p where p.object_id = ${object} returning id)
    insert into alarm_hold (alarm_id, kind, held_by, level, place, scenario, reason, held_at)
    select id, 'shelved', 'shelf/1', 2, ${place}, 1, '检修', now() from a`.execute(owner());
  await sql`with c as (
      insert into cascade (cause_kind, cause_id, object_id, place, scenario, level, title, began_at, reached, simulated)
      values ('warning', 1, ${object}, ${place}, 1, 3, '暴雨橙色预警', now(), 1, false) returning id)
    insert into cascade_seat (cascade_id, platform_id, place, scenario, source_place, source_scenario, reached, first_at, told_at)
    select c.id, 1, 100000, null, ${place}, 1, 1, now(), now() from c`.execute(owner());
}

/** Of each kind of record of an object: whether all of them stand where it stands. */
async function along(object: number): Promise<unknown> {
  const { rows } = await sql`select
    (select bool_and(w.place = o.place) from warning w where w.object_id = o.id) as warning,
    (select bool_and(n.place = o.place) from device_note n join point p on p.device_id = n.device_id where p.object_id = o.id) as note,
    (select bool_and(h.place = o.place) from alarm_hold h join alarm a on a.id = h.alarm_id where a.object_id = o.id) as hold,
    (select bool_and(c.place = o.place) from cascade c where c.object_id = o.id) as cascade,
    (select bool_and(s.source_place = o.place and s.place = 100000) from cascade_seat s join cascade c on c.id = s.cascade_id
      where c.object_id = o.id) as seat
    from monitored_object o where o.id = ${object}`.execute(owner());
  return rows[0];
}

/** Where the point, its device and the warning stand. */
async function standing(object: number): Promise<unknown> {
  const { rows } =
    await sql`select p.place as point, p.scenarios, d.place as device, d.scenarios as of_device, w.place as warning
    from point p join device d on d.id = p.device_id join warning w on w.object_id = p.object_id
    where p.object_id = ${object}`.execute(owner());
  return rows[0];
}

test('an object is registered with its units, in the datum of the map it was read from', async () => {
  const flood = await house.as('flood.admin');
  await createUnit(flood, { body: { code: 'OWN', name: '区排水公司', kind: 'owner', platform: 'FLOOD' } });
  const object = await registerObject(
    flood,
    made('O-1', {
      lat: 31.17530398364597,
      lon: 121.531541859215,
      datum: 'GCJ02',
      owner: 'OWN',
      operator: '区排水公司',
      maintainer: '某养护公司',
      address: '张江路 1 号',
    }),
  );
  expect(object).toMatchObject({
    owner: { name: '区排水公司', unit: 'OWN' },
    operator: { name: '区排水公司', unit: 'OWN' },
    maintainer: { name: '某养护公司', unit: null },
    address: '张江路 1 号',
    retiredAt: null,
    version: 1,
    allowedActions: ['edit', 'retire'],
  });
  expect(object.lat).toBeCloseTo(31.1774276, 6);
  expect(object.lon).toBeCloseTo(121.5272106, 6);
  expect(await codes('flood.admin', { unit: 'OWN' })).toEqual(['O-1']);
  // Somebody who may not see the unit sees the name that was given.
  const { id } = object;
  await sql`update monitored_object set scenarios = '{1,5}' where id = ${id}`.execute(owner());
  expect(await getObject(await house.as('gas.admin'), { params: { id } })).toMatchObject({
    owner: { name: '区排水公司', unit: null },
    allowedActions: ['edit', 'retire'],
  });
});

test('two Chinese characters find an object by name or address, within one’s scope only', async () => {
  const admin = await house.as('admin');
  await registerObject(admin, made('F-1', { name: '张江高科站', scenarios: ['GAS'] }));
  await registerObject(admin, made('F-2', { name: '100%_水位\\站' }));
  expect(await codes('admin', { search: '张江' })).toEqual(['O-1', 'F-1']);
  expect(await codes('gas.admin', { search: '张江' })).toEqual(['O-1', 'F-1']);
  expect(await codes('lift.admin', { search: '张江' })).toEqual([]);
  expect(await codes('admin', { search: '江' })).toEqual(['O-1', 'F-1']);
  expect(await codes('admin', { search: 'f-' })).toEqual(['F-1', 'F-2']);
  expect(await codes('admin', { search: '张江', scenario: 'FLOOD' })).toEqual(['O-1']);
  for (const search of ['%_水', '_水位\\', '100%']) expect(await codes('admin', { search })).toEqual(['F-2']);
  for (const search of ['%%', "' or 1=1 --", '张_', '\\', '江高张']) {
    expect(await codes('admin', { search })).toEqual(search === '\\' ? ['F-2'] : []);
  }
  // The function asks the scope itself: not even ids of others come out of it.
  const lift = await house.as('lift.admin');
  lift.authorize('object.read');
  const found = await lift.transaction((tx) => sql`select search_ids('object', '张江', 0, null)`.execute(tx));
  expect(found.rows).toEqual([]);
});

test('a search turns its pages in the order of the objects', async () => {
  const admin = await house.as('admin');
  for (let n = 1; n <= 5; n += 1) await registerObject(admin, made(`PG-${n}`, { name: `翻页${n}` }));
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const { items, next } = await listObjects(admin, {
      query: { limit: 2, search: '翻页', ...(after && { after }) },
    });
    seen.push(...items.map(({ code }) => code));
    after = next ?? undefined;
  } while (after);
  expect(seen).toEqual(['PG-1', 'PG-2', 'PG-3', 'PG-4', 'PG-5']);
});

test('an object that moves takes its points, its warnings and its history to the new territory', async () => {
  const admin = await house.as('admin');
  const { id } = await registerObject(admin, made('MV-1', { village: FIRST_VILLAGE }));
  await equip(id, 121_010);
  await happen(id, 121_010);
  expect(await codes('village.sample', {})).toEqual(['MV-1']);
  // Within its town the village that was told stays.
  const near = await updateObject(admin, { params: { id }, body: { version: 1, lat: 31.201, lon: 121.601 } });
  expect(near.village === FIRST_VILLAGE || near.town !== ZHANGJIANG).toBe(true);
  const far = await updateObject(admin, { params: { id }, body: { version: 2, lat: 31.14, lon: 121.7 } });
  expect(far).toMatchObject({ town: '310115103', village: null, placeApproximate: true, version: 3 });
  const outbox = await sql<{ payload: Record<string, unknown> }>`
    select payload from outbox where type = 'object.changed' order by id desc limit 1`.execute(owner());
  expect(outbox.rows[0]?.payload).toMatchObject({ id, moved: [id] });
  const event = { seq: 1, type: 'object.changed', at: house.now, place: null, scenario: null };
  const follow = () =>
    house.system.transaction((tx) =>
      followObjects(tx, [{ ...event, payload: { id, moved: [id] } }], house.now),
    );
  expect(await follow()).toBe(true);
  expect(await along(id)).toEqual({ warning: true, note: true, hold: true, cascade: true, seat: true });
  await follow();
  const audited = await sql`select from audit where action = 'object.followed'`.execute(owner());
  expect(audited.rows).toHaveLength(1);
  expect(
    await house.system.transaction((tx) => followObjects(tx, [{ ...event, payload: { id } }], house.now)),
  ).toBe(false);
  expect(await codes('village.sample', {})).toEqual([]);
});

test('an object with points gains and loses further scenarios, and keeps its first', async () => {
  const admin = await house.as('admin');
  const { id } = await registerObject(admin, made('SC-1'));
  const params = { id };
  await equip(id, 121_000);
  await updateObject(admin, { params, body: { version: 1, scenarios: ['FLOOD', 'GAS'] } });
  expect(await standing(id)).toMatchObject({ scenarios: [1, 5], of_device: [1, 5] });
  await expect(
    updateObject(admin, { params, body: { version: 2, scenarios: ['GAS', 'FLOOD'] } }),
  ).rejects.toMatchObject({ code: 'input.invalid' });
  expect(await codes('gas.admin', { search: 'SC-1' })).toEqual(['SC-1']);
});

test('changes are refused from another version, outside the scope, and out of it', async () => {
  const flood = await house.as('flood.admin');
  const { id } = await registerObject(flood, made('X-1'));
  const params = { id };
  await updateObject(flood, { params, body: { version: 1, name: '改名', owner: null } });
  await expect(updateObject(flood, { params, body: { version: 1, name: '再改' } })).rejects.toMatchObject({
    code: 'record.changed',
  });
  const gas = await house.as('gas.admin');
  await expect(updateObject(gas, { params, body: { version: 2, name: '别人' } })).rejects.toMatchObject({
    code: 'record.not-found',
  });
  await expect(
    updateObject(flood, { params, body: { version: 2, scenarios: ['GAS'] } }),
  ).rejects.toMatchObject({ code: 'access.denied' });
  await expect(updateObject(flood, { params, body: { version: 2, lat: 31.2 } })).rejects.toMatchObject({
    code: 'input.invalid',
  });
  await expect(
    updateObject(flood, { params, body: { version: 2, lat: 39.9, lon: 116.4 } }),
  ).rejects.toMatchObject({ code: 'input.invalid' });
  await expect(
    updateObject(flood, { params, body: { version: 2, village: FIRST_VILLAGE, town: '310115103' } }),
  ).rejects.toMatchObject({ code: 'input.invalid' });
  const town = await house.as('town.zhangjiang');
  await expect(updateObject(town, { params, body: { version: 2 } })).rejects.toMatchObject({
    code: 'access.denied',
  });
  expect(await getObject(flood, { params })).toMatchObject({ name: '改名', version: 2 });
});

test('an object is retired when nothing is open, stays with its history, and can be brought back', async () => {
  const admin = await house.as('admin');
  const { id } = await registerObject(admin, made('RT-1', { town: ZHANGJIANG }));
  const params = { id };
  await equip(id, 121_000);
  const query = { version: 1, reason: '拆除' };
  await expect(retireObject(admin, { params, query })).rejects.toMatchObject({
    code: 'object.in-use',
    details: { id: 'RT-1', count: 1 },
  });
  await sql`update warning set state = 'closed' where object_id = ${id}`.execute(owner());
  const retired = await retireObject(admin, { params, query });
  expect(retired).toMatchObject({ retiredAt: house.now, version: 2, allowedActions: ['restore'] });
  expect(await retireObject(admin, { params, query: { ...query, version: 2 } })).toEqual(retired);
  expect(await codes('admin', { search: 'RT-1' })).toEqual([]);
  expect(await codes('admin', { search: 'RT-1', retired: true })).toEqual(['RT-1']);
  expect(await codes('admin', { retired: true })).toEqual(['RT-1']);
  expect((await getObject(admin, { params })).code).toBe('RT-1');
  const kept = await sql`select from warning where object_id = ${id}`.execute(owner());
  expect(kept.rows).toHaveLength(1);
  const [audited] = (
    await sql`select before, after from audit where action = 'object.retire'`.execute(owner())
  ).rows;
  expect(audited).toMatchObject({ after: { reason: '拆除' } });
  expect(await updateObject(admin, { params, body: { version: 2, retired: false } })).toMatchObject({
    retiredAt: null,
    allowedActions: ['edit', 'retire'],
  });
});

test('lists are narrowed by town, village, and how sure the place is', async () => {
  const admin = await house.as('admin');
  await registerObject(admin, made('T-1', { town: '310115008' }));
  await registerObject(admin, made('T-2', { village: '310115125002' }));
  expect(await codes('admin', { town: '310115008' })).toEqual(['T-1']);
  expect(await codes('admin', { village: '310115125002' })).toEqual(['T-2']);
  const sure = await codes('admin', { approximate: false });
  expect(sure).toEqual(expect.arrayContaining(['T-1', 'T-2']));
  expect(sure).not.toContain('F-1');
  expect(await codes('admin', { approximate: true })).toContain('F-1');
});
