import { AppError } from '#base';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { incident, incidentDetail } from '../../../contract/response/incident-shapes.ts';
import { MINUTE, NIGHT } from '../testing.ts';
import { advanceIncident } from './advance-incident.ts';
import { followOrders } from './follow-orders.ts';
import { getIncident } from './get-incident.ts';
import { listIncidentEntries, listIncidentOrders, listIncidents } from './list-incidents.ts';
import { adoptOrders, openIncident } from './open-incident.ts';
import { answerPart, callPart, waivePart } from './parts.ts';
import { partsWaiting } from './parts-waiting.ts';
import { releaseOrders } from './release-orders.ts';
import { type IncidentRoom, incidentRoom } from './testing.ts';
import { watchLoops } from './watch-loops.ts';

let room: IncidentRoom;
beforeAll(async () => {
  room = await incidentRoom();
});
let hour = 0;
beforeEach(() => {
  // Hours apart, so that nothing of one test is near in time to what another left.
  hour += 1;
  room.now = NIGHT + hour * 100 * 60 * MINUTE;
});
afterAll(() => room.db.drop());

const reason = '台风影响，统一指挥';

async function refusal(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (found: unknown) => found,
  );
  return error instanceof AppError ? error.code : String(error);
}
async function follow(ids: readonly number[], type = 'work-order.raised', action?: string): Promise<void> {
  const events = ids.map((id) => ({
    seq: id,
    type,
    at: room.now,
    place: 100,
    scenario: 1,
    payload: { id, action },
  }));
  await room.db.storage.system.transaction().execute((tx) => followOrders(tx, events, room.now));
}
async function incidentOf(order: number): Promise<number | null> {
  const { rows } = await sql<{
    id: number | null;
  }>`select incident_id as id from work_order where id = ${order}`.execute(room.db.storage.system);
  return rows[0]?.id ?? null;
}
async function finish(orders: readonly number[]): Promise<void> {
  await sql`update work_order set state = 'closed', closed_at = now() where id = any(${[...orders]}::bigint[])`.execute(
    room.db.storage.system,
  );
}
const open = async (orders: readonly number[], more: object = {}) =>
  openIncident(room.as('coordinator'), { title: '台风“测试”', orders: [...orders], reason, ...more });

test('an incident by hand takes orders of several scenarios, and shows one timeline over them', async () => {
  const orders = [await room.order({ level: 'orange' }), await room.order({ scenario: 5, place: 250 })];
  const found = await open(orders);
  expect(incidentDetail.parse(found)).toEqual(found);
  expect(found).toMatchObject({
    code: expect.stringMatching(/^EV-\d{8}-001$/u),
    scenario: 'FLOOD',
    level: 'orange',
    loop: 'small',
    owner: { post: '防汛防台业务管理员', name: null },
    figures: { orders: 2, openOrders: 2 },
    mayLead: true,
  });
  expect(found.spots).toHaveLength(2);
  const { items } = await listIncidentEntries(room.as('coordinator'), found.id, { limit: 2 });
  expect(items.map(({ kind }) => kind)).toContain('incident-adopted');
  const all = await listIncidentEntries(room.as('coordinator'), found.id, { limit: 50 });
  expect(all.items.map(({ kind, order }) => [kind, order === null])).toContainEqual(['opened', true]);
  const listed = await listIncidents(room.as('coordinator'), { limit: 50, state: 'open' });
  expect(incident.parse(listed.items[0])).toEqual(listed.items[0]);
  const own = await listIncidentOrders(room.as('gas.admin'), found.id, { limit: 50 });
  expect(own.items.map(({ id }) => id)).toEqual([orders[1]]);
});

test('an order belongs to one incident at most, also when two want it at once; released it is free again', async () => {
  const [a, b, wanted] = [await room.order(), await room.order(), await room.order()];
  const [one, other] = [await open([a]), await open([b])];
  const got = await Promise.all(
    [one, other].map(({ id }) => adoptOrders(room.as('coordinator'), id, { orders: [wanted], reason })),
  );
  expect(got.reduce((sum, { adopted }) => sum + adopted, 0)).toBe(1);
  const holder = await incidentOf(wanted);
  const released = await releaseOrders(room.as('coordinator'), holder ?? 0, { orders: [wanted], reason });
  expect(released).toEqual({ released: 1 });
  expect(await incidentOf(wanted)).toBeNull();
});

test('two hundred orders of a typhoon go in with one statement, and those of others stay where they are', async () => {
  const since = room.now;
  const head = await room.order();
  const { id } = await open([head]);
  const orders = await Promise.all(Array.from({ length: 200 }, () => room.order({ level: 'orange' })));
  const { adopted } = await adoptOrders(room.as('coordinator'), id, {
    matching: { scenarios: ['FLOOD'], since },
    reason,
  });
  expect(adopted).toBe(200);
  expect(await incidentOf(orders[199] ?? 0)).toBe(id);
  expect((await getIncident(room.as('coordinator'), id)).level).toBe('orange');
});

test('whoever sees one of its orders or has a part in it sees the incident, and nobody else does', async () => {
  const { id } = await open([await room.order(), await room.order({ scenario: 5 })], { loop: 'medium' });
  for (const who of ['coordinator', 'flood.admin', 'gas.admin', 'zhangjiang'] as const)
    expect((await getIncident(room.as(who), id)).id).toBe(id);
  expect(await refusal(getIncident(room.as('chuansha'), id))).toBe('record.not-found');
  const seen = await listIncidents(room.as('chuansha'), { limit: 500 });
  expect(seen.items.map((one) => one.id)).not.toContain(id);
  await advanceIncident(room.as('coordinator'), id, { action: 'raise', to: 'large', reason });
  await callPart(room.as('coordinator'), id, { unit: '川沙新镇', platform: '310115103', told: '准备安置点' });
  expect((await getIncident(room.as('chuansha'), id)).parts.map(({ unit }) => unit)).toEqual(['川沙新镇']);
  // Orders that lie elsewhere stay unseen.
  expect((await listIncidentOrders(room.as('chuansha'), id, { limit: 50 })).items).toEqual([]);
  expect(await refusal(adoptOrders(room.as('chuansha'), id, { orders: [1], reason }))).toBe('access.denied');
});

test('a loop goes up by hand and is signed for; who raised it stands by until then', async () => {
  const { id } = await open([await room.order({ handler: 1 })]);
  const handler = room.as('flood.handler');
  await advanceIncident(handler, id, { action: 'ask', to: 'medium', reason: '一个班组不够' });
  expect(await refusal(advanceIncident(handler, id, { action: 'raise', to: 'medium', reason }))).toBe(
    'access.denied',
  );
  const asked = await getIncident(room.as('flood.admin'), id);
  expect(asked.asked).toEqual({ loop: 'medium', by: '处置人员甲', reason: '一个班组不够' });
  const raised = await advanceIncident(room.as('flood.admin'), id, { action: 'raise', to: 'medium', reason });
  expect(raised).toMatchObject({
    loop: 'medium',
    owner: { post: '防汛防台部门责任人', name: null },
    second: '防汛防台业务管理员',
    asked: null,
  });
  const taken = await advanceIncident(room.as('flood.head'), id, { action: 'take' });
  expect(taken).toMatchObject({ owner: { name: '防汛部门责任人' }, second: null });
  expect(
    await refusal(advanceIncident(room.as('gas.admin'), id, { action: 'raise', to: 'large', reason })),
  ).toBe('record.not-found');
  const large = await advanceIncident(room.as('flood.head'), id, { action: 'raise', to: 'large', reason });
  expect(large).toMatchObject({ loop: 'large', owner: { post: '区应急管理局大闭环统筹', name: null } });
  expect(
    await refusal(advanceIncident(room.as('flood.head'), id, { action: 'lower', to: 'medium', reason })),
  ).toBe('incident.not-yours');
  const lowered = await advanceIncident(room.as('coordinator'), id, {
    action: 'lower',
    to: 'medium',
    reason,
  });
  expect(lowered).toMatchObject({ loop: 'medium', second: '区应急管理局大闭环统筹' });
  const stale = advanceIncident(room.as('flood.head'), id, { action: 'take', version: 1 });
  expect(await refusal(stale)).toBe('record.changed');
});

test('a large loop calls its co-units, and closes only when each is closed or waived and every order is over', async () => {
  const orders = [await room.order({ loop: 'large' })];
  const found = await open(orders);
  // 区应急管理局 leads and is no part of it; what is only a firm's word has no platform and is not called.
  expect(found.parts.map(({ unit, platform }) => [unit, platform])).toEqual([
    ['区卫生健康委', null],
    ['张江镇', '张江镇'],
    ['浦东消防救援支队', '消防分平台'],
  ]);
  const by = (unit: string) => found.parts.find((part) => part.unit === unit)?.id ?? 0;
  const close = () =>
    advanceIncident(room.as('coordinator'), found.id, { action: 'close', reason: '险情已排除' });
  expect(await refusal(close())).toBe('incident.requirement-missing');
  await finish(orders);
  const owed = async () => (await partsWaiting(room.as('zhangjiang', '310115125'))).count;
  const before = await owed();
  await answerPart(room.as('zhangjiang'), by('张江镇'), { text: '已到场', done: false });
  const answered = await getIncident(room.as('coordinator'), found.id);
  expect(answered.figures).toMatchObject({ openParts: 3, unanswered: 2 });
  expect(
    await refusal(answerPart(room.as('zhangjiang'), by('区卫生健康委'), { text: '到场', done: true })),
  ).toBe('record.not-found');
  await answerPart(room.as('zhangjiang'), by('张江镇'), { text: '积水已退，人员撤回', done: true });
  expect(await owed()).toBe(before - 1);
  expect(await refusal(waivePart(room.as('zhangjiang'), by('浦东消防救援支队'), { reason }))).toBe(
    'access.denied',
  );
  await waivePart(room.as('coordinator'), by('浦东消防救援支队'), { reason: '没有险情须消防到场' });
  expect(await refusal(close())).toBe('incident.requirement-missing');
  await answerPart(room.as('coordinator'), by('区卫生健康委'), { text: '电话答复：无伤员', done: true });
  expect(await close()).toMatchObject({ state: 'closed', owner: null, closedBy: '大闭环统筹' });
  expect(await refusal(answerPart(room.as('coordinator'), by('张江镇'), { text: '补充', done: false }))).toBe(
    'incident.closed',
  );
  const reopened = await advanceIncident(room.as('coordinator'), found.id, {
    action: 'reopen',
    reason: '又积水',
  });
  expect(reopened).toMatchObject({ state: 'open', owner: { name: null } });
});

test('a red order opens a large incident by itself; a second scenario near by joins it; told twice nothing changes', async () => {
  const red = await room.order({ level: 'red', lat: 31.3 });
  await follow([red]);
  const id = await incidentOf(red);
  const found = await getIncident(room.as('coordinator'), id ?? 0);
  expect(found).toMatchObject({ ground: 'red', loop: 'large', openedBy: null, owner: { name: null } });
  expect(found.parts.length).toBeGreaterThan(0);
  // Read by whoever has an order in it: no object that only others may see is named.
  expect(found.title).toBe('下立交积水');
  const near = await room.order({ scenario: 5, lat: 31.3004 });
  await follow([near]);
  await follow([near, red]);
  expect(await incidentOf(near)).toBe(id);
  const after = await getIncident(room.as('coordinator'), id ?? 0);
  expect(after.figures.orders).toBe(2);
});

test('many red orders at once become as many incidents, each with a code of its own, and none twice', async () => {
  const orders = await Promise.all(
    Array.from({ length: 40 }, (_, i) => room.order({ level: 'red', lat: 30.9 + i * 0.01 })),
  );
  await follow(orders);
  await follow(orders);
  const { rows } = await sql<{ incidents: number; codes: number }>`
    select count(distinct i.id) as incidents, count(distinct i.code) as codes
    from work_order o join incident i on i.id = o.incident_id where o.id = any(${orders}::bigint[])`.execute(
    room.db.storage.system,
  );
  expect(rows[0]).toEqual({ incidents: 40, codes: 40 });
});

test('two scenarios within 500 m and an hour are one incident, unless the setting says no', async () => {
  const flood = await room.order({ lat: 31.4 });
  await follow([flood]);
  expect(await incidentOf(flood)).toBeNull();
  const gas = await room.order({ scenario: 5, lat: 31.402 });
  await follow([gas]);
  expect(await incidentOf(flood)).toBe(await incidentOf(gas));
  expect(await incidentOf(gas)).not.toBeNull();
  const { system } = room.db.storage;
  await sql`insert into platform (id, code, name, kind, scenario, place, place_to) values (9, 'FLOOD', '防汛', 'scenario', 1, 1010, 1019)`.execute(
    system,
  );
  await sql`insert into platform_setting (platform_id, place, scenario, key, value, set_by, set_at)
    values (9, 1010, 1, 'incident.opens-from', '"never"', 'x', now())`.execute(system);
  const red = await room.order({ level: 'red', lat: 31.5 });
  await follow([red]);
  expect(await incidentOf(red)).toBeNull();
  await sql`delete from platform_setting where platform_id = 9`.execute(system);
});

test('an incident rises with its orders, and a small loop late by twice its limit goes up by itself, step by step', async () => {
  const order = await room.order({ level: 'yellow' });
  const { id } = await open([order]);
  const { system } = room.db.storage;
  await sql`insert into deadline (work_order_id, place, scenario, kind, started_at, due_at) values
    (${order}, 100, 1, 'accept', ${new Date(room.now)}, ${new Date(room.now + 30 * MINUTE)})`.execute(system);
  room.now += 59 * MINUTE;
  await watchLoops(room.system);
  expect((await getIncident(room.as('coordinator'), id)).loop).toBe('small');
  room.now += MINUTE;
  expect(await watchLoops(room.system)).toBe(1);
  expect(await watchLoops(room.system)).toBe(0);
  expect(await getIncident(room.as('coordinator'), id)).toMatchObject({
    loop: 'medium',
    second: '防汛防台业务管理员',
  });
  await sql`update work_order set level = 4 where id = ${order}`.execute(system);
  await follow([order], 'work-order.advanced', 'upgrade');
  expect(await watchLoops(room.system)).toBe(1);
  expect(await getIncident(room.as('coordinator'), id)).toMatchObject({ loop: 'large', level: 'red' });
});

test('every change is in the audit and is told to whom the incident concerns', async () => {
  const { id, code } = await open([await room.order(), await room.order({ scenario: 5, place: 250 })]);
  await advanceIncident(room.as('flood.admin'), id, { action: 'take' });
  const { system } = room.db.storage;
  const { rows: written } = await sql<{ action: string }>`
    select action from audit where subject = ${`incident/${code}`} order by id`.execute(system);
  expect(written.map(({ action }) => action)).toEqual(['incident.opened', 'incident.take']);
  const { rows: told } = await sql<{ place: number; scenario: number; own: boolean }>`
    select place, scenario, (payload->>'own')::boolean as own from outbox
    where type = 'incident.changed' and (payload->>'id')::bigint = ${id} order by id`.execute(system);
  expect(told.filter(({ own }) => own)).toHaveLength(1);
  expect(told.map(({ place, scenario }) => `${place} ${scenario}`)).toEqual(['1 1', '100 1', '250 5']);
});
