// A town falls silent: it is said who lives there, since when and why; service and faults are said too, and all is well again.
import type { BlindSpotView } from '#contract/monitoring';
import type { Scope } from '#model/platform';
import { RequestContext, SystemContext } from '#services/context';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { personWith } from '../../context/testing.ts';
import { HOUR, MINUTE, START, Station } from '../testing.ts';
import { countBlindSpots } from './count-blind-spots.ts';
import { listBlindObjects, listBlindPoints } from './list-blind-points.ts';
import { listBlindSpots } from './list-blind-spots.ts';
import { takeBlindSpots } from './take-blind-spots.ts';

const ZHANGJIANG = '310115125';
const VILLAGE = '310115125001';
const GAOQIAO = '310115103';

let station: Station;
let system: SystemContext;
let places: ReadonlyMap<string, number>;
let at = START;
const points: number[] = [];

beforeAll(async () => {
  station = await Station.open();
  system = new SystemContext(station.ground);
  const { rows } = await sql<{ code: string; place: number }>`
    select code, place from platform where kind in ('town','village')`.execute(station.db.storage.system);
  places = new Map(rows.map(({ code, place }) => [code, place]));
  await told(ZHANGJIANG, 190_000, 380_000);
  // Two river gauges behind one box in a village of 张江, a third one at 高桥.
  points.push(await gauge('W1', ZHANGJIANG, VILLAGE), await gauge('W2', ZHANGJIANG, VILLAGE));
  points.push(await gauge('W3', GAOQIAO, null));
  await station.device('RTU1', ['W1', 'W2'], 'hj212');
  await tell(points);
  await look();
});
afterAll(() => station.close());

async function told(town: string, residents: number, workers: number): Promise<void> {
  await sql`insert into town_population (town, residents, workers, source, as_of, told_by, told_at)
    values (${town}, ${residents}, ${workers}, '测试用数', '2020-11-01', '测试', now())`.execute(
    station.db.storage.system,
  );
}

async function gauge(code: string, town: string, village: string | null): Promise<number> {
  await sql`insert into monitored_object (code, name, scenarios, place, town, village, place_approximate, lat, lon)
    values (${code}, ${`水位站 ${code}`}, array[1::int2], ${places.get(village ?? town) ?? 0}, ${town}, ${village}, false, 31.2, 121.6)`.execute(
    station.db.storage.system,
  );
  return station.pointOf(code, code, 'FLOOD.RIVER');
}

async function tell(some: readonly number[], { value = 2.6, after = MINUTE } = {}): Promise<void> {
  at += after;
  await station.moveTo(at);
  for (const point of some) await station.send(point, [[at, value + at / 1e15]]);
  // The second after writes down what was newest.
  await station.pass(at + 1500);
}

const look = () => takeBlindSpots(system);
const pass = async (ms: number): Promise<void> => {
  at += ms;
  await station.pass(at);
  await look();
};

const map = (scope?: Scope, query: { scenario?: string; town?: string } = {}) =>
  listBlindSpots(station.request(scope), { query });
async function spotOf(town: string): Promise<BlindSpotView | undefined> {
  return (await map()).spots.find((spot) => spot.town === town);
}

test('while gauges tell, their towns are watched; a town without any is 未布设, and it is not blind', async () => {
  expect(await spotOf(ZHANGJIANG)).toMatchObject({
    state: 'watched',
    reason: '2 个监测点都在看',
    points: 2,
    watching: 2,
  });
  expect(await spotOf('310115145')).toMatchObject({ state: 'never', since: null, reason: '未布设监测点' });
  const { total, takenAt } = await map();
  expect(total.blind).toEqual({ towns: 0, residents: null, workers: null, untold: 0 });
  expect(takenAt).toBe(station.now);
  expect((await countBlindSpots(station.db.storage)).get('FLOOD')).toBe(0);
});

test('the box falls silent: its town is blind since its last reading, its people are counted, and the points are listed with their box', async () => {
  const last = at;
  for (let i = 0; i < 4; i += 1) await tell(points.slice(2), { after: 5 * MINUTE });
  expect(await look()).toBe(2);
  const spot = await spotOf(ZHANGJIANG);
  expect(spot).toMatchObject({ state: 'blind', since: last, watching: 0, watchedObjects: 0 });
  expect(spot?.reason).toContain('的 2 个监测点都已静默 20 分钟以上');
  const { total, scenarios } = await map();
  expect(total.blind).toEqual({ towns: 1, residents: 190_000, workers: 380_000, untold: 0 });
  expect(scenarios.map(({ scenario, blind }) => [scenario, blind.residents])).toEqual([['FLOOD', 190_000]]);
  expect((await countBlindSpots(station.db.storage)).get('FLOOD')).toBe(1);

  const query = { scenario: 'FLOOD', town: ZHANGJIANG, limit: 1 };
  const page = await listBlindPoints(station.request(), { query });
  expect(page.items).toMatchObject([
    { code: 'W1', condition: 'silent', since: last, device: { code: 'RTU1' } },
  ]);
  const rest = await listBlindPoints(station.request(), { query: { ...query, after: page.next ?? '' } });
  expect(rest).toMatchObject({ items: [{ code: 'W2' }], next: null });
  const objects = await listBlindObjects(station.request(), { query: { ...query, limit: 50 } });
  expect(objects.items.map(({ code, points: of }) => [code, of])).toEqual([
    ['W1', 1],
    ['W2', 1],
  ]);
  const { rows } = await sql`select from outbox where type = 'blind-spot.changed'`.execute(
    station.db.storage.system,
  );
  expect(rows.length).toBeGreaterThan(0);
});

test('a second look finds nothing new and writes nothing', async () => {
  const written = () =>
    sql<{ id: string }>`select xmin::text as id from blind_spot order by 1`.execute(
      station.db.storage.system,
    );
  const before = await written();
  expect(await look()).toBe(0);
  expect((await written()).rows).toEqual(before.rows);
});

test('each sees their own: the town itself, the village only its row, another town nothing of it, the scenario all of its own', async () => {
  const at = (code: string, to = code): Scope => ({
    places: [{ from: places.get(code) ?? 0, to: (places.get(to) ?? 0) + (code === to ? 0 : 999) }],
    scenarios: [],
  });
  const town = await map(at(ZHANGJIANG, ZHANGJIANG));
  expect(town.spots.map((spot) => [spot.town, spot.village])).toEqual([[ZHANGJIANG, null]]);
  const village = await map(at(VILLAGE));
  expect(village.spots).toMatchObject([{ village: VILLAGE, state: 'blind', points: 2 }]);
  expect(village.total.blind.towns).toBe(0);
  const other = await map(at(GAOQIAO));
  expect(other.spots.map((spot) => spot.town)).toEqual([GAOQIAO]);
  expect(other.towns.map(({ code }) => code)).toEqual([GAOQIAO]);
  const gas = await map({ places: [], scenarios: [5] });
  expect(gas.spots).toEqual([]);
  const flood = await map({ places: [], scenarios: [1] });
  expect(flood.spots.filter(({ state }) => state !== 'never').map((spot) => spot.town)).toEqual([
    GAOQIAO,
    ZHANGJIANG,
  ]);
});

test('villages of a town: the one with objects as it is, all others 未布设', async () => {
  const { villages } = await map(undefined, { scenario: 'FLOOD', town: ZHANGJIANG });
  expect(villages[0]).toMatchObject({ village: VILLAGE, state: 'blind' });
  expect(villages.length).toBeGreaterThan(10);
  expect(new Set(villages.slice(1).map(({ state, reason }) => `${state} ${reason}`))).toEqual(
    new Set(['never 未布设监测点']),
  );
});

test('when the gauges tell again the town is watched again', async () => {
  await tell(points);
  await look();
  expect(await spotOf(ZHANGJIANG)).toMatchObject({ state: 'watched', since: null });
  expect((await map()).total.blind.towns).toBe(0);
});

test('a gauge in service watches nothing, and it is said that it is in service and until when', async () => {
  const until = at + HOUR;
  await sql`insert into service_window (kind, device_id, place, scenario, from_at, to_at, reason, made_by, made_at)
    select 'calibration', id, 100, 1, ${new Date(at)}, ${new Date(until)}, '季度标定', '测试', now() from device where code = 'RTU1'`.execute(
    station.db.storage.system,
  );
  const began = at;
  await tell(points);
  await look();
  const spot = await spotOf(ZHANGJIANG);
  expect(spot).toMatchObject({ state: 'blind', since: began, serviced: 2, servicedUntil: until });
  expect(spot?.reason).toContain('2 个监测点都在检修标定');
  // It ends by itself.
  at = until;
  await tell(points);
  await look();
  expect(await spotOf(ZHANGJIANG)).toMatchObject({ state: 'watched', serviced: 0, servicedUntil: null });
});

test('a box that was reported damaged is not leant on although it speaks, until it is mended; who reads no faults sees no fault', async () => {
  const opened = at;
  await sql`insert into fault (kind, subject_kind, subject, subject_name, place, scenarios, found_by, summary, state, opened_at, due_at)
    values ('damaged', 'device', 'hj212/RTU1', 'RTU1', 100, '{1}', 'person', '探头被撞歪', 'open', ${new Date(opened)}, now())`.execute(
    station.db.storage.system,
  );
  await tell(points);
  await look();
  expect(await spotOf(ZHANGJIANG)).toMatchObject({ state: 'blind', since: opened });
  const query = { scenario: 'FLOOD', town: ZHANGJIANG, limit: 50 };
  const { items } = await listBlindPoints(station.request(), { query });
  expect(items[0]).toMatchObject({ condition: 'faulty', since: opened, fault: { summary: '探头被撞歪' } });
  const operator = personWith({ roles: ['town-operator'], scope: { places: [], scenarios: [1] } });
  const seen = await listBlindPoints(new RequestContext(station.ground, operator), { query });
  expect(seen.items[0]).toMatchObject({ condition: 'faulty', fault: null });
  await sql`update fault set state = 'resolved', resolved_at = now()`.execute(station.db.storage.system);
  await look();
  expect(await spotOf(ZHANGJIANG)).toMatchObject({ state: 'watched' });
});

test('values nobody can believe watch nothing', async () => {
  await tell([points[2] ?? 0], { value: 99 });
  await look();
  expect(await spotOf(GAOQIAO)).toMatchObject({ state: 'blind', watching: 0 });
  expect((await spotOf(GAOQIAO))?.reason).toContain('存疑');
  expect((await map()).total.blind).toMatchObject({ towns: 1, residents: null, untold: 1 });
});

test('an event-driven point watches while its box was heard within a day', async () => {
  await sql`insert into monitored_object (code, name, scenarios, place, town, place_approximate, lat, lon)
    values ('S1', '商场', array[17::int2], ${places.get(GAOQIAO) ?? 0}, ${GAOQIAO}, false, 31.2, 121.6)`.execute(
    station.db.storage.system,
  );
  await station.pointOf('S1', 'S1', 'FIRE.SMOKE');
  await station.device('PANEL', ['S1'], 'hj212');
  const fire = async () =>
    (await map()).spots.find(({ scenario, town }) => scenario === 'FIRE' && town === GAOQIAO);
  const seen = (ms: number) =>
    sql`update device set last_seen_at = ${new Date(ms)} where code = 'PANEL'`.execute(
      station.db.storage.system,
    );
  await look();
  expect(await fire()).toMatchObject({ state: 'never', points: 1 });
  await seen(at);
  await look();
  expect(await fire()).toMatchObject({ state: 'watched' });
  const heard = at;
  await pass(25 * HOUR);
  expect(await fire()).toMatchObject({ state: 'blind', since: heard });
});
