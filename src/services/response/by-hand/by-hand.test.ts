import { AppError } from '#base';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { workOrderDetail } from '../../../contract/response/shapes.ts';
import { handPlan } from '../../../contract/response/hand-routes.ts';
import { advanceWorkOrder } from '../advance-work-order.ts';
import { runDeadlines } from '../run-deadlines.ts';
import type { AdvanceRequest } from '../save-advance.ts';
import { type DutyRoom, dutyRoom, MINUTE, NIGHT, type PEOPLE } from '../testing.ts';
import { openPart } from './open-part.ts';
import { openWorkOrder, planWorkOrder } from './open-by-hand.ts';

let room: DutyRoom;
beforeAll(async () => {
  room = await dutyRoom();
});
beforeEach(() => {
  room.now = NIGHT;
});
afterAll(() => room.db.drop());

async function object(
  party: { operator?: string; owner?: string; town?: string } = {},
  scenarios: readonly number[] = [1, 5],
): Promise<string> {
  const { rows } = await sql<{ code: string }>`
    insert into monitored_object (code, name, scenarios, place, place_approximate, lat, lon, operator, owner, town)
    values ('H' || nextval('alarm_id'), '下立交', ${scenarios}::int2[], 100, true, 31.2, 121.5, ${party.operator ?? null},
      ${party.owner ?? null}, ${party.town ?? null}) returning code`.execute(room.db.storage.system);
  return rows[0]?.code ?? '';
}
let keys = 0;
function asked(at: string) {
  keys += 1;
  return {
    source: 'hotline',
    object: at,
    item: 'FLOOD.I06',
    level: 'yellow',
    told: '市民反映下立交积水，车辆绕行',
    idempotencyKey: `page-key-${keys}`,
  } as const;
}
function act(who: keyof typeof PEOPLE, id: number, request: AdvanceRequest) {
  return advanceWorkOrder(room.as(who), id, request);
}
async function refusal(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof AppError) return error;
  throw new Error('expected a refusal', { cause: error });
}
async function toReview(id: number): Promise<void> {
  await act('flood.handler', id, { action: 'accept' });
  await act('flood.handler', id, { action: 'dispose' });
  await act('flood.handler', id, { action: 'clear', verdict: 'test', note: '现场无积水，已电话回复市民' });
  await act('flood.head', id, { action: 'review' });
}

test('an order by hand has the handbook, the limits and a unit that is found, and says why', async () => {
  const at = await object({ operator: '浦东路政养护公司', owner: '区建交委' });
  const planned = await planWorkOrder(room.as('flood.admin'), {
    object: at,
    item: 'FLOOD.I06',
    level: 'yellow',
  });
  expect(handPlan.parse(planned)).toEqual(planned);
  expect(planned.items.map(({ code }) => code)).toContain('FLOOD.I06');
  const order = await openWorkOrder(room.as('flood.admin'), asked(at));
  expect(workOrderDetail.parse(order)).toEqual(order);
  expect(order).toMatchObject({
    warning: null,
    source: 'hotline',
    state: 'dispatched',
    unit: '浦东路政养护公司',
    unitReason: '对象的运营（权属）单位',
    told: '市民反映下立交积水，车辆绕行',
  });
  expect(order.code).toMatch(/^GD20261120-R\d{6}$/u);
  expect(order.steps.map(({ text }) => text)).toEqual(planned.plan?.steps);
  for (const { kind, dueAt } of planned.plan?.deadlines ?? [])
    expect(order.deadlines.find((one) => one.kind === kind)?.dueAt).toBe(dueAt);
  expect(order.entries).toMatchObject([
    { kind: 'raised', by: '防汛业务管理员', text: '12345 热线，人工开单，派单至浦东路政养护公司' },
  ]);
});

test('the unit is the object’s, else its town’s, else whoever is on duty, else the handbook’s', async () => {
  const { system } = room.db.storage;
  await sql`insert into platform (id, code, name, kind, scenario, place, place_to)
    values (9001, '310115125', '张江镇', 'town', null, 100, 109), (9002, 'PD-FLOOD-T', '防汛防台', 'scenario', 1, 1, 2)`.execute(
    system,
  );
  const unitAt = async (party: Parameters<typeof object>[0]) => {
    const at = await object(party);
    const { plan } = await planWorkOrder(room.as('flood.admin'), {
      object: at,
      item: 'FLOOD.I06',
      level: 'yellow',
    });
    return [plan?.ground, plan?.unit];
  };
  expect(await unitAt({ owner: '区建交委', town: '310115125' })).toEqual(['object', '区建交委']);
  expect(await unitAt({ town: '310115125' })).toEqual(['town', '张江镇']);
  expect(await unitAt({})).toEqual(['handbook', '浦东公安分局交警支队与道路养护单位']);
  await sql`
    with r as (
      insert into roster (platform_id, place, scenario, name, calendar_id, pattern, created_at)
      values (9002, 100, 1, '值班表', 'cn', '{}', ${new Date(NIGHT)}) returning id
    ), s as (
      insert into roster_seat (roster_id, place, scenario, position, name, turn, own_holiday_rota)
      select id, 100, 1, 1, '值班长', 'shift', false from r returning id, roster_id
    )
    insert into duty_shift (roster_id, seat_id, place, scenario, from_at, to_at, account_id, status)
    select roster_id, id, 100, 1, ${new Date(NIGHT - MINUTE)}, ${new Date(NIGHT + MINUTE)}, 4, 'planned' from s`.execute(
    system,
  );
  expect(await unitAt({})).toEqual(['roster', '防汛防台 值班长 防汛部门责任人']);
});

test('an order by hand climbs its ladder like any other', async () => {
  const order = await openWorkOrder(room.as('flood.admin'), asked(await object({ owner: '区建交委' })));
  room.now = NIGHT + 15 * MINUTE;
  await runDeadlines(room.system);
  const { rows } = await sql`select reason from reminder where work_order_id = ${order.id}`.execute(
    room.db.storage.system,
  );
  expect(rows).toEqual([{ reason: '接单时限已过 50 %' }]);
});

test('a double click opens one order', async () => {
  const request = asked(await object());
  const both = await Promise.all([
    openWorkOrder(room.as('flood.admin'), request),
    openWorkOrder(room.as('flood.admin'), request),
  ]);
  expect(both[0].id).toBe(both[1].id);
});

test('an item of another scenario, and one who may not dispatch, are refused', async () => {
  const at = await object();
  expect(await refusal(openWorkOrder(room.as('flood.handler'), asked(at)))).toMatchObject({
    code: 'access.denied',
  });
  expect(await refusal(openWorkOrder(room.as('gas.admin'), asked(at)))).toMatchObject({
    code: 'input.invalid',
  });
  expect(
    await refusal(openWorkOrder(room.as('flood.admin'), { ...asked(at), object: await object({}, [5]) })),
  ).toMatchObject({
    code: 'record.not-found',
  });
});

test('a part has an owner and limits of its own; the whole closes only when each is closed or waived', async () => {
  const { id } = await openWorkOrder(room.as('flood.admin'), asked(await object()));
  const unit = '区排水管理所';
  await openPart(room.as('flood.admin'), id, { unit, told: '调泵车到场强排' });
  const whole = await openPart(room.as('flood.admin'), id, { unit: '事发地街镇', told: '疏散周边商户人员' });
  expect(whole.parts.map((one) => [one.unit, one.state])).toEqual([
    [unit, 'dispatched'],
    ['事发地街镇', 'dispatched'],
  ]);
  const [first, second] = whole.parts;
  const part = await act('flood.handler2', first?.id ?? 0, { action: 'accept' });
  expect(part).toMatchObject({ parent: { id }, source: 'part', handler: { id: 2 }, told: '调泵车到场强排' });
  expect(part.deadlines).toHaveLength(5);
  expect(await refusal(openPart(room.as('flood.admin'), part.id, { unit, told: '再分一张' }))).toMatchObject({
    code: 'work-order.illegal-action',
  });
  await toReview(id);
  expect(await refusal(act('flood.head', id, { action: 'close' }))).toMatchObject({
    details: { missing: '协同工单全部结案或免办' },
  });
  await act('flood.handler2', part.id, { action: 'dispose' });
  await act('flood.handler2', part.id, {
    action: 'clear',
    verdict: 'true',
    note: '泵车到场，积水已排空',
  });
  await act('flood.head', part.id, { action: 'review' });
  await act('flood.head', part.id, { action: 'close' });
  const waived = await act('flood.admin', second?.id ?? 0, { action: 'waive', reason: '商户已自行关门' });
  expect(waived).toMatchObject({ state: 'closed', stateText: '已结案（免办）', deadlines: [] });
  const closed = await act('flood.head', id, { action: 'close' });
  expect(closed).toMatchObject({ state: 'closed', mayOpenPart: false });
  expect(await refusal(act('flood.head', part.id, { action: 'reopen', reason: '又积水' }))).toMatchObject({
    code: 'work-order.illegal-action',
  });
});

test('an order of another scenario has no parts for this administrator to open', async () => {
  const { id } = await openWorkOrder(room.as('flood.admin'), asked(await object()));
  const part = { unit: '区排水管理所', told: '调泵车到场强排' };
  expect(await refusal(openPart(room.as('gas.admin'), id, part))).toMatchObject({ code: 'record.not-found' });
  expect(await refusal(openPart(room.as('flood.handler'), id, part))).toMatchObject({
    code: 'access.denied',
  });
});

test('parts go along when the whole is merged', async () => {
  const first = await openWorkOrder(room.as('flood.admin'), asked(await object()));
  const second = await openWorkOrder(room.as('flood.admin'), asked(await object()));
  await openPart(room.as('flood.admin'), first.id, { unit: '区排水管理所', told: '调泵车到场强排' });
  await act('flood.admin', first.id, { action: 'merge', into: second.id, reason: '同一处积水' });
  const { rows } = await sql`select parent_id as parent from work_order where source = 'part'
    and parent_id in (${first.id}, ${second.id})`.execute(room.db.storage.system);
  expect(rows).toEqual([{ parent: second.id }]);
});
