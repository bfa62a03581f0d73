import type { Event } from '#bus';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { followAlarms } from '../follow-alarms.ts';
import { releaseAlarms } from './release-alarms.ts';
import { AdmissionWorld } from './testing.ts';

const NOW = Date.UTC(2026, 10, 30, 5);
let world: AdmissionWorld;
beforeAll(async () => {
  world = await AdmissionWorld.open();
});
afterAll(() => world.db.drop());

const follow = (...events: readonly Event[]): Promise<void> =>
  world.db.storage.system.transaction().execute((tx) => followAlarms(tx, events, NOW));

async function warningsOf(
  object: number,
): Promise<readonly { level: number; state: string; reason: string }[]> {
  return world.db.storage.system
    .selectFrom('warning')
    .select(['level', 'state', 'reason'])
    .where('object_id', '=', object)
    .execute();
}

async function holdsOf(
  alarm: number,
): Promise<readonly { kind: string; level: number; ended_why: string | null }[]> {
  return world.db.storage.system
    .selectFrom('alarm_hold')
    .select(['kind', 'level', 'ended_why'])
    .where('alarm_id', '=', alarm)
    .orderBy('id')
    .execute();
}

test('an alarm of an item that needs no verification becomes a warning at once', async () => {
  const alarm = await world.alarm('BRIDGE.I02');
  await follow(await world.told(alarm, 'BRIDGE.I02', 2));
  expect(await warningsOf(alarm.object)).toMatchObject([{ level: 2, state: 'open' }]);
  expect(await holdsOf(alarm.id)).toEqual([]);
});

test('one that is verified first waits, with the worst it came to, and is told as held once', async () => {
  const alarm = await world.alarm('BRIDGE.I01');
  await follow(await world.told(alarm, 'BRIDGE.I01', 2));
  await follow(await world.told(alarm, 'BRIDGE.I01', 3), await world.told(alarm, 'BRIDGE.I01', 1));
  expect(await warningsOf(alarm.object)).toEqual([]);
  expect(await holdsOf(alarm.id)).toEqual([{ kind: 'verify', level: 3, ended_why: null }]);
  const told = (await world.announced('alarm.held')).filter(({ payload }) => payload.id === alarm.id);
  expect(told.map(({ payload }) => payload['text'])).toEqual([
    '黄色报警没有成为预警：应变异常要先由值守分析人员核实，再成为预警',
  ]);
});

test('released while it stands it becomes a warning that says why it was let through', async () => {
  const alarm = await world.alarm('BRIDGE.I01');
  await follow(await world.told(alarm, 'BRIDGE.I01', 2));
  const ended = await world.db.storage.system
    .transaction()
    .execute((tx) => releaseAlarms(tx, sql`h.alarm_id = ${alarm.id}`, { at: NOW, why: '李分析核实' }));
  expect(ended).toBe(1);
  const released = (await world.announced('alarm.released')).filter(({ payload }) => payload.id === alarm.id);
  await follow(...released);
  const [warning] = await warningsOf(alarm.object);
  expect(warning).toMatchObject({ level: 2, state: 'open' });
  expect(warning?.reason).toContain('李分析核实');
  // It feeds its warning now: later news goes straight through.
  await follow(await world.told(alarm, 'BRIDGE.I01', 4), await world.told(alarm, 'BRIDGE.I01', 0));
  expect(await warningsOf(alarm.object)).toMatchObject([{ level: 0, state: 'normal' }]);
});

test('normal again before anybody verified it: no warning, and the hold says so', async () => {
  const alarm = await world.alarm('BRIDGE.I01');
  await follow(await world.told(alarm, 'BRIDGE.I01', 2));
  await follow(await world.told(alarm, 'BRIDGE.I01', 0));
  expect(await warningsOf(alarm.object)).toEqual([]);
  expect(await holdsOf(alarm.id)).toEqual([{ kind: 'verify', level: 2, ended_why: '报警已自行恢复' }]);
  // Releasing what is over lets nothing through.
  const ended = await world.db.storage.system
    .transaction()
    .execute((tx) => releaseAlarms(tx, sql`h.alarm_id = ${alarm.id}`, { at: NOW, why: '晚了' }));
  expect(ended).toBe(0);
});

test('up and down within one batch: held on the record, and over', async () => {
  const alarm = await world.alarm('BRIDGE.I01');
  await follow(await world.told(alarm, 'BRIDGE.I01', 3), await world.told(alarm, 'BRIDGE.I01', 0));
  expect(await warningsOf(alarm.object)).toEqual([]);
  expect(await holdsOf(alarm.id)).toEqual([{ kind: 'verify', level: 3, ended_why: '报警已自行恢复' }]);
});
