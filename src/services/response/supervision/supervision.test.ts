import { SystemContext } from '#services/context';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { Storage } from '../../../storage/connection.ts';
import { TEST_VAULT } from '../../context/testing.ts';
import { getWorkOrder } from '../get-work-order.ts';
import { openWorkOrders } from '../open-work-orders.ts';
import { getOverdueList } from '../overdue/get-overdue-list.ts';
import { writeOverdueList } from '../overdue/write-overdue-list.ts';
import { runDeadlines } from '../run-deadlines.ts';
import { advanceWorkOrder } from '../advance-work-order.ts';
import { type DutyRoom, dutyRoom, HOUR, MINUTE, NIGHT } from '../testing.ts';
import {
  answerSupervision,
  closeSupervision,
  extendSupervision,
  returnSupervision,
} from './direct-supervision.ts';
import { issueSupervision } from './issue-supervision.ts';
import { supervisionsWaiting } from './supervisions-waiting.ts';
import { getSupervision, listSupervisions } from './list-supervisions.ts';
import { runSupervisions } from './run-supervisions.ts';

let room: DutyRoom;
beforeAll(async () => {
  room = await dutyRoom();
  await sql`insert into platform (id, code, name, kind, scenario, place, place_to)
    values (9001, 'FLOOD', '防汛防台', 'scenario', 1, 9001, 9001), (9002, 'GAS', '燃气', 'scenario', 5, 9002, 9002),
      (9003, 'T', '张江镇', 'town', null, 90, 110)`.execute(room.db.storage.system);
});
beforeEach(() => {
  room.now = NIGHT;
});
afterAll(() => room.db.drop());

async function opened(): Promise<number> {
  const warning = await room.warning('orange');
  await room.system.transaction((tx) =>
    openWorkOrders(tx, room.now, [{ change: 'raised', warning, level: 'orange', at: room.now }]),
  );
  const { id } = await room.db.storage.system
    .selectFrom('work_order')
    .select('id')
    .where('warning_id', '=', warning)
    .executeTakeFirstOrThrow();
  return id;
}
let keys = 0;
const asked = (orders: readonly number[], hours = 10) => ({
  platform: 'FLOOD',
  orders: [...orders],
  asked: '请说明为何无人接单，何时到场',
  answerBy: room.now + hours * HOUR,
  idempotencyKey: `supervision-${(keys += 1)}`,
});
const head = () => room.as('flood.head');
const admin = () => room.as('flood.admin');
async function told(type: string, id = 0): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from outbox where type = ${type}
    and (payload->>'id')::bigint = ${id}`.execute(room.db.storage.system);
  return rows[0]?.n ?? 0;
}

test('an office asks about an order, the unit answers in time, it is closed; each line stands in the order’s timeline too', async () => {
  const order = await opened();
  const made = await issueSupervision(head(), asked([order]));
  expect(made).toMatchObject({
    code: expect.stringMatching(/^DB2026-\d{5}$/u),
    state: 'open',
    platform: { code: 'FLOOD' },
    orders: [{ id: order }],
    overdue: false,
  });
  expect(await supervisionsWaiting(room.as('flood.admin', 'FLOOD'))).toEqual({
    count: 1,
    dueAt: made.answerBy,
  });
  await expect(
    answerSupervision(room.as('flood.leader'), made.id, { answer: '已派人到场处置' }),
  ).rejects.toMatchObject({
    code: 'access.denied',
  });
  const answered = await answerSupervision(admin(), made.id, { answer: '已派人到场处置' });
  expect(answered).toMatchObject({ state: 'answered', answeredBy: '防汛业务管理员', overdue: false });
  expect((await supervisionsWaiting(room.as('flood.admin', 'FLOOD'))).count).toBe(0);
  await expect(answerSupervision(admin(), made.id, { answer: '已派人到场处置' })).rejects.toMatchObject({
    code: 'supervision.not-open',
  });
  const returned = await returnSupervision(head(), made.id, {
    answerBy: room.now + 2 * HOUR,
    reason: '没有说明到场时间',
  });
  expect(returned).toMatchObject({ state: 'open', answeredBy: null });
  await answerSupervision(admin(), made.id, { answer: '03:20 已到场' });
  const closed = await closeSupervision(head(), made.id, {});
  expect(closed).toMatchObject({ state: 'closed', closedBy: '防汛部门责任人', mayDirect: false });
  const { entries } = await getWorkOrder(admin(), order);
  expect(
    entries
      .filter((one) => one.kind.startsWith('supervision'))
      .map((one) => one.text.replace(/DB\d{4}-\d{5}：/u, '')),
  ).toEqual([
    '督办 请说明为何无人接单，何时到场（11月20日 13:00 前答复）',
    '督办 答复：已派人到场处置',
    '督办 退回重新答复，11月20日 05:00 前：没有说明到场时间',
    '督办 答复：03:20 已到场',
    '督办 办结',
  ]);
  expect((await listSupervisions(admin(), { limit: 10, state: 'closed' })).items).toHaveLength(1);
});

test('sent twice it is issued once', async () => {
  const request = asked([await opened()]);
  const both = await Promise.all([issueSupervision(head(), request), issueSupervision(head(), request)]);
  expect(both[0].id).toBe(both[1].id);
});

test('nobody asks where he may not direct: another office, its orders, a moment that is over', async () => {
  const foreign = { ...asked([]), platform: 'GAS' };
  await expect(issueSupervision(head(), foreign)).rejects.toMatchObject({ code: 'access.denied' });
  await expect(issueSupervision(head(), asked([999_999]))).rejects.toMatchObject({
    code: 'record.not-found',
  });
  await expect(issueSupervision(head(), asked([], -1))).rejects.toMatchObject({ code: 'input.invalid' });
  await expect(issueSupervision(admin(), asked([]))).rejects.toMatchObject({ code: 'access.denied' });
  const made = await issueSupervision(head(), asked([]));
  await expect(getSupervision(room.as('gas.admin'), made.id)).rejects.toMatchObject({
    code: 'record.not-found',
  });
});

test('what is not answered climbs its ladder once, across a restart too, and late is late although it is answered', async () => {
  const made = await issueSupervision(head(), asked([]));
  const at = async (hours: number): Promise<void> => {
    room.now = NIGHT + hours * HOUR;
    await Promise.all([runSupervisions(room.system), runSupervisions(room.system)]);
  };
  for (const hours of [4, 5, 8, 9]) await at(hours);
  const storage = new Storage(room.db.location, () => undefined);
  const ground = { storage, clock: { now: () => room.now }, poke: () => undefined, vault: TEST_VAULT };
  room.now = NIGHT + 10 * HOUR;
  await runSupervisions(new SystemContext(ground));
  await runSupervisions(room.system);
  await storage.close();
  const late = await getSupervision(admin(), made.id);
  expect(late.overdue).toBe(true);
  expect(late.entries.slice(1).map((one) => `${one.kind} ${one.text}`)).toEqual([
    'reminded 督办答复时限已过 50 %，提醒业务管理员',
    'reminded 督办答复时限已过 80 %，提醒业务管理员',
    'overdue 督办答复时限已到，记超期，提醒业务管理员',
  ]);
  expect(await told('supervision.due', made.id)).toBe(3);
  const answered = await answerSupervision(admin(), made.id, { answer: '迟了，已处置完毕' });
  expect(answered).toMatchObject({ state: 'answered', overdue: true });
  await at(30);
  expect(await told('supervision.due', made.id)).toBe(3);
});

test('put off with a reason, it is due at its new moment and climbs no rung twice', async () => {
  const made = await issueSupervision(head(), asked([]));
  room.now = NIGHT + 6 * HOUR;
  await runSupervisions(room.system);
  const put = await extendSupervision(head(), made.id, {
    answerBy: NIGHT + 20 * HOUR,
    reason: '等待排水公司报告',
  });
  expect(put).toMatchObject({ extended: 1, answerBy: NIGHT + 20 * HOUR });
  room.now = NIGHT + 10 * HOUR;
  await runSupervisions(room.system);
  const { entries } = await getSupervision(head(), made.id);
  expect(entries.map((one) => one.kind)).toEqual(['issued', 'reminded', 'extended', 'reminded']);
});

test('超期未结案: written once a day at 09:00, after a restart too, with what each platform has, and what has become of it since', async () => {
  const { system } = room.db.storage;
  await sql`delete from supervision_order`.execute(system);
  await sql`update work_order set state = 'closed', overdue = false`.execute(system);
  await sql`update deadline set stopped_at = now(), next_at = null where met_at is null`.execute(system);
  const [first, second] = [await opened(), await opened()];
  room.now = NIGHT + 15 * MINUTE;
  await runDeadlines(room.system);
  room.now = NIGHT + 5 * HOUR + 59 * MINUTE;
  expect(await writeOverdueList(room.system)).toBe(0);
  expect(await getOverdueList(admin(), { limit: 10 })).toMatchObject({ day: null, items: [] });
  room.now = NIGHT + 6 * HOUR;
  const written = await Promise.all([writeOverdueList(room.system), writeOverdueList(room.system)]);
  expect(written.toSorted()).toEqual([0, 2]);
  expect(await writeOverdueList(room.system)).toBe(0);
  const { rows } =
    await sql`select p.code, c.orders, c.red from overdue_count c join platform p on p.id = c.platform_id
    order by p.code`.execute(system);
  expect(rows).toEqual([
    { code: 'FLOOD', orders: 2, red: 0 },
    { code: 'T', orders: 2, red: 0 },
  ]);
  expect(await told('overdue-list.written')).toBe(2);
  // A page at a time.
  const one = await getOverdueList(admin(), { limit: 1 });
  const two = await getOverdueList(admin(), { limit: 1, after: one.next ?? '' });
  expect(
    [...one.items, ...two.items].map(({ id, limits, days, still }) => ({ id, limits, days, still })),
  ).toEqual([
    { id: first, limits: ['接单'], days: 1, still: true },
    { id: second, limits: ['接单'], days: 1, still: true },
  ]);
  expect(two.next).toBeNull();
  expect((await getOverdueList(room.as('gas.admin'), { limit: 10 })).items).toEqual([]);
  await advanceWorkOrder(room.as('flood.handler'), first, { action: 'accept' });
  await sql`update deadline set overdue_at = null where work_order_id = ${first}`.execute(system);
  room.now += 24 * HOUR;
  await writeOverdueList(room.system);
  const next = await getOverdueList(admin(), { limit: 10 });
  expect(next.days).toEqual(['2026-11-21', '2026-11-20']);
  expect(next.items.find((line) => line.id === second)).toMatchObject({ days: 2 });
  expect((await getOverdueList(admin(), { limit: 10, day: '2026-11-20' })).items).toHaveLength(2);
});
