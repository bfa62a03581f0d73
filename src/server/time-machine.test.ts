// 时间机: whatever happened, whoever asks later for a moment is given what the desk showed at that moment, word for word.
import type { DutyDesk } from '#contract/command';
import type { WorkOrderAction } from '#model/response';
import { getDutyDesk, getDutyLook, putDutyLook } from '#services/command';
import { acknowledgeWarning, closeWarnings, followAlarms } from '#services/warning';
import { advanceWorkOrder, getWorkOrder, openWorkOrders, runAllDeadlines } from '#services/response';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import { settleRound } from '../services/operations/settle-round.ts';
import { type DutyRoom, dutyRoom, MINUTE, proofOf } from '../services/response/testing.ts';
import { DESK_PARTS } from './bind-desk.ts';
import { happening } from './subscriptions.ts';

const HERE = 100;
const FLOOD = 1;
const OBJECTS = 5;

let room: DutyRoom;
let places: readonly { readonly object: number; readonly point: number }[] = [];
let sign = 0;
beforeAll(async () => {
  room = await dutyRoom();
  const { system } = room.db.storage;
  await sql`insert into element (code, standard_id, scenario, name, unit, period_seconds, sensing, is_key, body)
    select 'FLOOD.UNDERPASS', id, ${FLOOD}, '积水', 'cm', 300, 'iot', true, '{}' from standard_version where scenario = ${FLOOD}`.execute(
    system,
  );
  const { rows: signs } = await sql<{ id: number }>`
    insert into sign (standard_id, code, item_code, element_code, scenario, name, body)
    select id, 'S', 'FLOOD.I06', 'FLOOD.UNDERPASS', ${FLOOD}, '积水', '{}' from standard_version where scenario = ${FLOOD}
    returning id`.execute(system);
  sign = signs[0]?.id ?? 0;
  const { rows } = await sql<{ object: number; point: number }>`
    with made as (
      insert into monitored_object (code, name, scenarios, place, place_approximate, lat, lon)
      select 'T' || i, '下立交 ' || i, '{1}', ${HERE}, true, 31.2, 121.5 from generate_series(1, ${OBJECTS}::int) i returning id, code
    )
    insert into point (code, object_id, element_code, place, scenarios, simulated)
    select code, id, 'FLOOD.UNDERPASS', ${HERE}, '{1}', false from made returning id as point, object_id as object`.execute(
    system,
  );
  places = rows;
});
afterAll(() => room.db.drop());

const desk = (at?: number): Promise<DutyDesk> =>
  getDutyDesk(room.as('flood.admin'), { query: at === undefined ? {} : { at } }, DESK_PARTS);

/** The database's clock. A write has its moment from there. */
async function clock(): Promise<number> {
  const { rows } = await sql<{
    at: number;
  }>`select extract(epoch from clock_timestamp())::float8 * 1000 as at`.execute(room.db.storage.system);
  return rows[0]?.at ?? 0;
}

const passed = (moment: number): Promise<void> =>
  vi.waitFor(async () => expect(await clock()).toBeGreaterThan(moment + 1), { timeout: 10_000, interval: 1 });

/** What the desk shows at a whole millisecond in which nothing was written. */
async function look(): Promise<DutyDesk> {
  const at = Math.ceil(await clock()) + 1;
  await passed(at - 1);
  room.now = at;
  const shown = await desk();
  await passed(at);
  return shown;
}

const standing = new Map<number, number>();
let seq = 0;

/** Readings put an object at a level (0: normal); orders open, rise and close as the subscribers do it. */
async function breach(nth: number, level: number, lateMs: number): Promise<void> {
  const { object, point } = places[nth] ?? { object: 0, point: 0 };
  const { system } = room.db.storage;
  let alarm = standing.get(object);
  if (alarm === undefined) {
    const { rows } = await sql<{ id: number }>`
      insert into alarm (id, point_id, object_id, sign_id, item_code, place, scenario, level, peak_level, value, peak_value, raised_at,
        changed_at, normal_at, recorded_at, simulated)
      values (nextval('alarm_id'), ${point}, ${object}, ${sign}, 'FLOOD.I06', ${HERE}, ${FLOOD}, 0, 1, 1, 1, now(), now(), now(), now(),
        false) returning id`.execute(system);
    alarm = rows[0]?.id ?? 0;
    standing.set(object, alarm);
  }
  if (level === 0) standing.delete(object);
  const payload = {
    id: alarm,
    object,
    item: 'FLOOD.I06',
    sign,
    toLevel: level,
    value: level * 10,
    session: null,
    simulated: false,
  };
  const at = room.now - lateMs;
  seq += 1;
  const event = {
    seq,
    type: 'alarm.changed',
    at,
    place: HERE,
    scenario: FLOOD,
    payload: { ...payload, why: `到了 ${level} 级` },
  };
  await system.transaction().execute((tx) => followAlarms(tx, [event], room.now));
  await follow(lateMs);
}

let followed = 0;
async function follow(lateMs: number): Promise<void> {
  await room.system.transaction(async (tx) => {
    const { rows } = await sql<{ id: number; type: string; at: number; payload: { id: number } }>`
      select id, type, at, payload from outbox where id > ${followed} and type ~ '^(warning|work-order)' order by id`.execute(
      tx,
    );
    const events = rows.map((row) => ({ ...row, seq: row.id, place: HERE, scenario: FLOOD }));
    followed = rows.at(-1)?.id ?? followed;
    const risen = events.filter(
      ({ type }) => /raised|upgraded|stepped-down|normal/u.test(type) && type.startsWith('warning'),
    );
    // As if nobody had been told in time: such an order is late from the first.
    await openWorkOrders(tx, room.now - lateMs, risen.map(happening));
    await closeWarnings(
      tx,
      events.filter(({ type }) => /warning.normal|work-order.advanced/u.test(type)),
      room.now,
    );
  });
}

async function acknowledge(nth: number): Promise<void> {
  const unread = (await desk()).warnings.newest.filter(
    (one) => one.state === 'open' && one.acknowledgedAt === null,
  );
  const id = unread[nth % Math.max(1, unread.length)]?.id;
  if (id !== undefined) await acknowledgeWarning(room.as('flood.admin'), { params: { id } });
}

/** One of those who may do something about an order does one of the things they may. */
async function act(nth: number, which: number): Promise<void> {
  const pressing = (await desk()).orders?.pressing ?? [];
  const { rows } = await sql<{ id: number }>`select id from work_order order by id desc limit 8`.execute(
    room.db.storage.system,
  );
  const ids = [...pressing.map(({ id }) => id), ...rows.map(({ id }) => id)];
  const id = ids[nth % Math.max(1, ids.length)];
  if (id === undefined) return;
  const hands = ['flood.handler', 'flood.admin', 'flood.head'] as const;
  const may: { who: (typeof hands)[number]; action: WorkOrderAction }[] = [];
  for (const who of hands) {
    const { allowedActions } = await getWorkOrder(room.as(who), id);
    may.push(...allowedActions.map(({ action }) => ({ who, action })));
  }
  const chosen = may[which % Math.max(1, may.length)];
  if (!chosen) return;
  const proof = chosen.action === 'clear' ? await proofOf(room.as(chosen.who), id) : {};
  const into = chosen.action === 'merge' ? await survivorOf(id) : undefined;
  if (chosen.action === 'merge' && into === undefined) return;
  await advanceWorkOrder(room.as(chosen.who), id, {
    action: chosen.action,
    note: '泵车已到，强排后水位回落，道路恢复通行',
    reason: '现场情况有变',
    unit: '区排水管理所',
    until: room.now + 3_600_000,
    falseAlarm: 'weather',
    ...(into === undefined ? {} : { into }),
    ...(chosen.action === 'clear' ? { verdict: 'true', ...proof } : {}),
  });
  await follow(0);
}

/** An open order that may go on for another. */
async function survivorOf(id: number): Promise<number | undefined> {
  const { rows } = await sql<{ id: number }>`
    select s.id from work_order o join work_order s on s.id <> o.id and s.scenario = o.scenario and s.level >= o.level
      and s.state <> 'closed' and s.replay_session_id is not distinct from o.replay_session_id
    where o.id = ${id} order by s.id limit 1`.execute(room.db.storage.system);
  return rows[0]?.id;
}

const quiet = (silent: readonly number[]): Promise<void> =>
  room.system.transaction((tx) =>
    settleRound(tx, room.now, {
      kind: 'device-silent',
      foundBy: 'rule',
      recovery: '又有数据了',
      wrong: silent.map((n) => ({
        subject: { kind: 'device', key: `hj212/D${n}` },
        name: `雨量站 ${n}`,
        summary: `${room.now} 起没有数据`,
        place: HERE,
        scenarios: [FLOOD],
        simulated: false,
      })),
      isWell: () => true,
    }),
  );

type Step = () => Promise<unknown>;
const lateMs = fc.integer({ min: 0, max: 90 }).map((minutes) => minutes * MINUTE);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.tuple(fc.nat(OBJECTS - 1), fc.nat(4), lateMs).map(
      (told): Step =>
        () =>
          breach(...told),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.nat(20).map(
      (nth): Step =>
        () =>
          acknowledge(nth),
    ),
  },
  {
    weight: 6,
    arbitrary: fc.tuple(fc.nat(20), fc.nat(20)).map(
      (told): Step =>
        () =>
          act(...told),
    ),
  },
  { weight: 2, arbitrary: fc.constant<Step>(() => runAllDeadlines(room.system)) },
  {
    weight: 1,
    arbitrary: fc.subarray([1, 2, 3]).map(
      (silent): Step =>
        () =>
          quiet(silent),
    ),
  },
);

test(
  'what the desk showed at any moment of any history is what it shows when asked for that moment',
  { timeout: 120_000 },
  async () => {
    const seen: DutyDesk[] = [];
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 10 }), async (steps) => {
        for (const happens of steps) {
          room.now = Math.ceil(await clock());
          await happens();
          seen.push(await look());
        }
        room.now = Math.ceil(await clock()) + 1;
        for (const shown of seen.splice(0))
          expect(comparable(await desk(shown.at))).toEqual(comparable(shown));
      }),
      { numRuns: 3, endOnFailure: true },
    );
  },
);

function comparable({ at, warnings, orders, held, sources }: DutyDesk): object {
  return { at, warnings, orders, held, sources: { ...sources, blind: null } };
}

test('a moment to come, and one before the past begins, are refused with the span that can be shown', async () => {
  room.now = Math.ceil(await clock());
  await expect(desk(room.now + MINUTE)).rejects.toMatchObject({ code: 'desk.no-past' });
  await expect(desk(room.now - 40 * 24 * 60 * MINUTE)).rejects.toMatchObject({ code: 'desk.no-past' });
});

test('who looked is told what came since: each warning once for each change, and what was missed', async () => {
  room.now = Math.ceil(await clock());
  expect((await desk()).look).toEqual({ at: null, since: null });
  await putDutyLook(room.as('flood.admin'), { body: { at: room.now + 60 * MINUTE } });
  // What was looked at cannot lie ahead: the mark is now.
  expect((await desk()).look).toMatchObject({ at: room.now });
  const [before] = [await look()];
  await putDutyLook(room.as('flood.admin'), { body: { at: before.at } });
  for (const { object } of places) if (standing.has(object)) await breach(objectsNth(object), 0, 0);
  // Whatever else is late is so before the look.
  room.now = Math.ceil(await clock());
  await runAllDeadlines(room.system);
  const shown = await look();
  await putDutyLook(room.as('flood.admin'), { body: { at: shown.at } });
  // Orange and red: their limits run by night, too.
  await breach(0, 3, 30 * MINUTE);
  room.now = Math.ceil(await clock());
  await runAllDeadlines(room.system);
  await breach(0, 4, 0);
  await breach(1, 1, 0);
  await breach(1, 0, 0);
  await quiet([7]);
  const { since } = (await look()).look;
  expect(Object.entries(since ?? {}).map(([change, { count }]) => `${change} ${count}`)).toEqual([
    'raised 2',
    'upgraded 1',
    'normal 1',
    'overdue 1',
    'quiet 1',
  ]);
  expect(since?.raised.items.map(({ name, level }) => `${name} ${level}`)).toEqual([
    '下立交 2 blue',
    '下立交 1 orange',
  ]);
  expect(since?.overdue.items[0]?.text).toMatch(/记超期/u);
  // An older screen of the same person does not set the mark back.
  await putDutyLook(room.as('flood.admin'), { body: { at: before.at } });
  expect(await getDutyLook(room.as('flood.admin'))).toEqual({ lookedAt: shown.at });
});

function objectsNth(object: number): number {
  return places.findIndex((one) => one.object === object);
}
