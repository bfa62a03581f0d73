// What people tell: duties from the moment it was known, at an order in the order's matter, changed numbers told upwards.
import type { RequestContext } from '#services/context';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { listReportDuties, oweReports, submitReport, tellReportMatter } from '../index.ts';
import { MINUTE, november, openReportHouse, type ReportHouse } from './testing.ts';

const EVENING = november(20, 23, 40);
const NOBODY = { deaths: null, injuries: null, unaccounted: null };
const FIELDS = {
  source: '网格员',
  received: '11月20日 23:45',
  where: '路口',
  nature: '车辆落水',
  reach: '路口断交',
  losses: '一车落水',
  trend: '正在施救',
  leaders: '副镇长',
  measures: '消防到场',
  suggestions: '无',
};

let house: ReportHouse;
let town: RequestContext;
let flood: RequestContext;
let platform = '';
beforeAll(async () => {
  house = await openReportHouse();
  town = await house.as('town.zhangjiang');
  flood = await house.as('flood.admin');
  platform = town.actor.rights.grants[0]?.platform ?? '';
});
afterAll(() => house.db.drop());

const telling = (key: string) =>
  ({
    trigger: 'emergency',
    platform,
    scenario: 'FLOOD',
    title: '车辆落水',
    told: '一辆轿车冲入河道',
    eventAt: EVENING,
    knownAt: EVENING + 5 * MINUTE,
    casualties: NOBODY,
    idempotencyKey: key,
  }) as const;

test('an emergency known at 23:45: by phone before midnight and on paper after it, the district to the city by its own', async () => {
  house.now = EVENING + 6 * MINUTE;
  const body = telling('tell-once-1');
  const told = await tellReportMatter(town, { body });
  expect(
    told.duties.map(({ platform: sender, recipient, channel, kind, dueAt }) => [
      sender.code === platform ? 'town' : sender.code,
      recipient,
      channel,
      kind,
      (dueAt - EVENING) / MINUTE,
    ]),
  ).toEqual([
    ['town', 'district', 'phone', 'first', 20],
    ['town', 'district', 'written', 'first', 35],
    ['PD', 'city', 'phone', 'first', 35],
    ['PD', 'city', 'written', 'first', 65],
    ['town', 'district', 'written', 'update', 95],
  ]);
  // Told again with the same key it is the same one.
  expect((await tellReportMatter(town, { body })).id).toBe(told.id);
  const owed = (await listReportDuties(town, { query: { limit: 10, platform } })).items;
  expect(owed.map(({ channel, mayReport }) => [channel, mayReport])).toEqual([
    ['phone', true],
    ['written', true],
    ['written', true],
  ]);
});

test('what lies in the future, happened after it was known, or is told for somebody else’s platform is refused', async () => {
  const refused = (change: object) =>
    tellReportMatter(town, { body: { ...telling('tell-bad-1'), ...change } });
  await expect(refused({ knownAt: house.now + MINUTE })).rejects.toMatchObject({
    code: 'incident-report.refused',
  });
  await expect(refused({ eventAt: EVENING + 6 * MINUTE })).rejects.toMatchObject({
    code: 'incident-report.refused',
  });
  await expect(refused({ platform: 'FLOOD' })).rejects.toMatchObject({ code: 'access.denied' });
});

test('an accident at an order that is reported on already is the same matter, and owes what an accident owes', async () => {
  const order = await house.order({ level: 'red', at: EVENING });
  await house.system.transaction((tx) => oweReports(tx, [house.raised(order, 'red', EVENING)], house.now));
  const casualties = { deaths: 1, injuries: null, unaccounted: null };
  const { scenario: _scenario, ...body } = telling('tell-order-1');
  const told = await tellReportMatter(flood, {
    body: { ...body, trigger: 'accident', platform: 'FLOOD', workOrder: order, casualties },
  });
  expect(told).toMatchObject({ title: '下立交 下立交积水红色预警', order: { id: order }, casualties });
  const rules = new Set(told.duties.map(({ rule }) => rule.code));
  expect([...rules].toSorted()).toEqual([
    'BS.R01',
    'BS.R02',
    'BS.R03',
    'BS.R07',
    'BS.R08',
    'BS.R09',
    'BS.R10',
    'BS.R11',
    'BS.R12',
    'BS.R13',
  ]);
});

test('the last word on what people told ends it: nothing more of the series is owed', async () => {
  const told = await tellReportMatter(town, { body: telling('tell-end-1') });
  const way = { platform, recipient: 'district', channel: 'written', eventAt: EVENING } as const;
  const done = await submitReport(town, {
    params: { id: told.id },
    body: { ...way, final: true, casualties: NOBODY, fields: FIELDS, idempotencyKey: 'last-word-1' },
  });
  expect(done).toMatchObject({ closedAt: house.now });
  expect(done.duties.filter(({ kind }) => kind === 'update').map(({ standing }) => standing)).toEqual([
    'stopped',
  ]);
});
