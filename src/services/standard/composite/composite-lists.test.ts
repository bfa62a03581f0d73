// What is told of composite signs: the law in words, where each stands and what it is shown there, and where it is off and why.

import { listObjectLinks, putObjectLinks, registerObject } from '#services/platform';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { type House, openHouse } from '../../platform/testing.ts';
import { listSwitchedOff } from '../list-switched-off.ts';
import { listCompositeSeats } from './list-composite-seats.ts';
import { listCompositeSigns } from './list-composite-signs.ts';

let house: House;
let grid = 0;
let pump = 0;
beforeAll(async () => {
  house = await openHouse('standard');
  grid = await object('电网', 'POWER', 121.55, 'POWER.OUTAGE');
  pump = await object('泵站', 'FLOOD', 121.75, 'FLOOD.PUMP_LOST');
});
afterAll(() => house.db.drop());

/** An object with a point, far from the others. */
async function object(name: string, scenario: string, lon: number, element: string): Promise<number> {
  const body = { code: name, name, scenarios: [scenario], lat: 31.1, lon, simulated: false };
  const { id } = await registerObject(await house.as('district'), { body });
  await sql`insert into point (code, object_id, element_code, place, scenarios, simulated)
    select code, id, ${element}, place, scenarios, false from monitored_object where id = ${id}`.execute(
    house.db.storage.system,
  );
  return id;
}

const page = { limit: 50 };
const offSigns = async (username: string) =>
  (await listSwitchedOff(await house.as(username), { query: page })).items.flatMap(({ name, signs }) =>
    signs
      .filter(({ lacks }) => lacks === 'fact')
      .map((sign) => [name, sign.code, sign.missing.map((one) => one.name).join('、')]),
  );
const seats = async (sign: string, username = 'district') =>
  (await listCompositeSeats(await house.as(username), { query: { ...page, sign } })).items;

test('the signs in force are told in words, with their CEL, their basis and their scenario', async () => {
  const { items } = await listCompositeSigns(await house.as('flood.handler'), { query: page });
  expect(items).toHaveLength(7);
  const leak = items.find(({ code }) => code === 'HAZCHEM.X05');
  expect(leak).toMatchObject({
    scenario: 'HAZCHEM',
    itemName: '泄漏危及人群',
    verified: false,
    within: { radiusMeters: 1000 },
    levels: [{ level: 'red', words: '（本对象“明火、冒罐、泄漏识别”达红色）且（1000 米内“大客流”达蓝色）' }],
  });
  expect(items.every(({ levels }) => levels.every(({ words, when }) => words !== null && when !== ''))).toBe(
    true,
  );
  const flood = await listCompositeSigns(await house.as('flood.handler'), {
    query: { ...page, scenario: 'FLOOD' },
  });
  expect(flood.items.map(({ code }) => code)).toEqual(['FLOOD.X01', 'FLOOD.X04', 'FLOOD.X06']);
});

test('where nothing can be hit the sign is off and says what is missing; a link to a pump station mends it, and is seen from both ends', async () => {
  const missing = '泵站失效、重要用户电源状态、供水压力低、';
  expect((await offSigns('district')).map(([name, code]) => [name, code])).toEqual([['电网', 'POWER.X03']]);
  expect((await offSigns('district'))[0]?.[2]?.split('、')).toHaveLength(missing.split('、').length);
  expect((await seats('POWER.X03')).map((seat) => seat.missing.length)).toEqual([4]);

  const links = [{ object: '泵站', kind: 'powers' as const }];
  const put = await putObjectLinks(await house.as('district'), { params: { id: grid }, body: { links } });
  expect(put.items).toEqual([{ id: pump, code: '泵站', name: '泵站', kind: 'powers', own: true }]);
  const other = await listObjectLinks(await house.as('district'), { params: { id: pump } });
  expect(other.items).toEqual([{ id: grid, code: '电网', name: '电网', kind: 'powers', own: false }]);
  expect(await offSigns('district')).toEqual([]);
  expect((await seats('POWER.X03')).map((seat) => seat.missing)).toEqual([[]]);
  const { rows } = await sql`select action, subject from audit where action = 'object.link'`.execute(
    house.db.storage.system,
  );
  expect(rows).toEqual([{ action: 'object.link', subject: 'object/电网' }]);
});

test('whoever sets links leaves those to objects out of his sight as they are', async () => {
  const mine = await putObjectLinks(await house.as('power.admin'), {
    params: { id: grid },
    body: { links: [] },
  });
  expect(mine.items).toEqual([]);
  const all = await listObjectLinks(await house.as('district'), { params: { id: grid } });
  expect(all.items.map(({ code }) => code)).toEqual(['泵站']);
});

test('links to oneself, twice or to what one cannot see are refused in words', async () => {
  const refused = async (username: string, id: number, ...objects: readonly string[]) =>
    putObjectLinks(await house.as(username), {
      params: { id },
      body: { links: objects.map((code) => ({ object: code, kind: 'other' as const })) },
    });
  await expect(refused('district', grid, '电网', '泵站', '泵站')).rejects.toMatchObject({
    code: 'input.invalid',
    details: { issues: '对象不能与自己关联；“泵站”写了两次' },
  });
  await expect(refused('flood.admin', pump, '电网')).rejects.toMatchObject({ code: 'input.invalid' });
  await expect(refused('flood.admin', grid)).rejects.toMatchObject({ code: 'record.not-found' });
});

test('what a sign is shown stands beside it with level, value and moment, as far as one may see it', async () => {
  const system = house.db.storage.system;
  await sql`insert into alarm (id, point_id, object_id, sign_id, item_code, place, scenario, level, peak_level, value, peak_value,
      raised_at, changed_at, recorded_at, simulated)
    select nextval('alarm_id'), p.id, p.object_id, g.id, g.item_code, p.place, g.scenario, 3, 3, 60, 60, to_timestamp(60), now(), now(), false
    from sign g join point p on p.object_id = ${pump} where g.code = 'FLOOD.S08B'`.execute(system);
  const [seat] = await seats('POWER.X03');
  expect(seat).toMatchObject({
    name: '电网',
    level: null,
    facts: [
      {
        object: { id: pump, name: '泵站' },
        kind: 'sign',
        name: '泵站失效能力比例',
        level: 'orange',
        at: 60_000,
      },
    ],
  });
  await expect(seats('FLOOD.S06')).rejects.toMatchObject({ code: 'record.not-found' });
});

test('a forest without a weather station is listed with the four elements its index is made of', async () => {
  const forest = await object('森林', 'FOREST', 121.9, 'FOREST.TMAX');
  expect(await offSigns('district')).toEqual([
    ['森林', 'FOREST.S06', '气温、相对湿度、平均风速（10分钟）、小时雨量'],
  ]);
  await object('气象站', 'MET', 121.5, 'MET.T');
  const links = [{ object: '气象站', kind: 'gauges' as const }];
  await putObjectLinks(await house.as('district'), { params: { id: forest }, body: { links } });
  expect((await offSigns('district')).map(([, , missing]) => missing)).toEqual([
    '相对湿度、平均风速（10分钟）、小时雨量',
  ]);
});
