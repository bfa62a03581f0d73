// How well the alarms of a desk did: lists, figures held against a calculation by hand, months that are kept as they were.
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { District, KANGQIAO, MINUTE, T } from '../cards/testing.ts';
import { guardLoad } from '../load/guard-load.ts';
import { getPerformance } from './get-performance.ts';
import { listNuisances } from './list-nuisances.ts';
import { every, gauge, SIGN } from './testing.ts';
import { writeMonths } from './write-months.ts';

const CHUANSHA = '310115103';
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const LIMITS = { times: 3, within: 60, fleeting: 60 };
let district: District;

beforeAll(async () => {
  district = await District.open();
});
beforeEach(async () => {
  const { system } = district.db.storage;
  district.now = T;
  await sql`truncate alarm, warning_evidence, alarm_hold, seat_flood, seat_load, performance_month, outbox, work_order, point, sign_state cascade`.execute(
    system,
  );
  await sql`delete from warning`.execute(system);
  await sql`delete from monitored_object`.execute(system);
});
afterAll(() => district.db.drop());

type Kind = 'chattering' | 'fleeting' | 'stale';
const nuisances = (kind: Kind, more: object = {}, context = district.person()) =>
  listNuisances(context, { query: { kind, last: '7d', ...LIMITS, ...more } });
const performance = (query: object = {}, context = district.person()) =>
  getPerformance(context, { query: { last: '24h', ...query } });
const figureOf = async (key: string, query: object = {}) =>
  (await performance(query)).figures.find((one) => one.key === key);

test('three alarms within a minute chatter, two do not; the limits can be set', async () => {
  await gauge(district, { code: 'w.1', alarms: every(6, { before: 600, seconds: 10, lasts: 4 }) });
  await gauge(district, { code: 'w.2', alarms: every(2, { before: 600, seconds: 10, lasts: 90 }) });
  await gauge(district, { code: 'w.3', alarms: every(3, { before: 600, seconds: 40, lasts: 90 }) });
  const found = await nuisances('chattering');
  // The third to the sixth each complete a burst.
  expect(found).toMatchObject({
    total: 1,
    items: [
      {
        object: { code: 'w.1' },
        sign: { code: SIGN },
        alarms: 6,
        count: 4,
        since: T - 650_000,
        newest: T - 600_000,
        standing: false,
        warning: null,
        order: null,
      },
    ],
  });
  expect((await nuisances('chattering', { within: 80 })).items.map(({ object }) => object.code)).toEqual([
    'w.1',
    'w.3',
  ]);
  expect((await nuisances('chattering', { times: 2 })).total).toBe(3);
});

test('a version of the standard that comes in between does not part a chattering sign', async () => {
  await gauge(district, { code: 'w.1', alarms: every(3, { before: 600, seconds: 10, lasts: 4 }) });
  const { system } = district.db.storage;
  await sql`with later as (
      insert into standard_version (scenario, version, document, published_at, effective_from, retired_at)
      values (1, 'later', '{}', now(), now(), now()) returning id
    ), copied as (
      insert into sign (standard_id, code, item_code, element_code, scenario, name, body)
      select later.id, code, item_code, element_code, g.scenario, name, body from later, sign g where g.code = ${SIGN} limit 1 returning id
    )
    update alarm set sign_id = copied.id from copied where alarm.id = (select max(id) from alarm)`.execute(
    system,
  );
  expect((await nuisances('chattering')).total).toBe(1);
});

test('what is back at once is fleeting, with how often', async () => {
  await gauge(district, {
    code: 'w.1',
    alarms: [...every(4, { before: 3600, seconds: 1800, lasts: 20 }), { before: 60_000, lasted: 600 }],
  });
  expect(await nuisances('fleeting')).toMatchObject({ total: 1, items: [{ alarms: 5, count: 4 }] });
  expect((await nuisances('fleeting', { fleeting: 19 })).total).toBe(0);
});

test('what stands for longer than a day is stale, with its warning and its order; a day less a second is not', async () => {
  const [standing] = await gauge(district, { code: 'w.1', alarms: [{ before: 30 * 3600, lasted: null }] });
  await gauge(district, { code: 'w.2', alarms: [{ before: 86_399, lasted: null }] });
  await gauge(district, { code: 'w.3', alarms: [{ before: 3 * 86_400, lasted: 25 * 3600 }] });
  await gauge(district, { code: 'w.4', alarms: [{ before: 20 * 86_400, lasted: 25 * 3600 }] });
  await sql`
    with w as (
      insert into warning (object_id, item_code, place, scenario, state, level, peak_level, reason, opened_at, changed_at, simulated)
      select object_id, item_code, place, 1, 'open', 1, 1, '', raised_at, raised_at, false from alarm where id = ${standing} returning *
    ), e as (insert into warning_evidence (warning_id, alarm_id, level) select id, ${standing}, 1 from w)
    insert into work_order (code, warning_id, object_id, item_code, place, scenario, level, loop, state, unit, limit_class, handbook_id, limits,
      standard_version, opened_at, simulated)
    select 'GD-1', id, object_id, item_code, place, 1, 1, 'small', 'accepted', '', 'T-std', freeze_handbook('{}'), '{}', 'x', opened_at, false from w`.execute(
    district.db.storage.system,
  );
  const found = await nuisances('stale');
  expect(found.total).toBe(2);
  expect(found.items).toMatchObject([
    { object: { code: 'w.3' }, standing: false, lastedMs: 25 * HOUR, warning: null },
    {
      object: { code: 'w.1' },
      standing: true,
      since: T - 30 * HOUR,
      lastedMs: 30 * HOUR,
      warning: { state: 'open' },
      order: { code: 'GD-1', state: 'accepted' },
    },
  ]);
});

test('replays are nobody’s alarms', async () => {
  const replayed = every(6, { before: 600, seconds: 10, lasts: 4 }).map((one) => ({ ...one, session: 3 }));
  await gauge(district, {
    code: 'w.1',
    alarms: [...replayed, { before: 30 * 3600, lasted: null, session: 3 }],
  });
  expect((await nuisances('chattering')).total).toBe(0);
  expect((await nuisances('stale')).total).toBe(0);
  expect((await performance()).counts).toMatchObject({ alarms: 0, warnings: 0 });
});

test('a desk sees its own alarms, chooses among the desks it covers, and is told of no other', async () => {
  await gauge(district, { code: 'w.1', alarms: every(6, { before: 600, seconds: 10, lasts: 4 }) });
  await gauge(district, { code: 'w.2', town: CHUANSHA, alarms: [{ before: 30 * 3600, lasted: null }] });
  const there = district.person(await district.town(CHUANSHA));
  expect((await nuisances('chattering', {}, there)).total).toBe(0);
  expect((await nuisances('stale', {}, there)).total).toBe(1);
  expect((await nuisances('chattering', { desk: CHUANSHA })).total).toBe(0);
  expect((await nuisances('chattering', { desk: KANGQIAO })).total).toBe(1);
  expect((await nuisances('chattering', { desk: 'FLOOD' })).total).toBe(1);
  expect((await nuisances('chattering', { desk: 'GAS' })).total).toBe(0);
  const all = (await performance()).desks.map(({ code }) => code);
  expect(all).toEqual(expect.arrayContaining(['PD', KANGQIAO, CHUANSHA, 'FLOOD']));
  const theirs = (await performance({ desk: CHUANSHA }, there)).desks.map(({ code }) => code);
  expect(theirs).toContain(CHUANSHA);
  expect(theirs).not.toContain(KANGQIAO);
  expect(theirs).not.toContain('FLOOD');
  await expect(performance({ desk: KANGQIAO }, there)).rejects.toMatchObject({ code: 'record.not-found' });
  const watch = district.person({ places: [], scenarios: [1] });
  expect((await performance({ desk: 'FLOOD' }, watch)).counts).toMatchObject({ alarms: 6 });
});

test('a flood hour: every figure is what a calculation by hand gives', async () => {
  // 20:00 to 21:00 in Beijing six hours ago: 24 warnings in its first slot, 6 in its fourth, and two quiet ones in the hours after.
  const hour = T - 10 * MINUTE - 6 * HOUR;
  const storms = [
    { at: hour + 1 * MINUTE, count: 24, level: 1 },
    { at: hour + 31 * MINUTE, count: 6, level: 2 },
    { at: hour + 125 * MINUTE, count: 1, level: 3 },
    { at: hour + 200 * MINUTE, count: 1, level: 4 },
  ];
  for (const storm of storms) {
    district.now = storm.at;
    await district.storm({ town: KANGQIAO, ...storm });
    await guardLoad(district.system);
    district.now = storm.at + 11 * MINUTE;
    await guardLoad(district.system);
  }
  const { system } = district.db.storage;
  // Of the first slot ten were seen after 60 s, ten after 120 s; two were judged, one of them false.
  await sql`update warning set acknowledged_at = recorded_at + make_interval(secs => case when rank <= 10 then 60 else 120 end),
    false_alarm = case when rank = 1 then 'weather' end
    from (select id as its, row_number() over (order by id) as rank from warning) r where its = id and rank <= 20`.execute(
    system,
  );
  await sql`insert into work_order (code, warning_id, object_id, item_code, place, scenario, level, loop, state, unit, limit_class,
      handbook_id, limits, standard_version, opened_at, verdict, simulated)
    select 'GD-2', id, object_id, item_code, place, 1, 1, 'small', 'closed', '', 'T-std', freeze_handbook('{}'), '{}', 'x', opened_at, 'true', false
    from warning order by id desc limit 1`.execute(system);
  await gauge(district, { code: 'w.1', alarms: every(30, { before: 7200, seconds: 10, lasts: 4 }) });
  for (const n of [2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    await gauge(district, { code: `w.${n}`, alarms: every(2, { before: 7200, seconds: 1800, lasts: 400 }) });
  await gauge(district, { code: 'w.12', alarms: [{ before: 25 * 3600, lasted: null }] });
  district.now = T;
  const found = await performance({ desk: KANGQIAO });
  const value = Object.fromEntries(found.figures.map((one) => [one.key, one.value]));
  const verdict = Object.fromEntries(found.figures.map((one) => [one.key, one.verdict]));
  expect(found.counts).toMatchObject({
    warnings: 32,
    byLevel: { blue: 24, yellow: 6, orange: 1, red: 1 },
    alarms: 50,
    simulated: 0,
  });
  expect(value).toMatchObject({
    'per-slot': 32 / 144,
    'per-hour': 32 / 24,
    peak: 24,
    'slots-over': 1 / 144,
    // From the first look until the one eleven minutes later.
    'in-flood': 11 / (24 * 60),
    'top-ten': 48 / 50,
    chattering: 1,
    stale: 1,
    blue: 24 / 32,
    yellow: 6 / 32,
    severe: 2 / 32,
    'ack-median': 60_000,
    'ack-p95': 120_000,
    'false-alarms': 1 / 2,
  });
  expect(verdict).toMatchObject({
    'per-slot': 'met',
    peak: 'missed',
    'slots-over': 'met',
    'in-flood': 'met',
    'top-ten': 'missed',
    chattering: 'missed',
    stale: 'met',
    'ack-median': null,
    'false-alarms': 'missed',
  });
  expect(found.bucketMs).toBe(HOUR);
  expect(found.buckets).toEqual([
    { at: hour, warnings: 30, over: 1, peak: 24 },
    { at: hour + 2 * HOUR, warnings: 1, over: 0, peak: 1 },
    { at: hour + 3 * HOUR, warnings: 1, over: 0, peak: 1 },
  ]);
  expect(found.actors[0]).toMatchObject({ object: { code: 'w.1' }, alarms: 30, share: 0.6, bursts: 28 });
  expect(found.actors).toHaveLength(10);
  expect((await performance({ desk: CHUANSHA })).counts.warnings).toBe(0);
});

test('alarms that were held back are told by what held them', async () => {
  const ids = await gauge(district, {
    code: 'w.1',
    alarms: every(3, { before: 600, seconds: 100, lasts: 4 }),
  });
  await sql`insert into alarm_hold (alarm_id, kind, held_by, level, place, scenario, reason, held_at)
    select a.id, k.kind, 'x', 1, a.place, 1, '', a.raised_at from alarm a, unnest(array['shelved', 'suppressed']) k(kind)
    where a.id = any(${[...ids]}) and (k.kind = 'shelved' or a.id = ${ids[0]})`.execute(
    district.db.storage.system,
  );
  expect((await performance()).counts.held).toEqual({
    verify: 0,
    shelved: 3,
    suppressed: 1,
    'out-of-service': 0,
  });
});

test('a month is written once when it is over and read as it was, whatever is found out later', async () => {
  // T lies in November; the desk looks back from December.
  await district.storm({ town: KANGQIAO, count: 4, level: 1 });
  await gauge(district, { code: 'w.1', alarms: every(3, { before: 600, seconds: 10, lasts: 4 }) });
  await writeMonths(district.system);
  expect((await performance({ month: '2026-11' })).writtenAt).toBeNull();
  district.now = T + 2 * DAY;
  await writeMonths(district.system);
  const { system } = district.db.storage;
  await sql`update warning set false_alarm = 'weather'`.execute(system);
  district.now = T + 3 * DAY;
  await writeMonths(district.system);
  const november = await performance({ month: '2026-11', desk: KANGQIAO });
  expect(november).toMatchObject({
    month: '2026-11',
    writtenAt: T + 2 * DAY,
    until: Date.UTC(2026, 10, 30, 16),
    counts: { warnings: 4, alarms: 3 },
    actors: [{ object: { code: 'w.1' } }],
  });
  expect(november.figures.find(({ key }) => key === 'false-alarms')?.value).toBeNull();
  expect(november.bucketMs).toBe(DAY);
  // What is not over is counted now.
  expect((await performance({ month: '2026-12', desk: KANGQIAO })).writtenAt).toBeNull();
  const there = district.person(await district.town(CHUANSHA));
  await expect(performance({ month: '2026-11', desk: KANGQIAO }, there)).rejects.toMatchObject({
    code: 'record.not-found',
  });
});

test('nothing is written of a month in which nothing had been recorded yet', async () => {
  await gauge(district, { code: 'w.1', alarms: [{ before: 600, lasted: 4 }] });
  await writeMonths(district.system);
  const { rows } = await sql`select from performance_month`.execute(district.db.storage.system);
  expect(rows).toEqual([]);
});

test('what nobody has acknowledged yet was not acknowledged at once', async () => {
  await district.storm({ town: KANGQIAO, count: 5 });
  district.now = T + MINUTE;
  expect(await figureOf('ack-median')).toMatchObject({ value: null });
  await sql`update warning set acknowledged_at = recorded_at + interval '30 seconds' where id = (select min(id) from warning)`.execute(
    district.db.storage.system,
  );
  expect(await figureOf('ack-median')).toMatchObject({ value: 30_000 });
});

test('a desk to which nothing came has no shares and nothing to answer for', async () => {
  expect(await figureOf('top-ten')).toMatchObject({ value: null, verdict: null });
  expect(await figureOf('per-slot')).toMatchObject({ value: 0, verdict: 'met' });
});
