import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { advanceWorkOrder } from './advance-work-order.ts';
import { getWorkOrder } from './get-work-order.ts';
import { openWorkOrders } from './open-work-orders.ts';
import type { WarningHappening } from './warning-happening.ts';
import { type DutyRoom, dutyRoom, HOUR, MINUTE, NIGHT, warnings } from './testing.ts';

let room: DutyRoom;
beforeAll(async () => {
  room = await dutyRoom();
});
beforeEach(() => {
  room.now = NIGHT;
});
afterAll(() => room.db.drop());

function tell(...happenings: readonly WarningHappening[]) {
  return room.system.transaction((tx) => openWorkOrders(tx, room.now, happenings));
}
async function orderOf(warning: number): Promise<number> {
  const { id } = await room.db.storage.system
    .selectFrom('work_order')
    .select('id')
    .where('warning_id', '=', warning)
    .executeTakeFirstOrThrow();
  return id;
}
async function detailOf(warning: number) {
  return getWorkOrder(room.as('flood.leader'), await orderOf(warning));
}
async function count(
  table: 'work_order' | 'work_order_entry' | 'deadline' | 'outbox',
  where = sql`true`,
): Promise<number> {
  const { rows } = await sql<{
    n: number;
  }>`select count(*) as n from ${sql.table(table)} where ${where}`.execute(room.db.storage.system);
  return rows[0]?.n ?? 0;
}

test('a warning opens an order with its handbook frozen in, sent to the handbook’s unit at once', async () => {
  const warning = await room.warning('red');
  expect(await tell({ change: 'raised', warning, level: 'red', at: NIGHT })).toEqual({
    opened: 1,
    upgraded: 0,
    noted: 0,
    withoutHandbook: 0,
  });
  const order = await detailOf(warning);
  expect(order).toMatchObject({
    warning,
    item: { code: 'FLOOD.I06', name: '下立交积水', kind: '报警' },
    scenario: 'FLOOD',
    level: 'red',
    loop: 'large',
    state: 'dispatched',
    unit: '浦东公安分局交警支队与道路养护单位',
    handler: null,
    openedAt: NIGHT,
    overdue: false,
    simulated: false,
    handbook: { standard: '2025.3-default', limitClass: 'T-std', reviewer: '区应急管理局' },
  });
  expect(order.code).toMatch(/^GD20261120-\d{6}$/u);
  expect(order.steps.map((step) => step.code)).toEqual(['1', '2', '3', '4', '5', '6', '7']);
  expect(order.entries.map((entry) => [entry.kind, entry.by])).toEqual([
    ['raised', null],
    ['dispatch', null],
  ]);
  expect(Object.fromEntries(order.deadlines.map((one) => [one.kind, one.dueAt - NIGHT]))).toEqual({
    accept: 5 * MINUTE,
    'on-site': 30 * MINUTE,
    feedback: 15 * MINUTE,
    clear: 4 * HOUR,
    close: 24 * HOUR,
  });
  expect(order.nextCall).toMatchObject({
    at: NIGHT + 2.5 * MINUTE,
    to: '处置人员',
    reason: '接单时限已过 50 %',
  });
});

test('told twice, also in one breath, a warning has exactly one order, one timeline and one set of limits', async () => {
  const warning = await room.warning('yellow');
  const raised = { change: 'raised', warning, level: 'yellow', at: NIGHT } as const;
  await tell(raised, raised);
  expect(await tell(raised)).toMatchObject({ opened: 0 });
  const id = await orderOf(warning);
  expect(await count('work_order', sql`warning_id = ${warning}`)).toBe(1);
  expect(await count('work_order_entry', sql`work_order_id = ${id}`)).toBe(2);
  expect(await count('deadline', sql`work_order_id = ${id}`)).toBe(5);
  expect(await count('outbox', sql`(payload->>'id')::bigint = ${id}`)).toBe(1);
});

test('two processes that hear of the same warning at once open one order between them', async () => {
  const warning = await room.warning('orange');
  const raised = { change: 'raised', warning, level: 'orange', at: NIGHT } as const;
  const both = await Promise.all([tell(raised), tell(raised)]);
  expect(both.reduce((sum, one) => sum + one.opened, 0)).toBe(1);
  expect(await count('deadline', sql`work_order_id = ${await orderOf(warning)}`)).toBe(5);
});

test('when yellow becomes red the order takes the red handbook, tighter limits and the larger loop', async () => {
  const warning = await room.warning('yellow');
  await tell({ change: 'raised', warning, level: 'yellow', at: NIGHT });
  room.now = NIGHT + 10 * MINUTE;
  const upgraded = { change: 'upgraded', warning, level: 'red', at: room.now } as const;
  expect(await tell(upgraded)).toMatchObject({ upgraded: 1, noted: 1 });
  expect(await tell(upgraded)).toMatchObject({ upgraded: 0, noted: 0 });
  const order = await detailOf(warning);
  expect(order).toMatchObject({
    level: 'red',
    loop: 'large',
    version: 2,
    handbook: { reviewer: '区应急管理局' },
  });
  expect(order.entries.at(-1)).toMatchObject({ kind: 'upgraded', text: '预警升至红色', by: null });
  expect(order.deadlines.find((one) => one.kind === 'accept')?.dueAt).toBe(NIGHT + 15 * MINUTE);
  expect(order.deadlines.find((one) => one.kind === 'clear')?.dueAt).toBe(room.now + 4 * HOUR);
});

test('an upgrade leaves what was accepted accepted, and the order with whoever works on it', async () => {
  const warning = await room.warning('blue');
  await tell({ change: 'raised', warning, level: 'blue', at: NIGHT });
  const id = await orderOf(warning);
  await advanceWorkOrder(room.as('flood.handler'), id, { action: 'accept' });
  await tell({ change: 'upgraded', warning, level: 'orange', at: NIGHT + MINUTE });
  const order = await detailOf(warning);
  expect(order).toMatchObject({
    level: 'orange',
    state: 'accepted',
    unit: '道路养护单位',
    handler: { id: 1 },
  });
  expect(order.deadlines.find((one) => one.kind === 'accept')).toMatchObject({ metAt: NIGHT });
  expect(order.deadlines.find((one) => one.kind === 'on-site')?.dueAt).toBe(NIGHT + 30 * MINUTE);
});

test('what orders are opened under is held once for all of them, and each keeps its own when the other rises', async () => {
  const [first, second] = [await room.warning('blue'), await room.warning('blue')];
  for (const warning of [first, second]) await tell({ change: 'raised', warning, level: 'blue', at: NIGHT });
  const held = async () =>
    (
      await sql<{ id: number }>`select handbook_id as id from work_order
        where warning_id = any(${[first, second]}) order by warning_id`.execute(room.db.storage.system)
    ).rows.map(({ id }) => id);
  const [one, other] = await held();
  expect(one).toBe(other);
  const steps = (await detailOf(second)).steps;
  await tell({ change: 'upgraded', warning: first, level: 'red', at: NIGHT + MINUTE });
  const [risen, still] = await held();
  expect([risen === one, still]).toEqual([false, one]);
  expect((await detailOf(second)).steps).toEqual(steps);
});

test('stepping down and returning to normal leave a line each and change nothing else', async () => {
  const warning = await room.warning('orange');
  await tell({ change: 'raised', warning, level: 'orange', at: NIGHT });
  const before = await detailOf(warning);
  const told = [
    { change: 'stepped-down', warning, level: 'blue', at: NIGHT + MINUTE },
    { change: 'normal', warning, level: 'blue', at: NIGHT + 2 * MINUTE },
  ] as const;
  expect(await tell(...told)).toMatchObject({ noted: 2 });
  expect(await tell(...told)).toMatchObject({ noted: 0 });
  const after = await detailOf(warning);
  expect(after.entries.slice(2).map((entry) => entry.kind)).toEqual(['stepped-down', 'warning-normal']);
  expect({ ...after, entries: [] }).toEqual({ ...before, entries: [] });
});

test('a warning on which the handbook is silent opens an order that waits for a dispatcher, and says so', async () => {
  // The default standard has an entry for every cell; one of another making may not.
  await sql`delete from handbook_entry where item_code = 'FLOOD.I04' and level = 'red'`.execute(
    room.db.storage.system,
  );
  const warning = await room.warning('red', { item: 'FLOOD.I04' });
  expect(await tell({ change: 'raised', warning, level: 'red', at: NIGHT })).toMatchObject({
    withoutHandbook: 1,
  });
  const order = await detailOf(warning);
  expect(order).toMatchObject({ state: 'raised', unit: '区应急管理局', loop: 'large', steps: [] });
  expect(order.entries[0]?.text).toContain('指挥手册没有这一项');
  const sent = await advanceWorkOrder(room.as('flood.admin'), order.id, {
    action: 'dispatch',
    unit: '区防汛办',
  });
  expect(sent).toMatchObject({ state: 'dispatched', unit: '区防汛办' });
});

test('an order of a replayed warning opens at the recording’s moment and carries its marks', async () => {
  const recorded = NIGHT - 2000 * 24 * HOUR;
  const { rows } = await sql<{ id: number }>`
    insert into replay_session (name, state, clock, opened_at)
    values ('台风', 'running', ${new Date(recorded)}, ${new Date(NIGHT)}) returning id`.execute(
    room.db.storage.system,
  );
  const replaySession = rows[0]?.id ?? 0;
  const warning = await room.warning('red', { at: recorded, replaySession, simulated: true });
  await tell({ change: 'raised', warning, level: 'red', at: recorded });
  expect(await detailOf(warning)).toMatchObject({ replaySession, simulated: true, openedAt: recorded });
});

test('20,000 warnings at once have 20,000 orders, each sent, with its limits and its event', async () => {
  const ids = await warnings(room.db, 'red', { at: NIGHT, count: 20_000 });
  const before = await count('outbox');
  const happenings = ids.map((warning) => ({ change: 'raised', warning, level: 'red', at: NIGHT }) as const);
  const started = performance.now();
  for (let from = 0; from < happenings.length; from += 2000)
    await tell(...happenings.slice(from, from + 2000));
  process.stdout.write(`opened 20,000 orders in ${Math.round(performance.now() - started)} ms\n`);
  const mine = sql`warning_id = any(${ids})`;
  expect(await count('work_order', sql`${mine} and state = 'dispatched' and level = 4`)).toBe(20_000);
  const orders = sql`work_order_id in (select id from work_order where ${mine})`;
  expect(await count('deadline', sql`${orders} and next_at > ${new Date(NIGHT)}`)).toBe(100_000);
  expect(await count('work_order_entry', orders)).toBe(40_000);
  expect((await count('outbox')) - before).toBe(20_000);
});
