import { SystemContext } from '#services/context';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { Storage } from '../../storage/connection.ts';
import { advanceWorkOrder } from './advance-work-order.ts';
import { getWorkOrder } from './get-work-order.ts';
import { listWorkOrders } from './list-work-orders.ts';
import { openWorkOrders } from './open-work-orders.ts';
import { type DutyRoom, dutyRoom, HOUR, MINUTE, NIGHT, warnings } from './testing.ts';
import { runDeadlines } from './run-deadlines.ts';
import { TEST_VAULT } from '../context/testing.ts';

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

async function opened(level: 'red' | 'orange', at = NIGHT, replaySession?: number): Promise<number> {
  const warning = await room.warning(level, {
    at,
    ...(replaySession === undefined ? {} : { replaySession }),
  });
  await room.system.transaction((tx) =>
    openWorkOrders(tx, room.now, [{ change: 'raised', warning, level, at }]),
  );
  const row = await room.db.storage.system
    .selectFrom('work_order')
    .select('id')
    .where('warning_id', '=', warning)
    .executeTakeFirstOrThrow();
  return row.id;
}
async function remindersOf(id: number): Promise<readonly string[]> {
  const rows = await room.db.storage.system
    .selectFrom('reminder')
    .select(['at', 'to_role', 'channel', 'reason'])
    .where('work_order_id', '=', id)
    .orderBy('id')
    .execute();
  return rows.map((row) => `${(row.at - NIGHT) / MINUTE} ${row.to_role} ${row.channel} ${row.reason}`);
}
function seen(id: number) {
  return getWorkOrder(room.as('flood.admin'), id);
}

test('an order nobody accepts climbs the ladder rung by rung and is overdue at its limit', async () => {
  const id = await opened('orange');
  for (const minute of [1, 5, 8, 9, 10]) {
    room.now = NIGHT + minute * MINUTE;
    await runDeadlines(room.system);
  }
  expect(await remindersOf(id)).toEqual([
    '5 处置人员 push 接单时限已过 50 %',
    '8 处置人员 push 接单时限已过 80 %',
    '8 处置人员 sms 接单时限已过 80 %',
    '10 业务管理员 push 接单时限已到，记超期',
    '10 业务管理员 sms 接单时限已到，记超期',
  ]);
  const order = await seen(id);
  expect(order.overdue).toBe(true);
  expect(order.deadlines.find((one) => one.kind === 'accept')).toMatchObject({ overdue: true, metAt: null });
  expect(order.entries.slice(2).map((entry) => entry.kind)).toEqual(['reminded', 'reminded', 'overdue']);
  expect(order.nextCall).toEqual({
    at: NIGHT + 15 * MINUTE,
    to: '部门责任人',
    channels: expect.any(Array),
    reason: expect.stringMatching(/^(接单已超期，用时达时限的 150 %|首次反馈时限已过 50 %)$/u),
  });
  const { rows } = await sql<{ type: string }>`select type from outbox
    where (payload->>'id')::bigint = ${id} order by id`.execute(room.db.storage.system);
  expect(rows.map((row) => row.type.replace('work-order.', ''))).toEqual([
    'raised',
    'reminded',
    'reminded',
    'overdue',
    'reminded',
  ]);
});

test('accepting stops every reminder about accepting, at once and for good', async () => {
  const id = await opened('red');
  room.now = NIGHT + 2 * MINUTE;
  await advanceWorkOrder(room.as('flood.handler'), id, { action: 'accept' });
  const { rows } =
    await sql`select next_at from deadline where work_order_id = ${id} and kind = 'accept'`.execute(
      room.db.storage.system,
    );
  expect(rows).toEqual([{ next_at: null }]);
  room.now = NIGHT + 7 * MINUTE;
  await runDeadlines(room.system);
  expect(await remindersOf(id)).toEqual([]);
  room.now = NIGHT + 8 * MINUTE;
  await runDeadlines(room.system);
  expect(await remindersOf(id)).toEqual(['8 处置人员 push 首次反馈时限已过 50 %']);
});

test('an order accepted late is no longer late, but its limit keeps the mark', async () => {
  const id = await opened('red');
  room.now = NIGHT + 6 * MINUTE;
  await runDeadlines(room.system);
  expect((await seen(id)).overdue).toBe(true);
  const order = await advanceWorkOrder(room.as('flood.handler'), id, { action: 'accept' });
  expect(order.overdue).toBe(false);
  expect(order.deadlines.find((one) => one.kind === 'accept')).toMatchObject({
    overdue: true,
    metAt: room.now,
  });
});

test('late is late even when no worker ran: the act itself leaves the mark', async () => {
  const id = await opened('red');
  room.now = NIGHT + 6 * MINUTE;
  const order = await advanceWorkOrder(room.as('flood.handler'), id, { action: 'accept' });
  expect(order.deadlines.find((one) => one.kind === 'accept')).toMatchObject({ overdue: true });
});

test('a red order that nobody accepted in five minutes is called by voice, deputy and duty desk too', async () => {
  const id = await opened('red');
  room.now = NIGHT + 5 * MINUTE;
  await runDeadlines(room.system);
  const voice = (await remindersOf(id)).filter((one) => one.includes('voice'));
  expect(voice).toEqual([
    '5 处置人员 voice 红色工单 5 分钟无人接单',
    '5 处置人员的替岗（AB 角） voice 红色工单 5 分钟无人接单',
    '5 区总平台值守 voice 红色工单 5 分钟无人接单',
  ]);
});

test('reminders survive a restart: a new process marks what fell due while none ran, once and without a storm', async () => {
  const id = await opened('orange');
  room.now = NIGHT + HOUR;
  const storage = new Storage(room.db.location, () => undefined);
  const reborn = new SystemContext({
    storage,
    clock: { now: () => room.now },
    poke: () => undefined,
    vault: TEST_VAULT,
  });
  const first = await runDeadlines(reborn);
  const again = await runDeadlines(reborn);
  await storage.close();
  expect(first.overdue).toBe(1);
  expect(again).toEqual({ limits: 0, reminders: 0, overdue: 0 });
  // One climb for each limit that fell behind, to its highest rung; none for 处置 and 结案.
  const climbs = (await seen(id)).entries
    .slice(2)
    .map((entry) => `${entry.kind} ${entry.text.split('，')[0]}`);
  expect(climbs.toSorted()).toEqual(['overdue 到场已超期', 'overdue 接单已超期', 'overdue 首次反馈已超期']);
});

test('two workers at once remind about each order once', async () => {
  const ids = await warnings(room.db, 'red', { at: NIGHT, count: 300 });
  const happenings = ids.map((warning) => ({ change: 'raised', warning, level: 'red', at: NIGHT }) as const);
  await room.system.transaction((tx) => openWorkOrders(tx, NIGHT, happenings));
  room.now = NIGHT + 3 * MINUTE;
  const both = await Promise.all([runDeadlines(room.system), runDeadlines(room.system)]);
  await runDeadlines(room.system);
  const { rows } = await sql<{ n: number; orders: number }>`
    select count(*) as n, count(distinct work_order_id) as orders from reminder
    where work_order_id in (select id from work_order where warning_id = any(${[...ids]}))`.execute(
    room.db.storage.system,
  );
  expect(rows).toEqual([{ n: 300, orders: 300 }]);
  expect(both.reduce((sum, one) => sum + one.limits, 0)).toBeLessThanOrEqual(300);
});

test('an order of a replay is reminded by the recording’s clock, not by the wall clock', async () => {
  const recorded = NIGHT - 1000 * 24 * HOUR;
  const { rows } = await sql<{ id: number }>`insert into replay_session (name, state, clock, opened_at)
    values ('台风', 'running', ${new Date(recorded)}, ${new Date(NIGHT)}) returning id`.execute(
    room.db.storage.system,
  );
  const session = rows[0]?.id ?? 0;
  const id = await opened('red', recorded, session);
  room.now = NIGHT + 24 * HOUR;
  expect(await runDeadlines(room.system)).toMatchObject({ limits: 0 });
  await sql`update replay_session set clock = ${new Date(recorded + 3 * MINUTE)} where id = ${session}`.execute(
    room.db.storage.system,
  );
  expect(await runDeadlines(room.system)).toEqual({ limits: 1, reminders: 1, overdue: 0 });
  const accepted = await advanceWorkOrder(room.as('flood.handler'), id, { action: 'accept' });
  expect(accepted.deadlines.find((one) => one.kind === 'accept')).toMatchObject({
    metAt: recorded + 3 * MINUTE,
    overdue: false,
  });
});

test('the list can show what is overdue now', async () => {
  const late = await opened('red');
  room.now = NIGHT + 6 * MINUTE;
  await runDeadlines(room.system);
  const fresh = await opened('red', room.now);
  const list = await listWorkOrders(room.as('flood.admin'), { limit: 500, overdue: true });
  const ids = list.items.map((one) => one.id);
  expect(ids).toContain(late);
  expect(ids).not.toContain(fresh);
});
