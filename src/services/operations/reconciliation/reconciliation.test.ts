import path from 'node:path';

import type { MismatchKind } from '#model/operations';
import { SystemContext } from '#services/context';
import { loadPlatforms } from '#services/platform';
import { loadStandard } from '#services/standard';
import { ensureReadingPartitions } from '#storage';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { preparedDatabase, type TestDatabase } from '../../../storage/testing.ts';
import { TEST_VAULT } from '../../context/testing.ts';
import { reconcile } from './reconcile.ts';

const HOUR = 3_600_000;
/** Five past midnight in Beijing, on a day that is past by now. */
const NIGHT = Math.floor((Date.now() + 8 * HOUR) / (24 * HOUR)) * 24 * HOUR - 8 * HOUR + 5 * 60_000;
const FOLLOWERS = [{ name: 'warning.follow-alarms', types: ['alarm.raised'] }];

let db: TestDatabase;
let system: SystemContext;

beforeAll(async () => {
  db = await preparedDatabase('puan_reconciled', async (storage) => {
    const early = new SystemContext({
      storage,
      clock: { now: () => NIGHT },
      poke: () => undefined,
      vault: TEST_VAULT,
    });
    await loadPlatforms(early, path.resolve('standards/platforms.json'));
    await loadStandard(early, path.resolve('standards'));
  });
  system = new SystemContext({
    storage: db.storage,
    clock: { now: () => NIGHT },
    poke: () => undefined,
    vault: TEST_VAULT,
  });
  await ensureReadingPartitions(db.storage.system, NIGHT - 3 * HOUR);
  await sql`insert into monitored_object (code, name, scenarios, place, place_approximate, lat, lon)
    values ('O', '下立交', '{1}', 100, true, 31.2, 121.6)`.execute(db.storage.system);
  await sql`insert into point (code, object_id, element_code, place, scenarios, simulated)
    select 'P', id, 'FLOOD.UNDERPASS', 100, '{1}', false from monitored_object`.execute(db.storage.system);
});
afterAll(() => db.drop());

const run = (statement: string): Promise<unknown> => sql.raw(statement).execute(db.storage.system);

async function found(
  settledSeq: number | undefined = 1_000_000,
): Promise<Partial<Record<MismatchKind, number>>> {
  const id = await reconcile(system, { events: { followers: FOLLOWERS, settledSeq }, requestedBy: null });
  const { rows } = await sql<{ kind: MismatchKind; mismatches: number; unchecked: string | null }>`
    select kind, mismatches, unchecked from reconciliation_count where reconciliation_id = ${id}`.execute(
    db.storage.system,
  );
  expect(rows).toHaveLength(8);
  return Object.fromEntries(
    rows.filter(({ mismatches }) => mismatches > 0).map((row) => [row.kind, row.mismatches]),
  );
}

const faults = async (): Promise<readonly string[]> => {
  const { rows } = await sql<{ subject: string; state: string }>`
    select subject, state from fault where kind = 'records-unmatched' order by subject`.execute(
    db.storage.system,
  );
  return rows.map(({ subject, state }) => `${subject} ${state}`);
};

/** A whole life: an alarm with its warning and order, closed hours ago. */
const HOURS_AGO = `(to_timestamp(${NIGHT / 1000}) - interval '3 hours')`;
const ALARM = (id: number, normal = 'null'): string => `
  insert into alarm (id, point_id, object_id, sign_id, item_code, place, scenario, level, peak_level, value, peak_value, raised_at,
    changed_at, normal_at, recorded_at, simulated)
  select ${id}, p.id, p.object_id, g.id, g.item_code, 100, 1, 2, 2, 30, 30, ${HOURS_AGO} + ${id} * interval '1 second', ${HOURS_AGO},
    ${normal}, ${HOURS_AGO}, false
  from point p, (select min(id) as id, min(item_code) as item_code from sign where element_code = 'FLOOD.UNDERPASS') g`;
const WARNING = (id: number, state: string, alarm?: number): string => `
  insert into warning (id, object_id, item_code, place, scenario, state, level, peak_level, reason, opened_at, changed_at, normal_at,
    recorded_at, simulated)
  overriding system value
  select ${id}, id, 'FLOOD.I0${id}', 100, 1, '${state}', 2, 2, '积水 30 cm', ${HOURS_AGO}, ${HOURS_AGO}, ${HOURS_AGO}, ${HOURS_AGO}, false
  from monitored_object;
  ${alarm === undefined ? '' : `insert into warning_evidence values (${id}, ${alarm}, 2)`}`;
const ORDER = (warning: number, state: string): string => `
  insert into work_order (code, warning_id, object_id, item_code, place, scenario, level, loop, state, unit, handbook_id, limits,
    standard_version, limit_class, opened_at, closed_at, simulated)
  select 'GD-${warning}', id, object_id, item_code, 100, 1, 2, 'small', '${state}', '单位', freeze_handbook('{}'), '{}', '1', 'C', ${HOURS_AGO},
    ${HOURS_AGO}, false from warning where id = ${warning}`;

test('a whole life leaves nothing to be found', async () => {
  await run(ALARM(1, HOURS_AGO));
  await run(WARNING(1, 'closed', 1));
  await run(ORDER(1, 'closed'));
  // Reopened by a person's word: no alarm of it stands.
  await run(WARNING(5, 'open'));
  await run('update warning set reopened_from = 1 where id = 5');
  await run(ORDER(5, 'accepted'));
  expect(await found()).toEqual({});
  expect(await faults()).toEqual([]);
});

test('each record that has lost its partner is found and named, is a fault, and recovers once it is mended', async () => {
  // An alarm nobody followed; one that is held back is none of these.
  await run(ALARM(2));
  await run('drop index alarm_one_open');
  await run(ALARM(3));
  await run(`insert into alarm_hold (alarm_id, kind, held_by, level, place, scenario, reason, held_at)
    values (3, 'verify', 'item/X', 2, 100, 1, '待核实', now())`);
  // A warning that stands on nothing, one without an order, one that was not closed.
  await run(WARNING(2, 'open', 1));
  await run(ORDER(2, 'accepted'));
  await run(ALARM(4));
  await run(WARNING(3, 'open', 4));
  await run(WARNING(4, 'normal'));
  await run(ORDER(4, 'closed'));
  // A limit of a closed order, an event nobody published, one nobody followed.
  await run(`insert into deadline (work_order_id, place, scenario, kind, started_at, due_at, next_at)
    select id, 100, 1, 'accept', ${HOURS_AGO}, ${HOURS_AGO}, now() from work_order where warning_id = 1`);
  await run(
    `insert into outbox (type, payload, written_at) values ('alarm.raised', '{"id": 2}', ${HOURS_AGO})`,
  );
  await run(`insert into event (seq, type, at, payload) values (7, 'alarm.raised', now(), '{"id": 2}')`);
  // Ten readings were counted, and nine are there.
  await run(`insert into reading (observed_at, received_at, value, point_id, quality, source)
    select t, t, 1, p.id, 0, 0 from point p, generate_series(1, 9) n, lateral (select ${HOURS_AGO} + n * interval '1 second' as t) s`);
  await run(`update ingest_mark set flushed_to = 'infinity', counted_to = 'infinity'`);
  await run(
    `insert into reading_count values ((${HOURS_AGO} at time zone 'Asia/Shanghai')::date, 1, false, 10, 0)`,
  );

  expect(await found()).toEqual({
    'alarm-without-warning': 1,
    'warning-without-evidence': 1,
    'warning-without-order': 1,
    'warning-not-closed': 1,
    'deadline-without-order': 1,
    'event-not-published': 1,
    'event-not-followed': 1,
    'reading-count': 1,
  });
  expect((await faults()).filter((one) => one.endsWith(' open'))).toHaveLength(8);
  const { rows } = await sql<{ text: string }>`
    select text from reconciliation_mismatch order by kind`.execute(db.storage.system);
  const texts = rows.map(({ text }) => text).join('\n');
  expect(texts).toContain('报警 2（下立交');
  expect(texts).toContain('预警 3（下立交');
  expect(texts).toContain('收下 10 条，库中 9 条，差 1 条');
  expect(texts).toContain('1 个事件等“warning.follow-alarms”办理');

  await run(ORDER(3, 'dispatched'));
  await run(`update warning set state = 'closed' where id = 4`);
  await run('delete from deadline; delete from outbox');
  await run(
    `insert into subscription values ('warning.follow-alarms', 7) on conflict (name) do update set seq = 7`,
  );
  await run('update reading_count set received = 9');
  await run('insert into warning_evidence values (2, 2, 2)');
  expect(await found()).toEqual({});
  expect((await faults()).filter((one) => one.endsWith(' resolved'))).toHaveLength(8);
});

test('what cannot be told yet is said to be unchecked, and its fault stays as it is', async () => {
  await run(`insert into event (seq, type, at, payload) values (9, 'alarm.raised', now(), '{"id": 2}')`);
  await found();
  await reconcile(system, { events: { followers: FOLLOWERS, settledSeq: undefined }, requestedBy: null });
  expect(await faults()).toContain('对账/event-not-followed reopened');
  const { rows } = await sql<{ unchecked: string | null }>`
    select unchecked from reconciliation_count where kind = 'event-not-followed' order by reconciliation_id desc limit 1`.execute(
    db.storage.system,
  );
  expect(rows[0]?.unchecked).toContain('下一次再核');
});

test('what was just under way when it was found is looked at again before it is told', async () => {
  await run(ALARM(5));
  const id = await reconcile(system, {
    events: { followers: [], settledSeq: 0 },
    requestedBy: null,
    rest: async () => void (await run('insert into warning_evidence values (3, 5, 2)')),
  });
  const { rows } = await sql<{ n: number }>`
    select sum(mismatches)::int as n from reconciliation_count where reconciliation_id = ${id}`.execute(
    db.storage.system,
  );
  expect(rows[0]?.n).toBe(0);
});
