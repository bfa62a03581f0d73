// What is sent back is not cleared any more: the limit to clear goes on from its rest, and the reviewer's time is not the handler's.
import type { Event } from '#bus';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { advanceWorkOrder } from '../advance-work-order.ts';
import { getWorkOrder } from '../get-work-order.ts';
import { openWorkOrders } from '../open-work-orders.ts';
import { runDeadlines } from '../run-deadlines.ts';
import { type DutyRoom, dutyRoom, HOUR, MINUTE, NIGHT, proofOf } from '../testing.ts';
import { sendBackRisen } from './send-back-risen.ts';

let room: DutyRoom;
beforeAll(async () => {
  room = await dutyRoom();
});
beforeEach(() => {
  room.now = NIGHT;
});
afterAll(() => room.db.drop());

/** A yellow order (clear within 24 h) that was cleared `hours` after it was opened. */
async function cleared(hours: number): Promise<{ readonly order: number; readonly warning: number }> {
  room.now = NIGHT;
  const warning = await room.warning('yellow');
  await room.system.transaction((tx) =>
    openWorkOrders(tx, room.now, [{ change: 'raised', warning, level: 'yellow', at: room.now }]),
  );
  const { id } = await room.db.storage.system
    .selectFrom('work_order')
    .select('id')
    .where('warning_id', '=', warning)
    .executeTakeFirstOrThrow();
  const handler = room.as('flood.handler');
  for (const action of ['accept', 'arrive', 'dispose'] as const)
    await advanceWorkOrder(handler, id, { action });
  room.now = NIGHT + hours * HOUR;
  await runDeadlines(room.system);
  const proof = await proofOf(handler, id);
  const note = `积水已抽排，${hours} 小时后路面恢复通行`;
  await advanceWorkOrder(handler, id, { action: 'clear', verdict: 'true', note, ...proof });
  return { order: id, warning };
}

async function limitOf(order: number) {
  const { deadlines, overdue } = await getWorkOrder(room.as('flood.handler'), order);
  return { ...deadlines.find((one) => one.kind === 'clear'), order: overdue };
}

const sendBack = (order: number) =>
  advanceWorkOrder(room.as('flood.head'), order, { action: 'send-back', reason: '照片看不出水深' });

test('sent back, the limit to clear has what was left of it, is chased and becomes late; cleared again it is kept', async () => {
  const { order } = await cleared(20);
  expect(await limitOf(order)).toMatchObject({ metAt: NIGHT + 20 * HOUR, overdue: false });
  room.now = NIGHT + 26 * HOUR;
  await runDeadlines(room.system);
  expect(await limitOf(order)).toMatchObject({ overdue: false });
  await sendBack(order);
  expect(await limitOf(order)).toMatchObject({
    metAt: null,
    pausedAt: null,
    dueAt: NIGHT + 30 * HOUR,
    overdue: false,
  });
  room.now = NIGHT + 30 * HOUR - MINUTE;
  await runDeadlines(room.system);
  expect(await limitOf(order)).toMatchObject({ overdue: false });
  const { order: other } = await cleared(1);
  room.now = NIGHT + 30 * HOUR;
  await runDeadlines(room.system);
  expect(await limitOf(order)).toMatchObject({ overdue: true, order: true });
  expect(await limitOf(other)).toMatchObject({ metAt: NIGHT + HOUR, overdue: false });
});

test('what was cleared late is late again once it is sent back', async () => {
  const { order } = await cleared(25);
  expect(await limitOf(order)).toMatchObject({ metAt: NIGHT + 25 * HOUR, overdue: true, order: false });
  room.now = NIGHT + 28 * HOUR;
  await sendBack(order);
  expect(await limitOf(order)).toMatchObject({
    metAt: null,
    dueAt: NIGHT + 24 * HOUR,
    overdue: true,
    order: true,
  });
});

test('sent back twice, only the handler’s own time counts', async () => {
  const { order } = await cleared(10);
  room.now = NIGHT + 15 * HOUR;
  await sendBack(order);
  room.now = NIGHT + 20 * HOUR;
  const handler = room.as('flood.handler');
  const proof = await proofOf(handler, order);
  const note = '水位标尺已补拍，路面干燥，车辆通行正常';
  await advanceWorkOrder(handler, order, { action: 'clear', verdict: 'true', note, ...proof });
  room.now = NIGHT + 22 * HOUR;
  await sendBack(order);
  expect(await limitOf(order)).toMatchObject({ metAt: null, dueAt: NIGHT + 31 * HOUR });
});

/** Its warning rises to red (clear within 4 h) at `hours`. */
async function rises(warning: number, hours: number): Promise<void> {
  room.now = NIGHT + hours * HOUR;
  await room.system.transaction((tx) =>
    openWorkOrders(tx, room.now, [{ change: 'upgraded', warning, level: 'red', at: room.now }]),
  );
}

test('an order that became red while it was reviewed and is sent back has the red limit from then on', async () => {
  const { order, warning } = await cleared(1);
  await advanceWorkOrder(room.as('flood.head'), order, { action: 'review' });
  await rises(warning, 3);
  expect(await limitOf(order)).toMatchObject({ metAt: NIGHT + HOUR, overdue: false, order: false });
  room.now = NIGHT + 5 * HOUR;
  await sendBack(order);
  expect(await limitOf(order)).toMatchObject({ metAt: null, dueAt: NIGHT + 9 * HOUR, overdue: false });
  room.now = NIGHT + 9 * HOUR;
  await runDeadlines(room.system);
  expect(await limitOf(order)).toMatchObject({ overdue: true, order: true });
});

test('where less was left of the milder limit than the red one has, no more than that is left', async () => {
  const { order, warning } = await cleared(23);
  await rises(warning, 24);
  room.now = NIGHT + 25 * HOUR;
  await sendBack(order);
  expect(await limitOf(order)).toMatchObject({ metAt: null, dueAt: NIGHT + 26 * HOUR, overdue: false });
});

test('the rule that sends back what has risen again does the same, and an order that was late is late at once', async () => {
  const { order, warning } = await cleared(25);
  room.now = NIGHT + 26 * HOUR;
  const { system } = room.db.storage;
  await sql`update warning set state = 'closed', level = 0, normal_at = now(), closed_at = now() where id = ${warning}`.execute(
    system,
  );
  const { rows } = await sql<{ id: number }>`
    insert into warning (object_id, item_code, place, scenario, state, level, peak_level, reason, opened_at, changed_at, simulated)
    select object_id, item_code, place, scenario, 'open', 2, 2, 'x', now(), now(), false from warning where id = ${warning}
    returning id`.execute(system);
  const event = { type: 'warning.raised', at: room.now, payload: { id: rows[0]?.id ?? 0, text: '又积水' } };
  await room.system.transaction((tx) => sendBackRisen(tx, [event as unknown as Event], room.now));
  expect(await limitOf(order)).toMatchObject({
    metAt: null,
    dueAt: NIGHT + 24 * HOUR,
    overdue: true,
    order: true,
  });
});
