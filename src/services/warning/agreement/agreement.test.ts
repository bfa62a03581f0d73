// What says the same as an alarm: neighbours, other kinds of source; and what is only suspected until something does.
import type { Spot } from '#workflow';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { AdmissionWorld } from '../admission/testing.ts';
import { followAlarms } from '../follow-alarms.ts';
import { followHolds } from '../verification/follow-holds.ts';
import { AgreementBook } from './agreement-book.ts';

const NOW = Date.now();
const MINUTE = 60_000;
let world: AdmissionWorld;
let stories = 0;
beforeAll(async () => {
  world = await AdmissionWorld.open();
});
afterAll(() => world.db.drop());

type Alarm = Awaited<ReturnType<AdmissionWorld['alarm']>>;

/** A neighbourhood of this story's own. */
function ground(): (east: number) => Spot {
  stories += 1;
  const lat = 30.5 + stories * 0.1;
  return (east) => ({ lat, lon: 121.5 + east / 95_100 });
}

async function agreementOf(alarm: Alarm, level: number, at = NOW) {
  return world.db.storage.system
    .transaction()
    .execute(async (tx) => (await AgreementBook.load(tx, [alarm.id])).of({ id: alarm.id, level, at }));
}

test('neighbours past the same level within three kilometres agree; milder ones, other signs and those further off do not', async () => {
  const at = ground();
  const one = await world.alarm('BRIDGE.I01', 2, at(0));
  await world.alarm('BRIDGE.I01', 2, at(2900));
  await world.alarm('BRIDGE.I01', 3, at(-500));
  await world.alarm('BRIDGE.I01', 1, at(100));
  await world.alarm('BRIDGE.I02', 4, at(100));
  await world.alarm('BRIDGE.I01', 4, at(3100));
  expect(await agreementOf(one, 2)).toMatchObject({ agreeing: 2, others: [] });
  expect(await agreementOf(one, 3)).toMatchObject({ agreeing: 1 });
  expect(await agreementOf(one, 4)).toMatchObject({ agreeing: 0 });
});

test('in a flood it counts to twenty and no further; an alarm nobody knows is told nothing of', async () => {
  const at = ground();
  const one = await world.alarm('BRIDGE.I01', 2, at(0));
  for (let n = 0; n < 25; n += 1) await world.alarm('BRIDGE.I01', 2, at(n));
  expect(await agreementOf(one, 2)).toMatchObject({ agreeing: 20, mostCounted: 20 });
  expect(await agreementOf({ ...one, id: 0 }, 2)).toBeUndefined();
});

test('it says since when the condition of the level has held', async () => {
  const one = await world.alarm('BRIDGE.I01', 2, ground()(0));
  const since = NOW - 90 * MINUTE;
  await sql`insert into sign_state (point_id, sign_id, level, pending_since, below_since, peak_level, peak_value, value, at, alarm_id)
    select ${one.point}, sign_id, 2, ${[since, NOW + MINUTE, 0, 0]}, 0, 2, 61, 61, ${NOW}, id from alarm where id = ${one.id}`.execute(
    world.db.storage.system,
  );
  expect(await agreementOf(one, 1)).toMatchObject({ since });
  expect(await agreementOf(one, 2)).toMatchObject({ since: null });
  expect(await agreementOf(one, 3)).toMatchObject({ since: null });
});

interface Report {
  readonly spot: Spot;
  readonly name: string;
  readonly state?: 'suspected' | 'confirmed' | 'rejected';
  readonly at?: number;
  readonly point?: number;
}

/** What somebody, or a camera, tells. */
async function reported({ spot, name, state = 'suspected', at = NOW, point }: Report): Promise<void> {
  const origin = point === undefined ? 'social' : 'video';
  await sql`insert into suspected_event (origin, place, scenario, kind, kind_name, lat, lon, observed_at, last_at, received_at, state,
      point_id, fed_value, decided_by)
    values (${origin}, 100, 6, ${name}, ${name}, ${spot.lat}, ${spot.lon}, ${new Date(at)}, ${new Date(at)}, now(), ${state},
      ${point ?? null}, ${state === 'confirmed' ? 1 : null}, ${state === 'confirmed' ? '坐席甲' : null})`.execute(
    world.db.storage.system,
  );
}

test('other kinds of source within half a kilometre and half an hour agree, unless somebody has rejected them', async () => {
  const at = ground();
  const one = await world.alarm('BRIDGE.I02', 2, at(0));
  await world.alarm('BRIDGE.I03', 1, at(400));
  await reported({ spot: at(100), name: '桥面异响' });
  await reported({ spot: at(100), name: '有人撞桥', state: 'confirmed' });
  await reported({ spot: at(100), name: '不实', state: 'rejected' });
  await reported({ spot: at(100), name: '昨夜的', at: NOW - 3 * 60 * MINUTE });
  await reported({ spot: at(900), name: '别处的' });
  const { others } = (await agreementOf(one, 2)) ?? { others: [] };
  expect(new Set(others)).toEqual(new Set(['上报“有人撞桥”（已核实）', '上报“桥面异响”', '视频“翻越护栏”']));
});

async function hear(alarm: Alarm, item: string, level: number): Promise<void> {
  const event = await world.told(alarm, item, level);
  await world.db.storage.system.transaction().execute(async (tx) => {
    await followAlarms(tx, [event], NOW);
    await followHolds(tx, NOW);
  });
  const released = (await world.announced('alarm.released')).filter(({ payload }) => payload.id === alarm.id);
  await world.db.storage.system.transaction().execute((tx) => followAlarms(tx, released, NOW));
}

/** What the subscriber does when something else was heard. */
async function look(alarm: Alarm): Promise<void> {
  await world.db.storage.system.transaction().execute((tx) => followHolds(tx, NOW));
  const released = (await world.announced('alarm.released')).filter(({ payload }) => payload.id === alarm.id);
  await world.db.storage.system.transaction().execute((tx) => followAlarms(tx, released, NOW));
}

async function warningsOf(alarm: Alarm): Promise<readonly { readonly reason: string }[]> {
  return world.db.storage.system
    .selectFrom('warning')
    .select(['reason'])
    .where('object_id', '=', alarm.object)
    .execute();
}

const reasonsToWait = async (alarm: Alarm) => {
  const rows = await world.db.storage.system
    .selectFrom('alarm_hold')
    .select(['reason', 'ended_why'])
    .where('alarm_id', '=', alarm.id)
    .execute();
  return rows.map(({ reason, ended_why }) => [reason, ended_why]);
};

test('what only a camera sees is suspected, however grave, until an instrument near by agrees', async () => {
  const at = ground();
  const seen = await world.alarm('BRIDGE.I03', 4, at(0));
  await hear(seen, 'BRIDGE.I03', 4);
  await look(seen);
  expect(await warningsOf(seen)).toEqual([]);
  expect(await reasonsToWait(seen)).toEqual([['只有视频识别，待其他来源佐证或人工核实，再成为预警', null]]);
  // Another camera is not another kind of source.
  const other = await world.alarm('BRIDGE.I03', 4, at(50));
  await look(seen);
  expect(await warningsOf(seen)).toEqual([]);
  await world.alarm('BRIDGE.I02', 1, at(300));
  await look(seen);
  expect(await warningsOf(seen)).toMatchObject([
    { reason: expect.stringContaining('另有仪器“结冰”') as string },
  ]);
  // What agrees already when it is raised lets it through at once.
  await hear(other, 'BRIDGE.I03', 4);
  expect(await warningsOf(other)).toHaveLength(1);
  expect(await reasonsToWait(other)).toEqual([]);
});

test('a person who confirms what was seen lets it through, one who rejects it does not', async () => {
  const at = ground();
  const seen = await world.alarm('BRIDGE.I03', 3, at(0));
  await hear(seen, 'BRIDGE.I03', 3);
  await reported({ spot: at(0), name: '护栏外有人', state: 'rejected', point: seen.point });
  await look(seen);
  expect(await warningsOf(seen)).toEqual([]);
  await reported({ spot: at(0), name: '护栏外有人', state: 'confirmed', point: seen.point });
  await look(seen);
  expect(await warningsOf(seen)).toMatchObject([
    { reason: expect.stringContaining('坐席甲 已核实属实') as string },
  ]);
});
