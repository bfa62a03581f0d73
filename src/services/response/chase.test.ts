import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { RequestContext, SystemContext } from '#services/context';
import type { Level } from '#model/warning';

import { personWith, TEST_VAULT } from '../context/testing.ts';
import { acknowledgeEscalation } from './acknowledge-escalation.ts';
import { advanceWorkOrder } from './advance-work-order.ts';
import { getWorkOrder } from './get-work-order.ts';
import { openWorkOrders } from './open-work-orders.ts';
import { runDeadlines } from './run-deadlines.ts';
import { endSuspensions } from './suspension/resume-orders.ts';
import { type DutyRoom, dutyRoom, HOUR, MINUTE, NIGHT, PEOPLE, proofOf, warnings } from './testing.ts';

let room: DutyRoom;
beforeAll(async () => {
  room = await dutyRoom();
});
beforeEach(async () => {
  room.now = NIGHT;
  await sql`update deadline set next_at = null`.execute(room.db.storage.system);
});
afterAll(() => room.db.drop());

const NEWS = '泵车已到，强排后水位回落，道路恢复通行';

async function opened(level: Level): Promise<{ readonly id: number; readonly warning: number }> {
  const warning = await room.warning(level);
  await tell('raised', warning, level);
  const { id } = await room.db.storage.system
    .selectFrom('work_order')
    .select('id')
    .where('warning_id', '=', warning)
    .executeTakeFirstOrThrow();
  return { id, warning };
}
const tell = (change: 'raised' | 'upgraded', warning: number, level: Level) =>
  room.system.transaction((tx) => openWorkOrders(tx, room.now, [{ change, warning, level, at: room.now }]));

async function remindersOf(id: number): Promise<readonly string[]> {
  const rows = await room.db.storage.system
    .selectFrom('reminder')
    .select(['at', 'to_role', 'channel', 'reason'])
    .where('work_order_id', '=', id)
    .orderBy('id')
    .execute();
  return rows.map((row) => `${(row.at - NIGHT) / MINUTE} ${row.to_role} ${row.channel} ${row.reason}`);
}
async function at(minute: number): Promise<void> {
  room.now = NIGHT + minute * MINUTE;
  await endSuspensions(room.system);
  await runDeadlines(room.system);
}
async function limit(id: number, kind: string) {
  const order = await getWorkOrder(room.as('flood.admin'), id);
  return order.deadlines.find((one) => one.kind === kind);
}
const handler = () => room.as('flood.handler');

test('续报 of a red order is due 30 minutes after the first feedback and then every hour, until it is cleared', async () => {
  const { id } = await opened('red');
  await at(1);
  await advanceWorkOrder(handler(), id, { action: 'accept' });
  expect(await limit(id, 'progress')).toBeUndefined();
  await at(5);
  await advanceWorkOrder(handler(), id, { action: 'feed-back', note: NEWS });
  expect(await limit(id, 'progress')).toMatchObject({ dueAt: NIGHT + 35 * MINUTE, turn: 1, metAt: null });
  await at(20);
  await advanceWorkOrder(handler(), id, { action: 'feed-back', note: NEWS });
  expect(await limit(id, 'progress')).toMatchObject({ dueAt: NIGHT + 80 * MINUTE, turn: 2, missed: 0 });
  await at(81);
  expect(await limit(id, 'progress')).toMatchObject({ overdue: true });
  expect((await remindersOf(id)).filter((one) => one.includes('续报'))).toEqual([
    '20 处置人员 push 续报时限已过 50 %',
    // The rungs passed over meanwhile are one call.
    '81 业务管理员 push 续报时限已到，记超期',
    '81 业务管理员 sms 续报时限已到，记超期',
  ]);
  const told = await advanceWorkOrder(handler(), id, { action: 'feed-back', note: NEWS });
  expect(told.deadlines.find((one) => one.kind === 'progress')).toMatchObject({
    dueAt: room.now + HOUR,
    turn: 3,
    missed: 1,
    overdue: false,
  });
  await advanceWorkOrder(handler(), id, { action: 'arrive' });
  await advanceWorkOrder(handler(), id, { action: 'dispose' });
  const proof = await proofOf(handler(), id);
  await advanceWorkOrder(handler(), id, { action: 'clear', note: NEWS, verdict: 'true', ...proof });
  expect(await limit(id, 'progress')).toBeUndefined();
  // Sent back, it is not cleared: news is asked for again.
  await advanceWorkOrder(room.as('flood.head'), id, { action: 'send-back', reason: '照片看不清' });
  expect(await limit(id, 'progress')).toMatchObject({ dueAt: room.now + HOUR, turn: 4, metAt: null });
});

test('a false alarm that the handler tells has to be judged in time, and the reviewer is who is reminded', async () => {
  const { id } = await opened('orange');
  await advanceWorkOrder(handler(), id, { action: 'accept' });
  await advanceWorkOrder(handler(), id, { action: 'dispose' });
  await at(10);
  const falseAlarm = { verdict: 'false-alarm', falseAlarm: 'sensor-fault' } as const;
  await advanceWorkOrder(handler(), id, { action: 'clear', note: NEWS, ...falseAlarm });
  expect(await limit(id, 'verify')).toMatchObject({ dueAt: NIGHT + 30 * MINUTE, metAt: null });
  await at(20);
  expect((await remindersOf(id)).filter((one) => one.includes('误报核实'))).toEqual([
    '20 业务管理员 push 误报核实时限已过 50 %',
  ]);
  await advanceWorkOrder(room.as('flood.head'), id, { action: 'review' });
  expect(await limit(id, 'verify')).toMatchObject({ metAt: null });
  const closed = await advanceWorkOrder(room.as('flood.head'), id, {
    action: 'close-false-alarm',
    falseAlarm: 'sensor-fault',
  });
  expect(closed.deadlines.find((one) => one.kind === 'verify')).toMatchObject({ metAt: room.now });
});

test('what is true is not judged as a false alarm: no such limit begins', async () => {
  const { id } = await opened('red');
  await advanceWorkOrder(handler(), id, { action: 'accept' });
  await advanceWorkOrder(handler(), id, { action: 'arrive' });
  await advanceWorkOrder(handler(), id, { action: 'dispose' });
  const proof = await proofOf(handler(), id);
  await advanceWorkOrder(handler(), id, { action: 'clear', note: NEWS, verdict: 'true', ...proof });
  expect(await limit(id, 'verify')).toBeUndefined();
});

test('续报 stands still while the order is suspended and goes on with what was left', async () => {
  const { id } = await opened('yellow');
  await advanceWorkOrder(handler(), id, { action: 'accept' });
  await advanceWorkOrder(handler(), id, { action: 'feed-back', note: NEWS });
  await advanceWorkOrder(handler(), id, { action: 'arrive' });
  await at(60);
  await advanceWorkOrder(handler(), id, { action: 'ask-suspension', reason: '等待潮位回落' });
  await advanceWorkOrder(room.as('flood.head'), id, { action: 'suspend', until: NIGHT + 24 * HOUR });
  await at(10 * 60);
  expect((await remindersOf(id)).filter((one) => one.includes('续报'))).toEqual([]);
  await advanceWorkOrder(handler(), id, { action: 'resume' });
  expect(await limit(id, 'progress')).toMatchObject({ dueAt: NIGHT + 17 * HOUR, pausedAt: null });
});

test('a yellow order that turns red keeps its sooner moments, and its 续报 comes as often as a red one’s', async () => {
  const { id, warning } = await opened('yellow');
  await advanceWorkOrder(handler(), id, { action: 'accept' });
  await advanceWorkOrder(handler(), id, { action: 'feed-back', note: NEWS });
  await at(60);
  await tell('upgraded', warning, 'red');
  expect(await limit(id, 'progress')).toMatchObject({ dueAt: NIGHT + 90 * MINUTE });
});

test('an order that turns red just before it is due is still called by voice five minutes later', async () => {
  const { id, warning } = await opened('yellow');
  await at(15);
  await at(27);
  await tell('upgraded', warning, 'red');
  for (const minute of [30, 31, 32]) await at(minute);
  expect((await remindersOf(id)).filter((one) => one.includes('voice'))).toEqual([
    '32 处置人员 voice 红色工单 5 分钟无人接单',
    '32 处置人员的替岗（AB 角） voice 红色工单 5 分钟无人接单',
    '32 区总平台值守 voice 红色工单 5 分钟无人接单',
  ]);
});

test('a red order that nobody accepts goes to the deputy by rule, by name where one is arranged', async () => {
  const { system } = room.db.storage;
  const without = await opened('red');
  await at(5);
  expect(await getWorkOrder(room.as('flood.admin'), without.id)).toMatchObject({
    state: 'dispatched',
    deputy: null,
  });
  await sql`insert into platform (id, code, name, kind, scenario, place, place_to)
    values (9001, 'X-FLOOD', '防汛防台', 'scenario', 1, 9001, 9001)`.execute(system);
  await sql`insert into role_assignment (account_id, role, platform_id, place, scenario, valid_from)
    values (1, 'handler', 9001, 9001, 1, ${new Date(0)})`.execute(system);
  await sql`insert into delegation (principal_id, deputy_id, place, scenario, from_at, to_at, reason, arranged_by, arranged_at)
    values (1, 2, 9001, 1, ${new Date(0)}, ${new Date('2100-01-01')}, 'AB 角', 'x', ${new Date(0)})`.execute(
    system,
  );
  room.now = NIGHT;
  const { id } = await opened('red');
  await at(4);
  expect(await getWorkOrder(room.as('flood.admin'), id)).toMatchObject({
    callees: [{ text: '业务管理员', names: [] }],
  });
  await at(5);
  const order = await getWorkOrder(room.as('flood.admin'), id);
  expect(order).toMatchObject({ state: 'dispatched', deputy: PEOPLE['flood.handler2'].name, handler: null });
  expect(order.entries.filter((one) => one.kind === 'reassign').map((one) => one.text)).toEqual([
    '红色工单无人接单，改派替岗（AB 角）处置人员乙',
  ]);
  await advanceWorkOrder(room.as('flood.handler2'), id, { action: 'accept' });
  await sql`delete from delegation`.execute(system);
  await sql`delete from role_assignment`.execute(system);
  await sql`delete from platform where id = 9001`.execute(system);
});

test('an escalation nobody acknowledges goes one rung further after 10 minutes; who was told stops that', async () => {
  const { id } = await opened('orange');
  await advanceWorkOrder(handler(), id, { action: 'accept' });
  await advanceWorkOrder(handler(), id, { action: 'feed-back', note: NEWS });
  await advanceWorkOrder(handler(), id, { action: 'dispose' });
  await sql`update deadline set stopped_at = now(), next_at = null where work_order_id = ${id} and kind = 'progress'`.execute(
    room.db.storage.system,
  );
  const due = 12 * 60;
  await at(due);
  const ours = async () =>
    (await remindersOf(id)).filter(
      (one) => one.includes('push') && one.includes('处置销警') && Number(one.split(' ')[0]) >= due,
    );
  expect(await ours()).toEqual([`${due} 业务管理员 push 处置销警时限已到，记超期`]);
  const seen = await getWorkOrder(room.as('flood.admin'), id);
  expect(seen.escalation).toEqual({
    text: '处置销警超期提醒待签收',
    at: room.now,
    until: room.now + 10 * MINUTE,
  });
  expect(seen.nextCall).toMatchObject({ at: room.now + 10 * MINUTE, to: '部门责任人' });
  // The handler was told of it before, not of the escalation.
  await expect(acknowledgeEscalation(handler(), id)).rejects.toMatchObject({ code: 'escalation.not-told' });
  await at(due + 9);
  await at(due + 10);
  expect((await ours()).slice(1)).toEqual([
    `${due + 10} 部门责任人 push 处置销警超期提醒 10 分钟无人签收，提前上报`,
  ]);
  await at(due + 12);
  const answered = await acknowledgeEscalation(room.as('flood.head'), id);
  expect(answered.escalation).toBeNull();
  expect(answered.entries.at(-1)).toMatchObject({ by: '防汛部门责任人', text: '签收超期提醒（处置销警）' });
  await acknowledgeEscalation(room.as('flood.head'), id);
  for (const minute of [22, 60, 6 * 60]) await at(due + minute);
  expect((await ours()).slice(2)).toEqual([]);
  // The ladder itself goes on.
  await at(2 * due);
  expect((await ours()).slice(2)).toEqual([
    `${2 * due} 分管责任人 push 处置销警已超期，用时达时限的 200 %`,
    `${2 * due} 区总平台值守 push 处置销警已超期，用时达时限的 200 %`,
  ]);
});

test('two hundred people accept while the rounds run: nobody is reminded of what was accepted before', async () => {
  const started = performance.now();
  const clock = { now: () => NIGHT + 2.4 * MINUTE + Math.round((performance.now() - started) * 20) };
  const ground = { storage: room.db.storage, clock, poke: () => undefined, vault: TEST_VAULT };
  const { id, name, role, scenarios } = PEOPLE['flood.handler'];
  const person = personWith({
    id,
    username: 'flood.handler',
    name,
    roles: [role],
    scope: { places: [], scenarios },
  });
  const ids = await warnings(room.db, 'red', { at: NIGHT, count: 200 });
  const happenings = ids.map((warning) => ({ change: 'raised', warning, level: 'red', at: NIGHT }) as const);
  await room.system.transaction((tx) => openWorkOrders(tx, NIGHT, happenings));
  const { rows: orders } = await sql<{ id: number }>`
    select id from work_order where warning_id = any(${[...ids]})`.execute(room.db.storage.system);
  const system = new SystemContext(ground);
  const accepting = new AbortController();
  const rounds = Array.from({ length: 2 }, async () => {
    while (!accepting.signal.aborted) await runDeadlines(system);
  });
  // Eight at a time: no more have a connection.
  const waiting = orders.map((order) => order.id);
  const lanes = Array.from({ length: 8 }, async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
      await advanceWorkOrder(new RequestContext(ground, person), next, { action: 'accept' });
  });
  await Promise.all(lanes).finally(() => accepting.abort());
  await Promise.all(rounds);
  const { rows } = await sql<{ late: number; reminded: number; open: number }>`
    select count(*) filter (where r.at > d.met_at) as late, count(r.id) as reminded,
      count(*) filter (where d.met_at is null or d.next_at is not null or d.press_at is not null) as open
    from deadline d left join reminder r on r.work_order_id = d.work_order_id and r.reason like '接单%'
    where d.kind = 'accept' and d.work_order_id = any(${orders.map((one) => one.id)})`.execute(
    room.db.storage.system,
  );
  expect(rows).toEqual([{ late: 0, reminded: expect.any(Number), open: 0 }]);
  expect(rows[0]?.reminded).toBeGreaterThan(0);
}, 60_000);
