// From an order to its incident and back: where it may go, who is asked about the whole of it, who has not answered.
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { getWorkOrder } from '../get-work-order.ts';
import { answerSupervision, closeSupervision } from '../supervision/direct-supervision.ts';
import { issueSupervision } from '../supervision/issue-supervision.ts';
import { getSupervision } from '../supervision/list-supervisions.ts';
import { HOUR, MINUTE } from '../testing.ts';
import { askForm } from './ask-form.ts';
import { answerForm, listFormsDue } from './form-answers.ts';
import { getIncident } from './get-incident.ts';
import { listIncidentEntries, listIncidents } from './list-incidents.ts';
import { adoptOrders, openIncident } from './open-incident.ts';
import { releaseOrders } from './release-orders.ts';
import { type IncidentRoom, incidentRoom } from './testing.ts';

let room: IncidentRoom;
beforeAll(async () => {
  room = await incidentRoom();
  await sql`insert into platform (id, code, name, kind, scenario, place, place_to) values
    (9, 'FLOOD', '防汛防台', 'scenario', 1, 1010, 1019), (10, 'GAS', '燃气', 'scenario', 5, 1050, 1059)`.execute(
    room.db.storage.system,
  );
});
afterAll(() => room.db.drop());

const reason = '台风影响，统一指挥';
const offered = async (who: Parameters<IncidentRoom['as']>[0], order: number): Promise<readonly number[]> =>
  (await listIncidents(room.as(who), { limit: 50, forOrder: order })).items.map(({ id }) => id);

test('an order may go into an open incident of its scenario or around its place, for whoever leads that', async () => {
  const coordinator = room.as('coordinator');
  const flood = await openIncident(coordinator, {
    title: '川沙积水',
    reason,
    orders: [await room.order({ place: 250 })],
  });
  const gas = await openIncident(coordinator, {
    title: '张江泄漏',
    reason,
    orders: [await room.order({ scenario: 5, place: 120 })],
  });
  const far = await openIncident(coordinator, {
    title: '川沙泄漏',
    reason,
    orders: [await room.order({ scenario: 5, place: 250 })],
  });
  const order = await room.order({ place: 110 });
  expect(await offered('coordinator', order)).toEqual([gas.id, flood.id]);
  // The flood office leads its own, wherever it lies, and none of gas.
  expect(await offered('flood.admin', order)).toEqual([flood.id]);
  expect(await offered('zhangjiang', order)).toEqual([]);
  expect(far.state).toBe('open');
  await adoptOrders(room.as('flood.admin'), flood.id, { orders: [order], reason });
  const { id, code, title } = flood;
  expect((await getWorkOrder(room.as('flood.admin'), order)).incident).toEqual({ id, code, title });
  await releaseOrders(room.as('flood.admin'), flood.id, { orders: [order], reason: '与台风无关' });
  const released = await getWorkOrder(room.as('flood.admin'), order);
  expect(released.incident).toBeNull();
  expect(released.entries.at(-1)).toMatchObject({ text: `移出事件 ${code}`, note: '与台风无关' });
});

test('who has not answered a form is named, until he has', async () => {
  const { id } = await openIncident(room.as('coordinator'), {
    title: '台风“测试”',
    reason,
    loop: 'large',
    orders: [await room.order()],
  });
  await askForm(room.as('coordinator'), id, {
    title: '转移人数',
    fields: [{ key: 'moved', text: '已转移人数', kind: 'number' }],
    limitMinutes: 30,
    until: room.now + HOUR,
    platforms: ['310115125', '310115103'],
  });
  const missing = async () => (await getIncident(room.as('coordinator'), id)).forms[0]?.missing;
  expect(await missing()).toEqual(['张江镇', '川沙新镇']);
  const [due] = (await listFormsDue(room.as('zhangjiang', '310115125'))).items;
  await answerForm(room.as('zhangjiang', '310115125'), due?.id ?? 0, { answers: { moved: 120 } });
  expect(await missing()).toEqual(['川沙新镇']);
});

test('督办 over an incident stands on its page and in its timeline, also what somebody answers who does not see it', async () => {
  const { id, code, title } = await openIncident(room.as('coordinator'), {
    title: '川沙积水二',
    reason,
    orders: [await room.order({ place: 250 })],
  });
  const request = (incident: number, platform: string, key: string) => ({
    platform,
    orders: [],
    incident,
    asked: '请说明抢险力量到场情况',
    answerBy: room.now + 10 * HOUR,
    idempotencyKey: `incident-supervision-${key}`,
  });
  await expect(issueSupervision(room.as('coordinator'), request(999_999, 'GAS', 'x'))).rejects.toMatchObject({
    code: 'record.not-found',
  });
  const made = await issueSupervision(room.as('coordinator'), request(id, 'GAS', 'a'));
  expect(made.incident).toEqual({ id, code, title });
  const gas = room.as('gas.admin', 'GAS');
  expect((await getSupervision(gas, made.id)).incident).toBeNull();
  await answerSupervision(gas, made.id, { answer: '抢修队已到川沙' });
  await closeSupervision(room.as('coordinator'), made.id, {});
  const page = await getIncident(room.as('coordinator'), id);
  expect(page.supervisions).toEqual([
    {
      id: made.id,
      code: made.code,
      platform: '燃气',
      asked: '请说明抢险力量到场情况',
      answerBy: made.answerBy,
      state: 'closed',
      overdue: false,
    },
  ]);
  const { items } = await listIncidentEntries(room.as('coordinator'), id, { limit: 50 });
  expect(
    items.filter(({ kind }) => kind.startsWith('supervision')).map(({ text, by }) => [text, by]),
  ).toEqual([
    [`督办 ${made.code}：办结`, '大闭环统筹'],
    [`督办 ${made.code}：答复：抢修队已到川沙`, '燃气业务管理员'],
    [expect.stringMatching(/^督办 .*：请说明抢险力量到场情况（.* 前答复）$/u), '大闭环统筹'],
  ]);
  room.now += MINUTE;
});
