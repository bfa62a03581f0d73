import { readFile } from 'node:fs/promises';

import type { Event } from '#bus';
import { standardFile } from '#contract/standard';
import { RequestContext } from '#services/context';
import type { AlarmState } from '#model/warning';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { seededRandom } from '../../../test/seeded-random.ts';
import { type TestDatabase, testDatabase } from '../../storage/testing.ts';
import { acknowledgeWarning } from './acknowledge-warning.ts';
import { closeWarnings } from './close-warnings.ts';
import { followAlarms } from './follow-alarms.ts';
import type { ConfidencesOf } from './evidence-view.ts';
import { getWarning } from './get-warning.ts';
import { listWarnings } from './list-warnings.ts';
import { personWith, TEST_VAULT } from '../context/testing.ts';

/** Nothing is known of the points' data. */
const NO_DOUBT: ConfidencesOf = () => Promise.resolve(new Map());

const T = Date.UTC(2026, 10, 20, 19);
const HERE = 100;
/** The default standard: 暴雨 has two signs on one gauge, the sums of one hour and of six. */
let hour = 0;
let sixHours = 0;
let depth = 0;
let seq = 0;
let now = T;

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
  const flood = standardFile.parse(
    JSON.parse(await readFile(new URL('../../../standards/flood.json', import.meta.url), 'utf8')),
  );
  const { system } = db.storage;
  await sql`insert into scenario values (1, 'FLOOD', '防汛防台', '区应急管理局')`.execute(system);
  await sql`insert into standard_version (scenario, version, document, published_at, effective_from)
    values (1, ${flood.version}, ${JSON.stringify(flood)}, now(), to_timestamp(0))`.execute(system);
  await sql`insert into element (code, standard_id, scenario, name, unit, period_seconds, sensing, is_key, body)
    select e->>'code', 1, 1, e->>'name', e->>'unit', 300, 'iot', true, e
    from jsonb_array_elements(${JSON.stringify(flood.elements)}::jsonb) e`.execute(system);
  await sql`insert into sign (standard_id, code, item_code, element_code, scenario, name, body)
    select 1, s->>'code', s->>'item', s->>'element', 1, s->>'name', s
    from jsonb_array_elements(${JSON.stringify(flood.signs)}::jsonb) s`.execute(system);
  const signs = await system.selectFrom('sign').select(['id', 'code']).execute();
  const idOf = (code: string): number => signs.find((sign) => sign.code === code)?.id ?? 0;
  [hour, sixHours, depth] = [idOf('FLOOD.S01A'), idOf('FLOOD.S01B'), idOf('FLOOD.S06')];
  for (const [id, name] of [
    [1, '值守甲'],
    [2, '值守乙'],
  ] as const) {
    await sql`insert into account (id, username, name, password_hash, password_from_bootstrap)
      overriding system value values (${id}, ${`duty${id}`}, ${name}, 'x', false)`.execute(system);
  }
});
afterAll(() => db.drop());

function person(id: number, scenario = 1): RequestContext {
  const ground = { storage: db.storage, clock: { now: () => now }, poke: () => undefined, vault: TEST_VAULT };
  const who = { id, username: `duty${id}`, name: id === 1 ? '值守甲' : '值守乙' };
  const scope = { places: [], scenarios: [scenario] };
  return new RequestContext(ground, personWith({ ...who, roles: ['business-admin'], scope }));
}

/** An object with a gauge, and its alarms as the hot path stores them. */
async function gauge(element = 'FLOOD.RAIN_5M'): Promise<{ object: number; point: number }> {
  const { rows } = await sql<{ object: number; point: number }>`
    with made as (
      insert into monitored_object (code, name, scenarios, place, place_approximate, lat, lon)
      values ('G' || nextval('alarm_id'), '雨量站', '{1}', ${HERE}, true, 31.2, 121.5) returning id, code
    )
    insert into point (code, object_id, element_code, place, scenarios, simulated)
    select code, id, ${element}, ${HERE}, '{1}', false from made returning id as point, object_id as object`.execute(
    db.storage.system,
  );
  const [made] = rows;
  if (!made) throw new Error('no gauge was made');
  return made;
}

async function alarm(
  at: { object: number; point: number },
  sign: number,
  item = 'FLOOD.I01',
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into alarm (id, point_id, object_id, sign_id, item_code, place, scenario, level, peak_level, value, peak_value,
      raised_at, changed_at, normal_at, recorded_at, simulated)
    values (nextval('alarm_id'), ${at.point}, ${at.object}, ${sign}, ${item}, ${HERE}, 1, 0, 1, 1, 1, now(), now(), now(),
      now(), false) returning id`.execute(db.storage.system);
  return rows[0]?.id ?? 0;
}

interface Told {
  readonly alarm: number;
  readonly object: number;
  readonly sign: number;
  readonly level: number;
  readonly at: number;
  readonly value?: number;
  readonly item?: string;
  readonly why?: string;
}

function event({ alarm: id, object, sign, level, at, value = 60, item = 'FLOOD.I01', why }: Told): Event {
  seq += 1;
  const payload = { id, object, item, sign, toLevel: level, value, session: null, simulated: false };
  return {
    seq,
    type: level === 0 ? 'alarm.normal' : 'alarm.changed',
    at,
    place: HERE,
    scenario: 1,
    payload: why === undefined ? payload : { ...payload, why },
  };
}

const follow = (...told: readonly Told[]): Promise<void> => followEvents(told.map(event));
const followEvents = (events: readonly Event[]): Promise<void> =>
  db.storage.system.transaction().execute((tx) => followAlarms(tx, events, T));

async function warningsOf(object: number) {
  return db.storage.system
    .selectFrom('warning')
    .select([
      'id',
      'item_code',
      'state',
      'level',
      'peak_level',
      'opened_at',
      'normal_at',
      'reason',
      'recorded_at',
    ])
    .where('object_id', '=', object)
    .orderBy('id')
    .execute();
}
async function historyOf(warning: number): Promise<readonly string[]> {
  const { history } = await getWarning(person(1), { params: { id: warning } }, NO_DOUBT);
  return history.map((line) => `${line.change} ${line.fromLevel ?? '-'}>${line.toLevel ?? '-'}`);
}
async function announced(object: number): Promise<readonly string[]> {
  const { rows } = await sql<{ type: string }>`select type from outbox
    where (payload->>'object')::int = ${object} order by id`.execute(db.storage.system);
  return rows.map((row) => row.type);
}

test('two signs of one item make one warning: upgraded at once, stepped down, normal; the next alarm opens another', async () => {
  const at = await gauge();
  const [a, b, c] = [await alarm(at, hour), await alarm(at, sixHours), await alarm(at, hour)];
  const { object } = at;
  await follow({ alarm: a, object, sign: hour, level: 1, at: T, value: 36 });
  await follow({ alarm: b, object, sign: sixHours, level: 3, at: T + 1000, value: 101 });
  expect(await warningsOf(object)).toMatchObject([
    {
      state: 'open',
      level: 3,
      peak_level: 3,
      opened_at: T,
      reason: expect.stringContaining('6 小时累计 101 mm ≥ 100 mm'),
    },
  ]);
  await follow({ alarm: b, object, sign: sixHours, level: 0, at: T + 2000, value: 40 });
  await follow({ alarm: a, object, sign: hour, level: 0, at: T + 3000, value: 2 });
  const [first] = await warningsOf(object);
  expect(first).toMatchObject({ state: 'normal', level: 0, peak_level: 3, normal_at: T + 3000 });
  expect(await historyOf(first?.id ?? 0)).toEqual([
    'raised ->blue',
    'upgraded blue>orange',
    'stepped-down orange>blue',
    'normal blue>-',
  ]);
  await follow({ alarm: c, object, sign: hour, level: 2, at: T + 4000 });
  expect((await warningsOf(object)).map((one) => [one.state, one.level])).toEqual([
    ['normal', 0],
    ['open', 2],
  ]);
  expect(await announced(object)).toEqual([
    'warning.raised',
    'warning.upgraded',
    'warning.stepped-down',
    'warning.normal',
    'warning.raised',
  ]);
});

test('when it was written down goes by the clock of the system that looks at it, whatever the database’s says', async () => {
  const at = await gauge();
  const { object } = at;
  await follow({ alarm: await alarm(at, hour), object, sign: hour, level: 1, at: T - 60_000 });
  expect(await warningsOf(object)).toMatchObject([{ opened_at: T - 60_000, recorded_at: T }]);
});

test('its evidence names the signs, the gauge and the limits', async () => {
  const at = await gauge();
  await follow({ alarm: await alarm(at, hour), object: at.object, sign: hour, level: 2, at: T });
  const [warning] = await warningsOf(at.object);
  const detail = await getWarning(person(1), { params: { id: warning?.id ?? 0 } }, NO_DOUBT);
  expect(detail.evidence).toMatchObject([
    {
      sign: {
        code: 'FLOOD.S01A',
        measure: { kind: 'rolling', statistic: 'sum', windowSeconds: 3600 },
        limits: { blue: 35, red: 100 },
      },
      point: { id: at.point },
    },
  ]);
});

test('two items of one object are two warnings', async () => {
  const at = await gauge();
  const { object } = at;
  await follow(
    { alarm: await alarm(at, hour), object, sign: hour, level: 1, at: T },
    { alarm: await alarm(at, depth, 'FLOOD.I06'), object, sign: depth, level: 4, at: T, item: 'FLOOD.I06' },
  );
  expect((await warningsOf(object)).map((one) => [one.item_code, one.level])).toEqual([
    ['FLOOD.I01', 1],
    ['FLOOD.I06', 4],
  ]);
});

test('raised, normal and raised again within one batch keep every change', async () => {
  const at = await gauge();
  const { object } = at;
  const [a, b] = [await alarm(at, hour), await alarm(at, hour)];
  await follow(
    { alarm: a, object, sign: hour, level: 1, at: T },
    { alarm: a, object, sign: hour, level: 2, at: T + 1 },
    { alarm: a, object, sign: hour, level: 0, at: T + 2 },
    { alarm: b, object, sign: hour, level: 3, at: T + 3 },
  );
  const [first, second] = await warningsOf(object);
  expect([first, second]).toMatchObject([
    { state: 'normal', level: 0, peak_level: 2, opened_at: T, normal_at: T + 2 },
    { state: 'open', level: 3, opened_at: T + 3 },
  ]);
  expect(await historyOf(first?.id ?? 0)).toEqual([
    'raised ->blue',
    'upgraded blue>yellow',
    'normal yellow>-',
  ]);
  expect(await historyOf(second?.id ?? 0)).toEqual(['raised ->orange']);
  expect(await announced(object)).toEqual([
    'warning.raised',
    'warning.upgraded',
    'warning.normal',
    'warning.raised',
  ]);
});

test('events that are brought twice take effect once, also after the warning has become normal', async () => {
  const at = await gauge();
  const { object } = at;
  const a = await alarm(at, hour);
  const raised = event({ alarm: a, object, sign: hour, level: 2, at: T });
  const normal = event({ alarm: a, object, sign: hour, level: 0, at: T + 1 });
  await followEvents([raised]);
  await followEvents([raised]);
  expect(await announced(object)).toEqual(['warning.raised']);
  await followEvents([normal]);
  await followEvents([normal]);
  await followEvents([raised, normal]);
  expect(await warningsOf(object)).toHaveLength(1);
  expect(await announced(object)).toEqual(['warning.raised', 'warning.normal']);
});

test('what a person or a rule ended says so', async () => {
  const at = await gauge();
  const { object } = at;
  const a = await alarm(at, hour);
  await follow({ alarm: a, object, sign: hour, level: 2, at: T });
  await follow({ alarm: a, object, sign: hour, level: 0, at: T + 1, why: '回放结束' });
  expect(await warningsOf(object)).toMatchObject([{ state: 'normal', reason: '回放结束' }]);
});

test('1,000 alarms of one object, in whatever batches they come and some of them twice, are one warning', async () => {
  const at = await gauge('FLOOD.UNDERPASS');
  const { object } = at;
  const { rows } = await sql<{ point: number }>`
    insert into point (code, object_id, element_code, place, scenarios, simulated)
    select 'G' || nextval('alarm_id'), ${object}, 'FLOOD.UNDERPASS', ${HERE}, '{1}', false from generate_series(1, 1000)
    returning id as point`.execute(db.storage.system);
  const { rows: made } = await sql<{ id: number }>`
    insert into alarm (id, point_id, object_id, sign_id, item_code, place, scenario, level, peak_level, value, peak_value, raised_at,
      changed_at, recorded_at, simulated)
    select nextval('alarm_id'), p, ${object}, ${depth}::int, 'FLOOD.I06', ${HERE}, 1, 4, 4, 45, 45, now(), now(), now(), false
    from unnest(${rows.map(({ point }) => point)}::int[]) p returning id`.execute(db.storage.system);
  const events = made.map(({ id }, n) =>
    event({ alarm: id, object, sign: depth, level: 1 + (n % 4), at: T + n, item: 'FLOOD.I06' }),
  );
  const random = seededRandom(7);
  for (let from = 0; from < events.length;) {
    const to = from + 1 + Math.floor(random() * 60);
    await followEvents(events.slice(Math.max(0, from - 3), to));
    from = to;
  }
  const found = await warningsOf(object);
  expect(found).toMatchObject([{ state: 'open', level: 4, peak_level: 4, opened_at: T }]);
  const { rows: evidence } = await sql<{ n: number }>`
    select count(*) as n from warning_evidence where warning_id = ${found[0]?.id ?? 0}`.execute(
    db.storage.system,
  );
  expect(evidence).toEqual([{ n: 1000 }]);
  expect(await announced(object)).toEqual(['warning.raised', ...Array(3).fill('warning.upgraded')]);
});

test('20,000 alarms in one go are 20,000 warnings, each with its history, its evidence and its event', async () => {
  const { rows: made } = await sql<{ alarm: number; object: number }>`
    with places as (
      insert into monitored_object (code, name, scenarios, place, place_approximate, lat, lon)
      select 'M' || g, '下立交', '{1}', ${HERE}, true, 31.2, 121.5 from generate_series(1, 20000) g returning id, code
    ), points as (
      insert into point (code, object_id, element_code, place, scenarios, simulated)
      select code, id, 'FLOOD.UNDERPASS', ${HERE}, '{1}', false from places returning id, object_id
    )
    insert into alarm (id, point_id, object_id, sign_id, item_code, place, scenario, level, peak_level, value, peak_value,
      raised_at, changed_at, recorded_at, simulated)
    select nextval('alarm_id'), id, object_id, ${depth}::int, 'FLOOD.I06', ${HERE}, 1, 4, 4, 45, 45, now(), now(), now(), false
    from points returning id as alarm, object_id as object`.execute(db.storage.system);
  const events = made.map((one) =>
    event({ ...one, sign: depth, level: 4, at: T, item: 'FLOOD.I06', value: 45 }),
  );
  const started = performance.now();
  await followEvents(events);
  process.stdout.write(`followed 20,000 alarms in ${Math.round(performance.now() - started)} ms\n`);
  const objects = made.map((one) => one.object);
  const { rows } = await sql<Record<string, number>>`select
      (select count(*) from warning where object_id = any(${objects}) and state = 'open' and level = 4) as warnings,
      (select count(*) from warning_change c join warning w on w.id = c.warning_id
        where w.object_id = any(${objects}) and c.change = 'raised') as history,
      (select count(*) from warning_evidence e join warning w on w.id = e.warning_id
        join alarm a on a.id = e.alarm_id and a.object_id = w.object_id where w.object_id = any(${objects})) as evidence,
      (select count(*) from outbox where type = 'warning.raised' and (payload->>'object')::int = any(${objects})) as events`.execute(
    db.storage.system,
  );
  expect(rows[0]).toEqual({ warnings: 20_000, history: 20_000, evidence: 20_000, events: 20_000 });
  const page = await listWarnings(person(1), { query: { limit: 50 } });
  expect([page.items.length, page.next === null]).toEqual([50, false]);
  // On a machine that does much else besides.
}, 120_000);

async function order(warning: number, closed: number | null): Promise<void> {
  await sql`insert into work_order (code, warning_id, object_id, item_code, place, scenario, level, loop, state, unit,
      handbook_id, limits, standard_version, limit_class, opened_at, closed_at, simulated)
    select 'GD' || w.id, w.id, w.object_id, w.item_code, w.place, w.scenario, 2, 'small',
      ${closed === null ? 'dispatched' : 'closed'}, '养护单位', freeze_handbook('{}'), '{}', '1', 'T-std', w.opened_at,
      ${closed === null ? null : new Date(closed)}::timestamptz, false
    from warning w where w.id = ${warning}
    on conflict (warning_id) do update set state = excluded.state, closed_at = excluded.closed_at`.execute(
    db.storage.system,
  );
}
const close = (events: readonly Event[]): Promise<void> =>
  db.storage.system.transaction().execute((tx) => closeWarnings(tx, events, T));
const orderClosed = (warning: number): Event => ({
  seq: (seq += 1),
  type: 'work-order.advanced',
  at: T,
  place: HERE,
  scenario: 1,
  payload: { id: 1, warning, state: 'closed' },
});
const becameNormal = (warning: number): Event => ({
  ...orderClosed(warning),
  type: 'warning.normal',
  payload: { id: warning },
});

test.each(['normal first', 'order first'] as const)(
  'it is closed once it is normal and its order is closed: %s',
  async (way) => {
    const at = await gauge();
    const { object } = at;
    const a = await alarm(at, hour);
    await follow({ alarm: a, object, sign: hour, level: 2, at: T });
    const id = (await warningsOf(object))[0]?.id ?? 0;
    const state = async () => (await warningsOf(object))[0]?.state;
    const normal = async () => {
      await follow({ alarm: a, object, sign: hour, level: 0, at: T + 5000 });
      await close([becameNormal(id)]);
    };
    const closed = async () => {
      await order(id, T + 9000);
      await close([orderClosed(id)]);
    };
    await order(id, null);
    const [first, second] = way === 'normal first' ? [normal, closed] : [closed, normal];
    await first();
    expect(await state()).toBe(way === 'normal first' ? 'normal' : 'open');
    await second();
    await close([becameNormal(id), orderClosed(id)]);
    const detail = await getWarning(person(1), { params: { id } }, NO_DOUBT);
    expect([detail.state, detail.closedAt]).toEqual(['closed', T + 9000]);
    expect(detail.history.map((line) => line.change)).toEqual(['raised', 'normal', 'closed']);
  },
);

test('a warning is as sure as the best of what still speaks for it, and once it is over nothing is said of that', async () => {
  const at = await gauge();
  const { object } = at;
  const one = await alarm(at, hour);
  const other = await alarm(at, sixHours);
  await follow({ alarm: one, object, sign: hour, level: 2, at: T });
  await follow({ alarm: other, object, sign: sixHours, level: 1, at: T + 1000 });
  const id = (await warningsOf(object))[0]?.id ?? 0;
  const doubtful: ConfidencesOf = (_, points) =>
    Promise.resolve(new Map(points.map((point) => [point, { value: 0.3, reasons: ['最新读数存疑'] }])));
  const stands = await getWarning(person(1), { params: { id } }, doubtful);
  expect(stands.confidence).toEqual({
    value: 0.3,
    parts: [{ kind: 'data', speaks: 'against', text: '最新读数存疑' }],
  });
  expect(stands.evidence.map(({ confidence }) => confidence?.value)).toEqual([0.3, 0.3]);
  await follow({ alarm: one, object, sign: hour, level: 0, at: T + 5000 });
  await follow({ alarm: other, object, sign: sixHours, level: 0, at: T + 6000 });
  await close([becameNormal(id)]);
  await order(id, T + 9000);
  await close([orderClosed(id)]);
  const over = await getWarning(person(1), { params: { id } }, doubtful);
  expect([over.state, over.confidence, over.evidence[0]?.confidence]).toEqual(['closed', null, null]);
});

test('two people who acknowledge at once: it stays with the first, the second is told', async () => {
  const at = await gauge();
  await follow({ alarm: await alarm(at, hour), object: at.object, sign: hour, level: 2, at: T });
  const id = (await warningsOf(at.object))[0]?.id ?? 0;
  now = T + 60_000;
  const both = await Promise.allSettled(
    [1, 2].map((who) => acknowledgeWarning(person(who), { params: { id } })),
  );
  const kept = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const refused = both.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  expect(kept).toMatchObject([{ acknowledgedAt: now, allowedActions: ['judge'] }]);
  expect(refused).toMatchObject([{ code: 'warning.illegal-action', details: { state: '已签收' } }]);
  const detail = await getWarning(person(2), { params: { id } }, NO_DOUBT);
  expect(detail.acknowledgedBy).toBe(kept[0]?.acknowledgedBy);
  expect(detail.history.map((line) => [line.change, line.by])).toEqual([
    ['raised', null],
    ['acknowledged', kept[0]?.acknowledgedBy],
  ]);
});

test('nobody of another scenario finds or acknowledges it; what has returned is still to be seen, what is closed is not', async () => {
  const at = await gauge();
  const { object } = at;
  const a = await alarm(at, hour);
  await follow({ alarm: a, object, sign: hour, level: 2, at: T });
  const id = (await warningsOf(object))[0]?.id ?? 0;
  const gas = person(2, 5);
  await expect(acknowledgeWarning(gas, { params: { id } })).rejects.toMatchObject({
    code: 'record.not-found',
  });
  await expect(getWarning(gas, { params: { id } }, NO_DOUBT)).rejects.toMatchObject({
    code: 'record.not-found',
  });
  expect((await listWarnings(gas, { query: { limit: 50 } })).items).toEqual([]);
  // It came and went before anybody looked: that, too, somebody has to have seen.
  await follow({ alarm: a, object, sign: hour, level: 0, at: T + 1 });
  const listed = async (state: AlarmState): Promise<readonly number[]> =>
    (await listWarnings(person(1), { query: { limit: 50, object, alarmState: state } })).items.map(
      (one) => one.id,
    );
  expect(await listed('rtn-unacknowledged')).toEqual([id]);
  const seen = await acknowledgeWarning(person(1), { params: { id } });
  expect([seen.state, seen.alarmState]).toEqual(['normal', 'normal']);
  expect(await listed('rtn-unacknowledged')).toEqual([]);
  await db.storage.system.updateTable('warning').set({ state: 'closed' }).where('id', '=', id).execute();
  await expect(acknowledgeWarning(person(1), { params: { id } })).rejects.toMatchObject({
    code: 'warning.illegal-action',
  });
});

test('an upgrade needs an acknowledgement of its own', async () => {
  const at = await gauge();
  const { object } = at;
  const a = await alarm(at, hour);
  await follow({ alarm: a, object, sign: hour, level: 1, at: T });
  const id = (await warningsOf(object))[0]?.id ?? 0;
  expect((await acknowledgeWarning(person(1), { params: { id } })).alarmState).toBe('acknowledged');
  await follow({ alarm: a, object, sign: hour, level: 3, at: T + 1000 });
  const worse = await getWarning(person(1), { params: { id } }, NO_DOUBT);
  expect([worse.alarmState, worse.acknowledgedBy]).toEqual(['unacknowledged', null]);
  await acknowledgeWarning(person(2), { params: { id } });
  await follow({ alarm: a, object, sign: hour, level: 2, at: T + 2000 });
  const milder = await getWarning(person(1), { params: { id } }, NO_DOUBT);
  expect([milder.alarmState, milder.acknowledgedBy]).toEqual(['acknowledged', '值守乙']);
});

test('every change of a warning stands in the audit, by the rule that made it', async () => {
  const at = await gauge();
  const { object } = at;
  const a = await alarm(at, hour);
  await follow({ alarm: a, object, sign: hour, level: 2, at: T - 90_000 });
  await follow({ alarm: a, object, sign: hour, level: 0, at: T + 1 });
  const id = (await warningsOf(object))[0]?.id ?? 0;
  await order(id, T + 9000);
  await close([orderClosed(id)]);
  const { rows } = await sql`select at, actor, action, before, after->>'level' as level, place, scenario
    from audit where subject = ${`warning/${id}`} order by id`.execute(db.storage.system);
  const common = { at: T, place: HERE, scenario: 1 };
  const follower = 'rule:follow-alarms';
  expect(rows).toEqual([
    { ...common, actor: follower, action: 'warning.raised', before: null, level: 'yellow' },
    { ...common, actor: follower, action: 'warning.normal', before: { level: 'yellow' }, level: null },
    {
      ...common,
      actor: 'rule:close-warnings',
      action: 'warning.closed',
      before: { state: 'normal' },
      level: null,
    },
  ]);
});
