// How often a sign has fired, and what came of it: by level, verdict and version, each person within their reach.
import type { Scope } from '#model/platform';
import { RequestContext } from '#services/context';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { type TestDatabase, testDatabase } from '../../storage/testing.ts';
import { personWith, TEST_VAULT } from '../context/testing.ts';
import { getSignRecord } from './get-sign-record.ts';

const NOW = Date.UTC(2026, 10, 20, 1);
const DAY = 86_400_000;
const PUBLISHED = NOW - 300 * DAY;
const INSIDE = 121_010;
const OUTSIDE = 103_010;
const DISTRICT: Scope = { places: [{ from: 0, to: 1_000_000 }], scenarios: [] };

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
  const { system } = db.storage;
  await sql`insert into scenario values (1, 'FLOOD', '防汛防台', '区应急管理局')`.execute(system);
  await sql`insert into standard_version (scenario, version, document, published_at, effective_from, retired_at) values
    (1, '2025.2', '{}', ${new Date(PUBLISHED)}, to_timestamp(0), ${new Date(NOW - 60 * DAY)}),
    (1, '2026.1', '{}', ${new Date(NOW - 60 * DAY)}, ${new Date(NOW - 60 * DAY)}, null)`.execute(system);
  await sql`insert into element (code, standard_id, scenario, name, unit, period_seconds, sensing, is_key, body)
    values ('FLOOD.UNDERPASS', 1, 1, '积水', 'cm', 300, 'iot', true, '{}')`.execute(system);
  await sql`insert into sign (standard_id, code, item_code, element_code, scenario, name, body) values
    (1, 'FLOOD.S06', 'FLOOD.I06', 'FLOOD.UNDERPASS', 1, '积水', '{}'), (2, 'FLOOD.S06', 'FLOOD.I06', 'FLOOD.UNDERPASS', 1, '积水', '{}')`.execute(
    system,
  );
});
afterAll(() => db.drop());

interface Alarm {
  readonly sign: number;
  readonly level: number;
  readonly daysAgo: number;
  readonly place?: number;
  readonly simulated?: boolean;
  readonly session?: number;
}

/** An alarm at an object of its own. */
async function alarm({ sign, level, daysAgo, place = INSIDE, simulated = false, session }: Alarm) {
  const at = new Date(NOW - daysAgo * DAY);
  const { rows } = await sql<{ id: number; object_id: number }>`
    with o as (
      insert into monitored_object (code, name, scenarios, place, place_approximate, lat, lon)
      values ('U' || nextval('alarm_id'), '下立交', '{1}', ${place}, true, 31.2, 121.5) returning id, code
    ), p as (
      insert into point (code, object_id, element_code, place, scenarios, simulated)
      select code, id, 'FLOOD.UNDERPASS', ${place}, '{1}', ${simulated} from o returning id, object_id
    )
    insert into alarm (id, point_id, object_id, sign_id, item_code, place, scenario, level, peak_level, value, peak_value,
      raised_at, changed_at, normal_at, recorded_at, replay_session_id, simulated)
    select nextval('alarm_id'), p.id, p.object_id, ${sign}, 'FLOOD.I06', ${place}, 1, 0, ${level}, 1, 1, ${at}, ${at}, ${at}, ${at},
      ${session ?? null}::int, ${simulated} from p returning id, object_id`.execute(db.storage.system);
  return rows[0]!;
}

/** The warning that stands on these alarms, closed with a verdict; null leaves it undecided. */
async function warning(
  alarms: readonly { id: number; object_id: number }[],
  verdict: string | null,
  place = INSIDE,
) {
  await sql`
    with w as (
      insert into warning (object_id, item_code, place, scenario, state, level, peak_level, reason, opened_at, changed_at, simulated)
      values (${alarms[0]!.object_id}, 'FLOOD.I06', ${place}, 1, 'closed', 0, 2, '', now(), now(), false) returning id, object_id
    ), e as (
      insert into warning_evidence (warning_id, alarm_id, level) select w.id, a, 2 from w, unnest(${alarms.map(({ id }) => id)}::bigint[]) a
    )
    insert into work_order (code, warning_id, object_id, item_code, place, scenario, level, loop, state, unit, limit_class, handbook_id, limits,
      standard_version, opened_at, verdict, simulated)
    select 'W' || w.id, w.id, w.object_id, 'FLOOD.I06', ${place}, 1, 2, 'small', 'closed', '', 'T-std', freeze_handbook('{}'), '{}', 'x', now(), ${verdict}, false
    from w`.execute(db.storage.system);
}

const recordFor = (scope: Scope) =>
  getSignRecord(
    new RequestContext(
      { storage: db.storage, clock: { now: () => NOW }, poke: () => undefined, vault: TEST_VAULT },
      personWith({ roles: ['business-admin'], scope }),
    ),
    { params: { code: 'FLOOD.S06' } },
  );

test('a sign that has not fired says since when it counts; one that no version has is not found', async () => {
  expect(await recordFor(DISTRICT)).toMatchObject({
    since: PUBLISHED,
    last12Months: { warnings: 0, alarms: { red: 0, orange: 0, yellow: 0, blue: 0 } },
    versions: [],
    simulated: 0,
  });
  await expect(
    getSignRecord(
      new RequestContext(
        { storage: db.storage, clock: { now: () => NOW }, poke: () => undefined, vault: TEST_VAULT },
        personWith({ roles: ['business-admin'], scope: DISTRICT }),
      ),
      { params: { code: 'FLOOD.S99' } },
    ),
  ).rejects.toMatchObject({ code: 'record.not-found' });
});

test('alarms are told by their worst level, warnings once with their verdict, by span and by version; replays and simulations apart', async () => {
  const old = await alarm({ sign: 1, level: 2, daysAgo: 100 });
  await warning([old], 'true');
  const pair = [
    await alarm({ sign: 2, level: 3, daysAgo: 10 }),
    await alarm({ sign: 2, level: 4, daysAgo: 9 }),
  ];
  await warning(pair, 'false-alarm');
  await warning([await alarm({ sign: 2, level: 2, daysAgo: 40 })], null);
  await warning([await alarm({ sign: 2, level: 2, daysAgo: 5, place: OUTSIDE })], 'false-alarm', OUTSIDE);
  await alarm({ sign: 1, level: 4, daysAgo: 400 });
  await alarm({ sign: 2, level: 4, daysAgo: 3, simulated: true });
  await sql`insert into replay_session (id, name, state, opened_at) overriding system value values (7, '回放', 'ended', now())`.execute(
    db.storage.system,
  );
  await alarm({ sign: 2, level: 4, daysAgo: 3, session: 7 });

  const all = await recordFor(DISTRICT);
  expect(all.last12Months).toEqual({
    alarms: { red: 1, orange: 1, yellow: 3, blue: 0 },
    warnings: 4,
    verdicts: { true: 1, 'false-alarm': 2, test: 0, duplicate: 0, undecided: 1 },
  });
  expect(all.last30Days).toMatchObject({
    alarms: { red: 1, orange: 1, yellow: 1, blue: 0 },
    warnings: 2,
    verdicts: { 'false-alarm': 2 },
  });
  expect(all.versions.map(({ version, warnings }) => [version, warnings])).toEqual([
    ['2026.1', 3],
    ['2025.2', 1],
  ]);
  expect(all.simulated).toBe(1);

  const town = await recordFor({ places: [{ from: 121_000, to: 121_999 }], scenarios: [] });
  expect(town.last12Months).toMatchObject({ warnings: 3, verdicts: { 'false-alarm': 1 } });
});
