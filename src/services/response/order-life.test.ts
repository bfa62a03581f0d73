import { AppError } from '#base';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { workOrderDetail } from '../../contract/response/shapes.ts';
import { advanceWorkOrder } from './advance-work-order.ts';
import { getWorkOrder } from './get-work-order.ts';
import { listWorkOrders } from './list-work-orders.ts';
import { openWorkOrders } from './open-work-orders.ts';
import { runDeadlines } from './run-deadlines.ts';
import type { AdvanceRequest } from './save-advance.ts';
import { endSuspensions } from './suspension/resume-orders.ts';
import { type DutyRoom, dutyRoom, HOUR, MINUTE, NIGHT, type PEOPLE } from './testing.ts';

let room: DutyRoom;
beforeAll(async () => {
  room = await dutyRoom();
});
beforeEach(async () => {
  room.now = NIGHT;
  // Each story begins with a quiet room.
  await sql`update deadline set next_at = null`.execute(room.db.storage.system);
});
afterAll(() => room.db.drop());

type Opened = Awaited<ReturnType<typeof opened>>;

async function opened(level: 'red' | 'orange' | 'yellow' | 'blue', item = 'FLOOD.I06') {
  const warning = await room.warning(level, { item });
  await tell({ change: 'raised', warning, level });
  const row = await room.db.storage.system
    .selectFrom('work_order')
    .select('id')
    .where('warning_id', '=', warning)
    .executeTakeFirstOrThrow();
  return { id: row.id, warning };
}
function tell(one: {
  change: 'raised' | 'upgraded' | 'normal';
  warning: number;
  level: 'red' | 'orange' | 'yellow' | 'blue';
}) {
  return room.system.transaction((tx) => openWorkOrders(tx, room.now, [{ ...one, at: room.now }]));
}
function act(who: keyof typeof PEOPLE, { id }: Pick<Opened, 'id'>, request: AdvanceRequest) {
  return advanceWorkOrder(room.as(who), id, request);
}
async function handled(level: 'red' | 'orange' | 'yellow' | 'blue'): Promise<Opened> {
  const order = await opened(level);
  await act('flood.handler', order, { action: 'accept' });
  await act('flood.handler', order, { action: 'dispose' });
  return order;
}
async function suspended(until: number): Promise<Opened> {
  const order = await handled('yellow');
  await act('flood.handler', order, { action: 'ask-suspension', reason: '等水泵配件' });
  await act('flood.head', order, { action: 'suspend', until });
  return order;
}
async function refusal(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof AppError) return error;
  throw new Error('expected a refusal', { cause: error });
}
function dueOf(order: { deadlines: readonly { kind: string; dueAt: number }[] }, kind: string): number {
  return order.deadlines.find((one) => one.kind === kind)?.dueAt ?? 0;
}
async function waitsFor(who: keyof typeof PEOPLE, { id }: Opened): Promise<boolean> {
  const { items } = await listWorkOrders(room.as(who), { limit: 500, mine: true });
  return items.some((one) => one.id === id);
}

test('an order handed on stays with who handed it on until a colleague takes it; the clocks never stop', async () => {
  const order = await handled('orange');
  const before = await getWorkOrder(room.as('flood.handler'), order.id);
  const handed = await act('flood.handler', order, {
    action: 'transfer',
    unit: '区排水管理所',
    reason: '需排水专业队',
  });
  expect(handed).toMatchObject({
    state: 'transferred',
    handler: { id: 1 },
    handedTo: '区排水管理所',
    unit: before.unit,
    deadlines: before.deadlines,
  });
  expect(handed.entries.at(-1)?.text).toBe('转单至区排水管理所：需排水专业队');
  expect([await waitsFor('flood.handler', order), await waitsFor('flood.handler2', order)]).toEqual([
    true,
    true,
  ]);
  const taken = await act('flood.handler2', order, { action: 'accept' });
  expect(taken).toMatchObject({
    state: 'accepted',
    handler: { id: 2 },
    handedTo: null,
    unit: '区排水管理所',
    deadlines: before.deadlines,
  });
  expect(workOrderDetail.parse(taken)).toEqual(taken);
});

test('two colleagues take over at once: one holds it, the other is told', async () => {
  const order = await handled('orange');
  await act('flood.admin', order, { action: 'transfer', unit: '区排水管理所', reason: '换班' });
  const both = await Promise.allSettled([
    act('flood.handler2', order, { action: 'accept' }),
    act('flood.handler2', order, { action: 'accept' }),
  ]);
  expect(both.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(await getWorkOrder(room.as('flood.admin'), order.id)).toMatchObject({ handler: { id: 2 } });
});

test('a suspended order reminds nobody, and its limits go on exactly where they stood', async () => {
  const order = await handled('yellow');
  const before = await getWorkOrder(room.as('flood.handler'), order.id);
  await act('flood.handler', order, { action: 'ask-suspension', reason: '等水泵配件' });
  expect([await waitsFor('flood.head', order), await waitsFor('flood.handler2', order)]).toEqual([
    true,
    false,
  ]);
  room.now = NIGHT + 59 * MINUTE;
  const until = NIGHT + 9 * HOUR;
  const still = await act('flood.head', order, { action: 'suspend', until });
  expect(still).toMatchObject({
    state: 'suspended',
    suspension: { reason: '等水泵配件', askedBy: '处置人员甲', approvedBy: '防汛部门责任人', until },
    nextCall: null,
  });
  expect(still.deadlines.filter((one) => one.metAt === null).map((one) => one.pausedAt)).toEqual([
    room.now,
    room.now,
    room.now,
  ]);
  room.now = NIGHT + 5 * HOUR + 59 * MINUTE;
  await runDeadlines(room.system);
  const again = await act('flood.handler', order, { action: 'resume' });
  expect(again).toMatchObject({ state: 'disposing', suspension: null, overdue: false });
  for (const kind of ['feedback', 'clear', 'close'])
    expect(dueOf(again, kind) - dueOf(before, kind)).toBe(5 * HOUR);
  expect(again.entries.filter((one) => one.kind === 'reminded')).toEqual([]);
  // The first feedback was due after two hours, 59 minutes of which had passed: half of it is a minute away.
  expect(again.nextCall).toMatchObject({ at: room.now + MINUTE, reason: '首次反馈时限已过 50 %' });
});

test('a suspension ends by itself at its end, however late the server wakes up', async () => {
  const until = NIGHT + 2 * HOUR;
  const order = await suspended(until);
  room.now = until - 1;
  expect(await endSuspensions(room.system)).toBe(0);
  room.now = until + 5 * HOUR;
  expect(await endSuspensions(room.system)).toBe(1);
  expect(await endSuspensions(room.system)).toBe(0);
  const seen = await getWorkOrder(room.as('flood.handler'), order.id);
  expect(seen).toMatchObject({ state: 'disposing', suspension: null });
  expect(seen.entries.at(-1)).toMatchObject({
    at: until,
    by: null,
    text: '挂起到期，自动恢复处置，时限继续计',
  });
  expect(dueOf(seen, 'clear')).toBe(NIGHT + 26 * HOUR);
});

test('a warning that rises ends the suspension at once; a red order is never suspended', async () => {
  const order = await suspended(NIGHT + 20 * HOUR);
  room.now = NIGHT + HOUR;
  await tell({ change: 'upgraded', warning: order.warning, level: 'red' });
  const seen = await getWorkOrder(room.as('flood.handler'), order.id);
  expect(seen).toMatchObject({ state: 'disposing', level: 'red', suspension: null });
  expect(seen.entries.map((one) => one.text)).toContain('预警升级，挂起终止，时限继续计');
  expect(seen.deadlines.map((one) => one.pausedAt)).toEqual(
    [null, null, null, null, null].slice(0, seen.deadlines.length),
  );
  expect(dueOf(seen, 'clear')).toBe(room.now + 4 * HOUR);
  const refused = await refusal(act('flood.handler', order, { action: 'ask-suspension', reason: '等' }));
  expect(refused).toMatchObject({ code: 'work-order.never-suspended', status: 409 });
});

test('the pages of the past show a limit that stood still as it stood', async () => {
  const order = await suspended(NIGHT + 20 * HOUR);
  await act('flood.handler', order, { action: 'resume' });
  const { rows } = await sql<{ kind: string; paused: number }>`
    select kind, paused_at as paused from deadline_past
    where work_order_id = ${order.id} and paused_at is not null`.execute(room.db.storage.system);
  expect(rows.map((row) => row.kind).toSorted()).toEqual(['clear', 'close', 'feedback']);
});

test('what is one matter is merged: the order ends, the other goes on and is watched for both warnings', async () => {
  const main = await handled('yellow');
  const other = await opened('yellow');
  const { code } = await getWorkOrder(room.as('flood.admin'), main.id);
  const merged = await act('flood.admin', other, { action: 'merge', into: main.id, reason: '同一处积水' });
  expect(merged).toMatchObject({
    state: 'closed',
    stateText: `已结案（并入 ${code}）`,
    mergedInto: { id: main.id, code },
    verdict: 'duplicate',
    nextCall: null,
    deadlines: [],
    closedAt: NIGHT,
  });
  const seen = await getWorkOrder(room.as('flood.admin'), main.id);
  expect(seen.merged.map((one) => one.id)).toEqual([other.id]);
  expect(seen.entries.at(-1)?.text).toBe(`${merged.code} 并入本单：同一处积水`);
  room.now = NIGHT + MINUTE;
  await tell({ change: 'upgraded', warning: other.warning, level: 'orange' });
  const risen = await getWorkOrder(room.as('flood.admin'), main.id);
  expect(risen).toMatchObject({ level: 'orange', state: 'disposing' });
  expect(risen.entries.at(-1)?.text).toBe('预警升至橙色');
});

test('an order is merged only into one that is open, of its scenario and no milder; and along a chain', async () => {
  const [first, second, third] = [await opened('yellow'), await opened('yellow'), await opened('orange')];
  const into = (order: Opened, target: Opened) =>
    act('flood.admin', order, { action: 'merge', into: target.id, reason: '同一处' });
  expect(await refusal(into(first, first))).toMatchObject({ code: 'work-order.cannot-merge' });
  expect(await refusal(into(third, first))).toMatchObject({ details: { why: '对方等级较低，请反过来并' } });
  await into(first, second);
  expect(await refusal(into(third, first))).toMatchObject({ details: { why: '对方已结案' } });
  await into(second, third);
  expect((await getWorkOrder(room.as('flood.admin'), first.id)).mergedInto?.id).toBe(third.id);
});

test('two orders merged into each other at once: one goes on', async () => {
  const [a, b] = [await opened('yellow'), await opened('yellow')];
  const both = await Promise.allSettled([
    act('flood.admin', a, { action: 'merge', into: b.id, reason: '同一处' }),
    act('flood.admin', b, { action: 'merge', into: a.id, reason: '同一处' }),
  ]);
  expect(both.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected']);
});

test('the reviewer closes what was none as a false alarm', async () => {
  const order = await handled('yellow');
  await act('flood.handler', order, {
    action: 'clear',
    verdict: 'test',
    note: '现场无积水，探头被杂物遮挡',
  });
  await act('flood.head', order, { action: 'review' });
  const closed = await act('flood.head', order, { action: 'close-false-alarm', falseAlarm: 'sensor-fault' });
  expect(closed).toMatchObject({
    state: 'closed',
    stateText: '已结案（误报）',
    verdict: 'false-alarm',
    falseAlarm: 'sensor-fault',
  });
  expect(closed.entries.at(-1)?.text).toBe('按误报结案，误报原因：设备故障');
});

test('a limit that ran out before the round came is still marked overdue when the order rises in between', async () => {
  const order = await opened('orange');
  room.now = NIGHT + 10 * MINUTE + 500;
  await tell({ change: 'upgraded', warning: order.warning, level: 'red' });
  await runDeadlines(room.system);
  const seen = await getWorkOrder(room.as('flood.admin'), order.id);
  expect(seen.overdue).toBe(true);
  expect(seen.deadlines.find((one) => one.kind === 'accept')).toMatchObject({ overdue: true });
  expect(seen.entries.map((one) => one.kind)).toContain('overdue');
  expect(seen.level).toBe('red');
});

test('what was told before an upgrade is not told again after it', async () => {
  const order = await opened('orange');
  room.now = NIGHT + 9 * MINUTE;
  await runDeadlines(room.system);
  await tell({ change: 'upgraded', warning: order.warning, level: 'red' });
  await runDeadlines(room.system);
  const { rows } = await sql<{ reason: string }>`select reason from reminder where work_order_id = ${order.id}
    and reason like '接单%' and channel = 'sms' order by id`.execute(room.db.storage.system);
  expect(rows).toEqual([{ reason: '接单时限已过 80 %' }]);
});
