import { RequestContext, SystemContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { personWith, TEST_VAULT } from '../../context/testing.ts';
import { AdmissionWorld } from '../admission/testing.ts';
import { followAlarms } from '../follow-alarms.ts';
import { askMore, confirmAlarm, refuseAlarm } from './decide-alarm.ts';
import { followHolds } from './follow-holds.ts';
import { getVerification } from './get-verification.ts';
import { listVerifications } from './list-verifications.ts';
import { runVerifications } from './run-verifications.ts';
import { verificationsWaiting } from './verifications-waiting.ts';

const T = Date.UTC(2026, 10, 30, 5);
const MINUTE = 60_000;
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
  const { system } = world.db.storage;
  await sql`insert into platform (id, code, name, kind, scenario, place, place_to) overriding system value
    values (600, 'BRIDGE', '桥梁平台', 'scenario', 6, 100, 100)`.execute(system);
  await sql`insert into account (id, username, name, password_hash, password_from_bootstrap) overriding system value values
    (11, 'analyst1', '研判甲', 'x', false), (12, 'analyst2', '研判乙', 'x', false), (13, 'head', '部门负责人', 'x', false)`.execute(
    system,
  );
  await sql`insert into role_assignment (account_id, role, platform_id, place, scenario, valid_from) values
    (11, 'business-admin', 600, 100, 6, '-infinity'), (12, 'business-admin', 600, 100, 6, '-infinity'),
    (13, 'department-owner', 600, 100, 6, '-infinity')`.execute(system);
  await sql`insert into roster (id, platform_id, place, scenario, name, calendar_id, pattern, created_at) overriding system value
    values (1, 600, 100, 6, '研判', 'cn', '{}', now())`.execute(system);
  await sql`insert into roster_seat (id, roster_id, place, scenario, position, name, turn, own_holiday_rota) overriding system value
    values (1, 1, 100, 6, 1, '研判席', 'shift', false)`.execute(system);
  await sql`insert into duty_shift (roster_id, seat_id, place, scenario, from_at, to_at, account_id, status)
    values (1, 1, 100, 6, ${new Date(T - MINUTE)}, ${new Date(T + 600 * MINUTE)}, 12, 'planned')`.execute(
    system,
  );
});
beforeEach(() => {
  now = T;
});
afterAll(() => world.db.drop());

function person(id = 12, scenario = 6): RequestContext {
  const name = id === 12 ? '研判乙' : '部门负责人';
  const scope = { places: [], scenarios: [scenario] };
  return new RequestContext(
    ground(),
    personWith({ id, username: `u${id}`, name, roles: ['business-admin'], scope }),
  );
}

const inTx = <Done>(run: (tx: Tx) => Promise<Done>): Promise<Done> =>
  world.db.storage.system.transaction().execute(run);

/** An alarm of an item that is verified first, told and asked of a person. */
async function waiting(level: number): Promise<{ id: number; alarm: number; object: number }> {
  const alarm = await world.alarm('BRIDGE.I01', level);
  await tell(alarm, level);
  const { items } = await listVerifications(person(), { query: { limit: 500 } });
  const found = items.find((one) => one.alarm === alarm.id);
  if (!found) throw new Error('nothing waits');
  return { id: found.id, alarm: alarm.id, object: alarm.object };
}

async function tell(alarm: { id: number; object: number }, level: number): Promise<void> {
  const event = await world.told(alarm, 'BRIDGE.I01', level);
  await inTx(async (tx) => {
    await followAlarms(tx, [event], now);
    await followHolds(tx, now);
  });
}

/** What was released while it stood goes through the door, as the subscriber would have it. */
async function followReleased(alarm: number): Promise<void> {
  const events = (await world.announced('alarm.released')).filter(({ payload }) => payload.id === alarm);
  await inTx((tx) => followAlarms(tx, events, now));
}

const run = (): Promise<number> => runVerifications(new SystemContext(ground()));
const show = (id: number) => getVerification(person(), { params: { id } }, () => Promise.resolve(new Map()));

async function warningsOf(object: number) {
  return world.db.storage.system
    .selectFrom('warning')
    .select(['id', 'level', 'state', 'reason'])
    .where('object_id', '=', object)
    .orderBy('id')
    .execute();
}

test('what waits has one owner, who is on duty, a limit by its level, and says why it waits', async () => {
  const { id } = await waiting(3);
  const one = await show(id);
  expect(one).toMatchObject({
    level: 'orange',
    standing: 'orange',
    owner: { role: 'business-admin', name: '研判乙' },
    isMine: true,
    reasons: ['应变异常要先由值守分析人员核实，再成为预警'],
    allowedActions: ['confirm', 'refuse', 'more'],
    evidence: { value: 61 },
    witnesses: [],
    before: { alarms: 0, refused: 0 },
  });
  expect(one.dueAt - one.askedAt).toBe(10 * MINUTE);
  expect(await verificationsWaiting(person())).toEqual({ count: 1, dueAt: one.dueAt });
  expect(one.confidence?.parts.map(({ kind }) => kind)).toEqual(['data']);
});

test('confirmed with a lower level it is a warning of that level, and of a worse one only when the signs get worse', async () => {
  const { id, alarm, object } = await waiting(3);
  const decided = await confirmAlarm(person(), {
    params: { id },
    body: { level: 'yellow', note: '电话核实，重车通过' },
  });
  expect(decided.decision).toMatchObject({ kind: 'confirmed', by: '研判乙', level: 'yellow' });
  await followReleased(alarm);
  const [warning] = await warningsOf(object);
  expect(warning).toMatchObject({ level: 2, state: 'open' });
  expect(warning?.reason).toContain('研判乙 已核实，定为黄色：电话核实，重车通过');
  await tell({ id: alarm, object }, 4);
  expect((await warningsOf(object)).map(({ level }) => level)).toEqual([4]);
  await expect(refuseAlarm(person(), { params: { id }, body: { reason: 'weather' } })).rejects.toMatchObject({
    code: 'verification.decided',
  });
});

test('a level above what the signs say needs a reason', async () => {
  const { id } = await waiting(1);
  const body = { level: 'red', note: '现场裂缝扩大' } as const;
  await expect(confirmAlarm(person(), { params: { id }, body })).rejects.toMatchObject({
    code: 'verification.level-refused',
  });
  const decided = await confirmAlarm(person(), {
    params: { id },
    body: { ...body, reason: '目视裂缝 3 mm' },
  });
  expect(decided.decision?.level).toBe('red');
});

test('refused it stays out while it stands as it was, is asked anew when it gets worse, and a broken sensor is told', async () => {
  const { id, alarm, object } = await waiting(2);
  await refuseAlarm(person(), { params: { id }, body: { reason: 'sensor-fault', note: '应变片脱胶' } });
  const told = (await world.announced('alarm.refused')).filter(({ payload }) => payload.id === alarm);
  expect(told.map(({ payload }) => payload['reason'])).toEqual(['sensor-fault']);
  await tell({ id: alarm, object }, 1);
  await tell({ id: alarm, object }, 2);
  expect(await warningsOf(object)).toEqual([]);
  await tell({ id: alarm, object }, 3);
  const { items } = await listVerifications(person(), { query: { limit: 500 } });
  const again = items.filter((one) => one.alarm === alarm);
  expect(again).toMatchObject([{ level: 'orange', decision: null }]);
  expect((await show(again[0]?.id ?? 0)).before).toMatchObject({ alarms: 0 });
});

test('reminded at half its limit, handed on at its end, and by worst case a warning at twice of it', async () => {
  const { id, alarm, object } = await waiting(4);
  now = T + 2.5 * MINUTE;
  await run();
  expect((await show(id)).owner.name).toBe('研判乙');
  now = T + 5 * MINUTE;
  await run();
  expect((await show(id)).owner).toMatchObject({ role: 'department-owner', name: '部门负责人' });
  await run();
  now = T + 10 * MINUTE;
  await run();
  expect((await show(id)).decision).toMatchObject({ kind: 'worst-case', by: null });
  await followReleased(alarm);
  expect((await warningsOf(object))[0]?.reason).toContain('到时无人核实，按最坏情况发出');
  const reminded = (await world.announced('verification.reminded')).filter(
    ({ payload }) => payload.id === id,
  );
  expect(reminded.map(({ payload }) => payload['text'])).toEqual([
    '核实时限已过 50 %',
    '核实时限已到，转部门责任人',
  ]);
});

test('worse while it waits it is due sooner; over before anybody looked it waits no more', async () => {
  const { id, alarm, object } = await waiting(1);
  now = T + MINUTE;
  await tell({ id: alarm, object }, 4);
  const worse = await show(id);
  expect([worse.level, worse.dueAt]).toEqual(['red', now + 5 * MINUTE]);
  await tell({ id: alarm, object }, 0);
  expect((await show(id)).decision?.kind).toBe('returned');
});

test('more can be asked for once, and moves the limit', async () => {
  const { id } = await waiting(3);
  const body = { note: '请补现场照片', minutes: 30 };
  const asked = await askMore(person(), { params: { id }, body });
  expect(asked).toMatchObject({
    dueAt: T + 30 * MINUTE,
    more: { note: '请补现场照片', by: '研判乙' },
    allowedActions: ['confirm', 'refuse'],
  });
  await expect(askMore(person(), { params: { id }, body })).rejects.toMatchObject({
    code: 'verification.asked-already',
  });
});

test('another scenario neither sees nor decides it', async () => {
  const { id } = await waiting(2);
  await expect(
    confirmAlarm(person(12, 5), { params: { id }, body: { level: 'blue', note: '核实' } }),
  ).rejects.toMatchObject({ code: 'record.not-found' });
  expect((await listVerifications(person(12, 5), { query: { limit: 50 } })).items).toEqual([]);
});
