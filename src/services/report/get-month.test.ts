import { fromBeijing } from '#base';
import type { Scope } from '#model/platform';
import { type Ground, RequestContext } from '#services/context';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { type TestDatabase, testDatabase } from '../../storage/testing.ts';
import { getMonth } from './get-month.ts';
import { personWith, TEST_VAULT } from '../context/testing.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** 11 November 2026, midnight in Beijing: ten whole days of the month are over. */
const NOW = fromBeijing(2026, 11, 11);
const DISTRICT: Scope = { places: [{ from: 1, to: 999_999 }], scenarios: [] };

let db: TestDatabase;

function month(scope: Scope, rows: 'live' | 'replay' = 'live', name?: string) {
  const ground: Ground = {
    storage: db.storage,
    clock: { now: () => NOW },
    poke: () => undefined,
    vault: TEST_VAULT,
  };
  const context = new RequestContext(ground, personWith({ roles: ['department-owner'], scope }));
  return getMonth(context, { query: { rows, ...(name !== undefined && { month: name }) } });
}

interface Row {
  readonly object?: number;
  readonly openedAt: number;
  readonly closedAt?: number;
  readonly level?: number;
  readonly session?: number;
  readonly simulated?: boolean;
  /** The limit that was missed, and when. */
  readonly late?: number;
}

let made = 0;

/** A warning with its order. */
async function happen({ object = 1, openedAt, closedAt, level = 2, session, simulated = false, late }: Row) {
  made += 1;
  const [place, scenario] = object === 1 ? [100, 1] : [200, 5];
  const opened = new Date(openedAt);
  const closed = closedAt === undefined ? null : new Date(closedAt);
  await sql`
    with w as (
      insert into warning (object_id, item_code, place, scenario, state, level, peak_level, reason, opened_at, changed_at,
        replay_session_id, simulated)
      values (${object}, 'I', ${place}, ${scenario}, 'closed', 0, ${level}, '', ${opened}, ${opened}, ${session ?? null},
        ${simulated})
      returning id
    ), o as (
      insert into work_order (code, warning_id, object_id, item_code, place, scenario, level, loop, state, unit, handbook_id,
        limits, standard_version, limit_class, opened_at, cleared_at, closed_at, replay_session_id, simulated)
      select ${`W${made}`}, id, ${object}, 'I', ${place}, ${scenario}, ${level}, 'small',
        ${closed ? 'closed' : 'dispatched'}, '', freeze_handbook('{}'), '{}', '', '', ${opened}, ${closed}, ${closed}, ${session ?? null},
        ${simulated}
      from w returning id
    )
    insert into deadline (work_order_id, place, scenario, kind, started_at, due_at, overdue_at)
    select id, ${place}, ${scenario}, 'accept', ${opened}, ${opened},
      ${late === undefined ? null : new Date(late)}::timestamptz from o`.execute(db.storage.system);
}

beforeAll(async () => {
  db = await testDatabase();
  const { system } = db.storage;
  await sql`insert into scenario values (1, 'FLOOD', '防汛防台', ''), (5, 'GAS', '燃气', '')`.execute(system);
  await sql`insert into monitored_object (code, name, scenarios, place, place_approximate, lat, lon) values
    ('U1', '下立交一', '{1}', 100, false, 31.2, 121.5), ('G1', '燃气站一', '{5,1}', 200, false, 31.1, 121.6)`.execute(
    system,
  );
  await sql`insert into standard_version (scenario, version, document, published_at, effective_from)
    values (1, '1', '{}', now(), now())`.execute(system);
  await sql`insert into element (code, standard_id, scenario, name, unit, period_seconds, sensing, is_key, body) values
    ('FLOOD.DEPTH', 1, 1, '水深', 'cm', 300, 'iot', true, '{}'), ('GAS.CH4', 1, 5, '甲烷', '%LEL', 60, 'iot', true, '{}'),
    ('FLOOD.EVENT', 1, 1, '开关', '1', 0, 'iot', true, '{}')`.execute(system);
  await sql`insert into replay_session (name, state, opened_at) values ('回放', 'running', now())`.execute(
    system,
  );
  await sql`insert into device (protocol, code, replay_session_id, place, scenarios) values ('hj212', 'LIVE', null, 100, '{1}'), ('hj212', 'OLD', 1, 100, '{1}')`.execute(
    system,
  );
  const before = new Date(fromBeijing(2026, 10, 1));
  const midway = new Date(NOW - DAY);
  await sql`insert into point (code, object_id, element_code, device_id, place, scenarios, simulated, created_at) values
    ('P1', 1, 'FLOOD.DEPTH', 1, 100, '{1}', false, ${before}), ('P2', 1, 'FLOOD.DEPTH', null, 100, '{1}', false, ${midway}),
    ('P3', 1, 'FLOOD.EVENT', 1, 100, '{1}', false, ${before}), ('P4', 1, 'FLOOD.DEPTH', 2, 100, '{1}', false, ${before}),
    ('P5', 2, 'GAS.CH4', 1, 200, '{5,1}', false, ${before})`.execute(system);
  await sql`insert into reading_count values ('2026-10-31', 1, false, 9000, 900), ('2026-11-01', 1, false, 1000, 10),
    ('2026-11-10', 1, false, 584, 6), ('2026-11-02', 5, false, 14400, 0), ('2026-11-02', 1, true, 777, 7)`.execute(
    system,
  );
  await sql`insert into reading_count values ('2026-11-03', 1, true, 120, 3, true)`.execute(system);

  await happen({ openedAt: fromBeijing(2026, 11, 1, HOUR), level: 4, closedAt: NOW - DAY });
  await happen({ openedAt: fromBeijing(2026, 11, 1) - 1, closedAt: NOW - DAY, late: NOW - 2 * DAY });
  await happen({ openedAt: NOW - DAY, object: 2, level: 1 });
  await happen({ openedAt: NOW - DAY, session: 1, closedAt: NOW - HOUR });
  await happen({ openedAt: NOW - DAY, simulated: true });
});
afterAll(() => db.drop());

test('a warning counts in the month of Beijing, not of UTC', async () => {
  const november = await month(DISTRICT);
  expect(november.month).toBe('2026-11');
  expect(november.warnings.total).toBe(2);
  expect(november.warnings.byLevel).toEqual({ blue: 1, yellow: 0, orange: 0, red: 1 });
  // 01:00 on 1 November in Beijing is still October in UTC.
  expect(november.warnings.byDay[0]).toEqual({ day: '2026-11-01', total: 1 });
  const october = await month(DISTRICT, 'live', '2026-10');
  expect(october.warnings.total).toBe(1);
  expect(october.warnings.byDay.at(-1)).toEqual({ day: '2026-10-31', total: 1 });
  expect(october.warnings.byDay).toHaveLength(31);
});

test('replayed and simulated rows are shown only where they are asked for', async () => {
  const replay = await month(DISTRICT, 'replay');
  expect(replay.warnings.total).toBe(2);
  expect(replay.orders).toMatchObject({ opened: 2, closed: 1, onTimeRate: 1 });
  expect(replay.readings).toMatchObject({ expected: 0, received: 777, suspect: 7, completeness: null });
  // What a drill's script told is nobody's reading.
  expect(replay.readings).toMatchObject({ scripted: 120, byScenario: [{ received: 777 }] });
  expect((await month(DISTRICT)).readings.scripted).toBe(0);
});

test('orders are on time when no limit was missed, and every late one can be opened', async () => {
  const { orders } = await month(DISTRICT);
  expect(orders).toMatchObject({
    opened: 2,
    cleared: 2,
    closed: 2,
    open: 1,
    overdue: 1,
    onTimeRate: 0.5,
    // W2 was opened before the month: its limits are that month's.
    byLimit: [],
    byLoop: { small: 2, medium: 0, large: 0 },
  });
  expect(orders.late).toEqual([expect.objectContaining({ code: 'W2', object: '下立交一', kind: 'accept' })]);
  expect((await month(DISTRICT, 'live', '2026-09')).orders).toMatchObject({ closed: 0, onTimeRate: null });
});

test('expected readings follow each point’s period and life; event points and replaying devices expect none', async () => {
  const { readings } = await month(DISTRICT);
  const flood = 10 * 288 + 288;
  const gas = 10 * 1440;
  expect(readings).toMatchObject({ expected: flood + gas, received: 1584 + 14_400, suspect: 16 });
  expect(readings.byScenario).toEqual([
    { scenario: 'FLOOD', name: '防汛防台', expected: flood, received: 1584 },
    { scenario: 'GAS', name: '燃气', expected: gas, received: 14_400 },
  ]);
  expect(readings.completeness).toBeCloseTo((1584 + 14_400) / (flood + gas));
});

test('a scenario counts its own; a town is told that received readings are not kept by place', async () => {
  const flood = await month({ places: [], scenarios: [1] });
  expect(flood.warnings.byScenario.map(({ scenario }) => scenario)).toEqual(['FLOOD']);
  expect(flood.readings).toMatchObject({ expected: 3168, received: 1584 });
  const town = await month({ places: [{ from: 100, to: 199 }], scenarios: [] });
  expect(town.readings).toMatchObject({ expected: 3168, received: null, suspect: null, completeness: null });
  expect(town.orders).toMatchObject({ opened: 1, open: 0 });
});
