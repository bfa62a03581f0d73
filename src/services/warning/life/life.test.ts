// What a person says of a warning after it was raised: that it was none, that it was closed by mistake; and what is said again.
import { RequestContext, SystemContext } from '#services/context';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { personWith, TEST_VAULT } from '../../context/testing.ts';
import { acknowledgeWarning } from '../acknowledge-warning.ts';
import { AdmissionWorld } from '../admission/testing.ts';
import { closeWarnings } from '../close-warnings.ts';
import { followAlarms } from '../follow-alarms.ts';
import { getWarning } from '../get-warning.ts';
import { judgeWarning } from './judge-warning.ts';
import { reopenWarning } from './reopen-warning.ts';
import { runReAlarms } from './run-re-alarms.ts';

const T = Date.UTC(2026, 10, 30, 5);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ITEM = 'BRIDGE.I02';
let now = T;
let world: AdmissionWorld;
const ground = () => ({
  storage: world.db.storage,
  clock: { now: () => now },
  poke: () => undefined,
  vault: TEST_VAULT,
});
beforeAll(async () => {
  world = await AdmissionWorld.open();
});
beforeEach(() => {
  now = T;
});
afterAll(() => world.db.drop());

function analyst(scenario = 6): RequestContext {
  const scope = { places: [], scenarios: [scenario] };
  return new RequestContext(ground(), personWith({ name: '研判甲', roles: ['business-admin'], scope }));
}

type Alarm = Awaited<ReturnType<AdmissionWorld['again']>>;

async function tell(alarm: Alarm, level: number): Promise<void> {
  const event = await world.told(alarm, ITEM, level);
  await world.db.storage.system.transaction().execute((tx) => followAlarms(tx, [event], now));
}

const show = (id: number) => getWarning(analyst(), { params: { id } }, () => Promise.resolve(new Map()));
const judge = (id: number, note?: string, as = analyst()) =>
  judgeWarning(as, { params: { id }, body: { reason: 'sensor-fault', ...(note ? { note } : {}) } });
const reopen = (id: number, as = analyst()) =>
  reopenWarning(as, { params: { id }, body: { reason: '现场裂缝仍在扩大' } });

async function newest(object: number): Promise<number> {
  const { rows } = await sql<{
    id: number;
  }>`select id from warning where object_id = ${object} order by id desc limit 1`.execute(
    world.db.storage.system,
  );
  return rows[0]?.id ?? 0;
}

/** A warning at an object of its own. */
async function raised(level: number): Promise<{ alarm: Alarm; id: number }> {
  const alarm = await world.alarm(ITEM, level);
  await tell(alarm, level);
  return { alarm, id: await newest(alarm.object) };
}

async function close(id: number): Promise<void> {
  const event = await world.orderClosed(id, now);
  await world.db.storage.system.transaction().execute((tx) => closeWarnings(tx, [event], now));
}

/** One that returned by itself and whose order was closed. */
async function closed(level: number): Promise<{ alarm: Alarm; id: number }> {
  const { alarm, id } = await raised(level);
  await tell(alarm, 0);
  await close(id);
  return { alarm, id };
}

test('judged to be none it says who, when and why, names the sensor, and goes on to normal and closed', async () => {
  const { alarm, id } = await raised(3);
  now = T + MINUTE;
  const judged = await judge(id, '应变片脱胶');
  expect(judged).toMatchObject({
    state: 'open',
    falseAlarm: { reason: 'sensor-fault', note: '应变片脱胶', by: '研判甲', at: now },
    allowedActions: ['acknowledge'],
  });
  expect((await show(id)).history.at(-1)).toEqual({
    at: now,
    change: 'judged',
    by: '研判甲',
    fromLevel: 'orange',
    toLevel: 'orange',
    reason: '误报（设备故障）：应变片脱胶',
  });
  const told = (await world.announced('warning.judged')).filter(({ payload }) => payload.id === id);
  expect(told.map(({ payload }) => [payload['reason'], payload['by'], payload['point']])).toEqual([
    ['sensor-fault', '研判甲', expect.stringMatching(/^B/u)],
  ]);
  const { rows } = await sql`select actor, action, after from audit
    where subject = ${`warning/${id}`} and action = 'warning.judged'`.execute(world.db.storage.system);
  expect(rows).toMatchObject([{ after: { reason: 'sensor-fault', note: '应变片脱胶' } }]);
  await tell(alarm, 0);
  await close(id);
  expect(await show(id)).toMatchObject({ state: 'closed', falseAlarm: { reason: 'sensor-fault' } });
});

test('it is judged once, while it is not closed, and by whoever may', async () => {
  const { id } = await raised(2);
  await expect(judge(id, undefined, analyst(5))).rejects.toMatchObject({ code: 'record.not-found' });
  await judge(id);
  await expect(judge(id)).rejects.toMatchObject({
    code: 'warning.illegal-action',
    details: { state: '已判定误报' },
  });
  const over = await closed(2);
  await expect(judge(over.id)).rejects.toMatchObject({
    code: 'warning.illegal-action',
    details: { state: '已结案' },
  });
});

test('closed by mistake, its signs long normal: it stands again by the word of a person, at the worst it came to', async () => {
  const { alarm, id } = await raised(3);
  // On its way to normal it steps down.
  await tell(alarm, 1);
  await tell(alarm, 0);
  await close(id);
  expect((await show(id)).allowedActions).toEqual(['reopen']);
  now = T + HOUR;
  const again = await reopen(id);
  expect(again).toMatchObject({
    state: 'open',
    level: 'orange',
    openedAt: now,
    reopenedFrom: id,
    reason: expect.stringContaining(
      `研判甲 重开误结的预警 #${id}：现场裂缝仍在扩大（体征已恢复，凭人工判断`,
    ) as string,
  });
  const before = await show(id);
  expect(before).toMatchObject({ state: 'closed', reopenedAs: again.id, allowedActions: [] });
  expect(before.history.at(-1)).toMatchObject({
    at: now,
    change: 'reopened',
    by: '研判甲',
    reason: `现场裂缝仍在扩大（转入预警 #${again.id}）`,
  });
  expect((await show(again.id)).history).toMatchObject([{ change: 'raised', by: '研判甲' }]);
  // It still shows what it rests on, and is told like any other: with an order of its own.
  expect((await show(again.id)).evidence).toMatchObject([{ sign: { code: 'BRIDGE.S02' }, level: null }]);
  const told = (await world.announced('warning.raised')).filter(({ payload }) => payload.id === again.id);
  expect(told.map(({ payload }) => payload['level'])).toEqual(['orange']);
});

test('what stands by the word of a person is closed with its order', async () => {
  const { id } = await closed(2);
  const again = await reopen(id);
  now = T + HOUR;
  await close(again.id);
  const over = await show(again.id);
  expect(over).toMatchObject({ state: 'closed', closedAt: now, normalAt: now });
  expect(over.history.at(-1)).toMatchObject({
    change: 'closed',
    fromLevel: 'yellow',
    toLevel: null,
    reason: '凭人工判断重开，工单已结案',
  });
});

test('once its signs speak again they have the word: it follows them, and its order alone closes it no more', async () => {
  const { alarm, id } = await closed(3);
  const again = await reopen(id);
  const next = await world.again(alarm, 1);
  await tell(next, 1);
  expect(await show(again.id)).toMatchObject({ state: 'open', level: 'blue' });
  await close(again.id);
  expect((await show(again.id)).state).toBe('open');
  await tell(next, 0);
  expect((await show(again.id)).state).toBe('normal');
});

test('an alarm that was held back as false counts again, at its own level', async () => {
  const { alarm, id } = await closed(2);
  const held = await world.again(alarm, 4);
  await sql`insert into alarm_hold (alarm_id, kind, held_by, level, place, scenario, reason, held_at)
    values (${held.id}, 'suppressed', 'verification/1', 4, 100, 6, '核实为误报', now())`.execute(
    world.db.storage.system,
  );
  const again = await reopen(id);
  expect(again).toMatchObject({ level: 'red', reopenedFrom: id });
  expect(again.reason).not.toContain('凭人工判断');
  expect((await show(again.id)).evidence).toMatchObject([{ alarm: held.id, level: 'red' }]);
  const released = (await world.announced('alarm.released')).filter(({ payload }) => payload.id === held.id);
  await world.db.storage.system.transaction().execute((tx) => followAlarms(tx, released, now));
  await tell(held, 0);
  expect((await show(again.id)).state).toBe('normal');
});

test('it is opened again once, within a day, by whoever may, and not beside another one', async () => {
  const { alarm, id } = await closed(2);
  await expect(reopen(id, analyst(5))).rejects.toMatchObject({ code: 'record.not-found' });
  const standing = await raised(2);
  await expect(reopen(standing.id)).rejects.toMatchObject({ code: 'warning.not-reopened' });
  now = T + 24 * HOUR + 1;
  expect((await show(id)).allowedActions).toEqual([]);
  await expect(reopen(id)).rejects.toMatchObject({
    details: { why: expect.stringContaining('24 小时') as string },
  });
  now = T + HOUR;
  await tell(await world.again(alarm, 2), 2);
  const other = await newest(alarm.object);
  await expect(reopen(id)).rejects.toMatchObject({
    details: { why: `同一对象、同一事项已有生效的预警 #${other}，请在那一条上处理` },
  });
  const second = await closed(1);
  const [first, late] = await Promise.allSettled([reopen(second.id), reopen(second.id)]);
  expect([first.status, late.status].toSorted()).toEqual(['fulfilled', 'rejected']);
});

const reAlarmed = async (id: number) =>
  (await show(id)).history.filter(({ change }) => change === 're-alarmed');
const run = (): Promise<number> => runReAlarms(new SystemContext(ground()));

test('red that nobody has seen is announced again every quarter of an hour, and what was missed meanwhile once', async () => {
  const { id } = await raised(4);
  now = T + 15 * MINUTE - 1;
  await run();
  expect(await reAlarmed(id)).toEqual([]);
  now += 1;
  await run();
  await run();
  expect(await reAlarmed(id)).toMatchObject([
    {
      at: now,
      by: null,
      toLevel: 'red',
      reason: expect.stringMatching(/^15 分钟无人签收，仍未恢复：/u) as string,
    },
  ]);
  now += 2 * HOUR;
  await run();
  await run();
  expect(await reAlarmed(id)).toHaveLength(2);
  expect((await show(id)).reAlarms).toBe(2);
  const told = (await world.announced('warning.re-alarmed')).filter(({ payload }) => payload.id === id);
  expect(told.map(({ payload }) => payload['level'])).toEqual(['red', 'red']);
});

test('seen but no better it is announced again, counted from when it was seen; normal or blue it is not', async () => {
  const { alarm, id } = await raised(3);
  const blue = await raised(1);
  now = T + 20 * MINUTE;
  await acknowledgeWarning(analyst(), { params: { id } });
  now = T + 49 * MINUTE;
  await run();
  expect(await reAlarmed(id)).toEqual([]);
  now = T + 50 * MINUTE;
  await run();
  expect((await reAlarmed(id)).map(({ reason }) => reason)).toEqual([
    expect.stringMatching(/^已签收，30 分钟没有好转：/u),
  ]);
  await tell(alarm, 0);
  now = T + 24 * HOUR;
  await run();
  expect(await reAlarmed(id)).toHaveLength(1);
  expect(await reAlarmed(blue.id)).toEqual([]);
});
