import type { AppError } from '#base';
import { socialRoutes } from '#contract/monitoring';
import { fromWgs84 } from '#model/platform';
import { RequestContext } from '#services/context';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { personWith } from '../../context/testing.ts';
import { IntakeStation } from '../intake/testing.ts';
import { HOUR } from '../testing.ts';
import { addReportPicture } from './add-report-picture.ts';
import { confirmEvent } from './decide-event.ts';
import { getPicture } from './get-picture.ts';
import { listMyReports } from './list-my-reports.ts';
import { getEvent } from './list-events.ts';
import { reportEvent } from './report-event.ts';

let at: IntakeStation;
let house: number;
beforeAll(async () => {
  at = await IntakeStation.open();
  house = await at.station.point('house', 'FLOOD.HOUSE');
  await sql`update monitored_object set name = '川南奉公路下立交' where code = 'house'`.execute(
    at.station.db.storage.system,
  );
});
afterAll(() => at.close());

/** A PNG of one pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const report = (text: string, more: object = {}, scope?: Parameters<typeof at.station.request>[0]) =>
  reportEvent(at.station.request(scope), { body: { kind: '积水', text, datum: 'WGS84', ...more } });
const coded = (code: string) => expect.objectContaining({ code }) as AppError;

test('a report is placed by its object, by coordinates in either datum, or by a name', async () => {
  const spot = { lat: 31.2, lon: 121.6 };
  expect(await report('积水没过脚踝', { object: 'house' })).toMatchObject({
    object: { code: 'house' },
    origin: 'social',
  });
  at.station.now += 7 * HOUR;
  expect(await report('路口积水', spot)).toMatchObject({ object: { code: 'house' } });
  at.station.now += 7 * HOUR;
  const gcj = await report('门口积水', { ...fromWgs84(spot, 'GCJ02'), datum: 'GCJ02' });
  expect(gcj).toMatchObject({ object: { code: 'house' } });
  expect(gcj.lat).toBeCloseTo(31.2, 5);
  at.station.now += 7 * HOUR;
  expect(await report('车熄火', { place: '川南奉公路下立交东侧' })).toMatchObject({
    object: { code: 'house' },
  });
  expect(await report('楼道积水', { place: '川沙新镇某小区' })).toMatchObject({
    object: null,
    placeName: '川沙新镇某小区',
  });
  await expect(report('积水', { object: 'nothing' })).rejects.toThrow(coded('record.not-found'));
  await expect(report('积水', { element: 'FLOOD.NONE' })).rejects.toThrow(coded('record.not-found'));
});

test('reports of one thing stand together; confirmed once, it is a reading of people', async () => {
  at.station.now += 7 * HOUR;
  const first = await report('下立交积水很深，有车熄火', { object: 'house', element: 'FLOOD.HOUSE' });
  const second = await report('下立交积水严重，车辆熄火', { object: 'house' });
  expect(second).toMatchObject({ group: first.id, alike: 2 });
  const third = await report('积水，车熄火了', { object: 'house' });
  expect(third.group).toBe(first.id);
  const seen = await getEvent(at.station.request(), { params: { id: second.id } });
  expect(seen.others.map(({ id }) => id)).toEqual([first.id, third.id]);
  await at.station.moveTo(at.station.now);
  await confirmEvent(at.station.request(), at.station.desk, { params: { id: first.id }, body: {} });
  expect(await at.station.stored(house)).toMatchObject([{ value: 1, source: 3 }]);
});

test('what lies beyond the reach of whoever reports it goes to their own platform', async () => {
  const town = { places: [{ from: 112_000, to: 112_999 }], scenarios: [] };
  const seen = await report('隔壁镇积水', { place: '川南奉公路下立交' }, town);
  expect(seen.object).toBeNull();
  const { rows } = await sql<{
    place: number;
  }>`select place from suspected_event where id = ${seen.id}`.execute(at.station.db.storage.system);
  expect(rows).toEqual([{ place: 112_000 }]);
});

test('12345 pushes its work orders; one sent again is one, and rubbish is counted', async () => {
  await at.source('social', 'hotline');
  const body = { kind: '井盖', text: '道路井盖缺失', key: 'SH-1', place: '川沙新镇' };
  expect(await at.push('social', 'hotline', [body, body, { text: 'x' }])).toEqual({
    taken: 2,
    kept: 0,
    refused: 1,
  });
  const { rows } = await sql<{
    n: number;
  }>`select count(*) as n from suspected_event where event_key = 'SH-1'`.execute(
    at.station.db.storage.system,
  );
  expect(rows).toEqual([{ n: 1 }]);
  expect(await at.refused('hotline')).toEqual({ 'not-a-report': 1 });
});

const TOWN = { places: [{ from: 100, to: 199 }], scenarios: [] };
const hand = (id: number, scope = TOWN) =>
  new RequestContext(
    at.station.ground,
    personWith({ id, username: `hand${id}`, roles: ['village-handler'], scope }),
  );
const tell = (who: number, key: string, more: object = {}) =>
  reportEvent(hand(who), {
    body: { kind: '井盖缺失', text: `井盖不见了 ${key}`, datum: 'WGS84', key, ...more },
  });
const mine = async (who: number, query: object = {}) =>
  listMyReports(hand(who), { query: socialRoutes.listMyReports.query.parse(query) });

test('what a phone sends again is the report there is; the same key of somebody else is another', async () => {
  at.station.now += 7 * HOUR;
  const first = await tell(31, 'p-1');
  expect(await tell(31, 'p-1')).toMatchObject({ id: first.id });
  expect((await tell(32, 'p-1')).id).not.toBe(first.id);
  expect((await mine(31)).items.map(({ id }) => id)).toEqual([first.id]);
});

test('whoever reported sees what became of it, newest first, page by page, also when it lies elsewhere by then', async () => {
  at.station.now += 7 * HOUR;
  const second = await tell(31, 'p-2', { object: 'house', element: 'FLOOD.HOUSE' });
  const page = await mine(31, { limit: '1' });
  expect(page.items.map(({ id }) => id)).toEqual([second.id]);
  expect((await mine(31, { limit: '1', after: page.next ?? '' })).items).toHaveLength(1);
  await sql`update suspected_event set place = 900, state = 'rejected', note = '已有工单' where id = ${second.id}`.execute(
    at.station.db.storage.system,
  );
  expect((await mine(31)).items[0]).toMatchObject({
    state: 'rejected',
    note: '已有工单',
    allowedActions: [],
  });
  expect((await mine(33)).items).toEqual([]);
});

test('up to three pictures go with a report, by the hand that made it and until it is judged; what it is not is refused', async () => {
  at.station.now += 7 * HOUR;
  const { id } = await tell(31, 'p-3');
  const { pictures } = at.intake;
  const clean = (given: Uint8Array) => Promise.resolve({ content: Buffer.from(given) });
  const add = (who: number, content: Buffer, sha256?: string) =>
    addReportPicture(
      hand(who),
      { pictures, clean },
      { id, given: { content, mediaType: 'image/png', sha256 } },
    );
  await expect(add(32, PNG)).rejects.toThrow(coded('record.not-found'));
  await expect(add(31, PNG, '0'.repeat(64))).rejects.toThrow(coded('attachment.changed'));
  const other = (n: number): Buffer => Buffer.concat([PNG, Buffer.alloc(n)]);
  expect(await add(31, PNG)).toMatchObject({ pictures: 1 });
  expect(await add(31, PNG)).toMatchObject({ pictures: 1 });
  expect(await add(31, other(1))).toMatchObject({ pictures: 2 });
  expect(await add(31, other(1))).toMatchObject({ pictures: 2 });
  expect(await add(31, other(2))).toMatchObject({ pictures: 3 });
  const third = await getPicture(hand(31), pictures, { id, number: 3 });
  expect(third).toMatchObject({ mediaType: 'image/png', content: other(2) });
  await expect(add(31, other(3))).rejects.toThrow(coded('event.illegal-action'));
  expect(await add(31, PNG)).toMatchObject({ pictures: 3 });
  await sql`update suspected_event set state = 'confirmed' where id = ${id}`.execute(
    at.station.db.storage.system,
  );
  await expect(add(31, PNG)).rejects.toThrow(coded('event.illegal-action'));
});
