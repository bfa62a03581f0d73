import { AppError } from '#base';
import { workOrderDetail } from '../../contract/response/shapes.ts';
import { sql } from 'kysely';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { advanceWorkOrder } from './advance-work-order.ts';
import { attachPhoto } from './attach-photo.ts';
import { getAttachment } from './get-attachment.ts';
import { getWorkOrder } from './get-work-order.ts';
import { listWorkOrders, type ListQuery } from './list-work-orders.ts';
import { openWorkOrders } from './open-work-orders.ts';
import { type DutyRoom, dutyRoom, HOUR, MINUTE, NIGHT, type PEOPLE, proofOf, testPhoto } from './testing.ts';
import type { AdvanceRequest } from './save-advance.ts';

let room: DutyRoom;
beforeAll(async () => {
  room = await dutyRoom();
});
beforeEach(() => {
  room.now = NIGHT;
});
afterAll(() => room.db.drop());

const NOTE = '积水已抽排，路面恢复通行';
const JPEG = await testPhoto([70, 100, 130]);

async function opened(level: 'red' | 'yellow' = 'red'): Promise<number> {
  const warning = await room.warning(level);
  await room.system.transaction((tx) =>
    openWorkOrders(tx, room.now, [{ change: 'raised', warning, level, at: room.now }]),
  );
  const row = await room.db.storage.system
    .selectFrom('work_order')
    .select('id')
    .where('warning_id', '=', warning)
    .executeTakeFirstOrThrow();
  return row.id;
}
function act(who: keyof typeof PEOPLE, id: number, request: AdvanceRequest) {
  return advanceWorkOrder(room.as(who), id, request);
}
function listed(who: keyof typeof PEOPLE, query: Partial<ListQuery> = {}) {
  return listWorkOrders(room.as(who), { limit: 500, ...query });
}
async function refusal(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof AppError) return error;
  throw new Error('expected a refusal', { cause: error });
}

test('a full life: accepted, fed back, on site, disposing with photo and steps, cleared, reviewed, closed', async () => {
  const id = await opened();
  room.now = NIGHT + 2 * MINUTE;
  await act('flood.handler', id, { action: 'accept' });
  room.now = NIGHT + 10 * MINUTE;
  await act('flood.handler', id, { action: 'feed-back', note: '已出发' });
  room.now = NIGHT + 20 * MINUTE;
  await act('flood.handler', id, { action: 'arrive', location: { lat: 31.2, lon: 121.5, accuracy: 10 } });
  const photo = await attachPhoto(room.as('flood.handler'), id, { name: '到场.jpg', content: JPEG });
  await act('flood.handler', id, { action: 'dispose', steps: ['1', '2'], attachments: [photo.id] });
  room.now = NIGHT + HOUR;
  const { results, attachments } = await proofOf(room.as('flood.handler'), id);
  await act('flood.handler', id, {
    action: 'clear',
    verdict: 'true',
    note: NOTE,
    steps: ['4', '5', '7'],
    results,
    attachments,
  });
  await act('flood.head', id, { action: 'review' });
  room.now = NIGHT + 2 * HOUR;
  const closed = await act('flood.head', id, { action: 'close' });

  expect(workOrderDetail.parse(closed)).toEqual(closed);
  expect(closed).toMatchObject({
    state: 'closed',
    handler: { id: 1, name: '处置人员甲' },
    clearedAt: NIGHT + HOUR,
    closedAt: NIGHT + 2 * HOUR,
    verdict: 'true',
    overdue: false,
    nextCall: null,
    version: 8,
  });
  expect(closed.entries.map((entry) => entry.kind)).toEqual([
    'raised',
    'dispatch',
    'accept',
    'feed-back',
    'arrive',
    'dispose',
    'clear',
    'review',
    'close',
  ]);
  expect(closed.entries[5]?.attachments).toMatchObject([
    { name: '到场.jpg', mediaType: 'image/jpeg', takenAt: null, place: null },
  ]);
  expect(closed.results.map(({ typeText, field, done, value }) => [typeText, field, done, value])).toEqual([
    ['现场处置', 'arrival', true, null],
    ['现场处置', 'photos', true, null],
    ['调度运行', 'command', true, '已落实'],
    ['调度运行', 'receipt', true, '已落实'],
    ['管控封控', 'from', true, '2026-11-20T08:30'],
    ['管控封控', 'to', true, '2026-11-20T08:30'],
    ['管控封控', 'detour', true, '已落实'],
  ]);
  expect(Object.fromEntries(closed.deadlines.map((one) => [one.kind, (one.metAt ?? 0) - NIGHT]))).toEqual({
    accept: 2 * MINUTE,
    feedback: 10 * MINUTE,
    'on-site': 20 * MINUTE,
    clear: HOUR,
    close: 2 * HOUR,
  });
  expect(closed.steps.filter((step) => step.doneAt !== null).map((step) => step.code)).toEqual([
    '1',
    '2',
    '4',
    '5',
    '7',
  ]);
});

test('every step is in the audit trail with who, from where and the state before and after', async () => {
  const id = await opened();
  const { code } = await act('flood.handler', id, { action: 'accept' });
  const { rows } =
    await sql`select actor, address, action, before->>'state' as before, after->>'state' as after
    from audit where subject = ${`work-order/${code}`} and actor not like 'rule:%'`.execute(
      room.db.storage.system,
    );
  expect(rows).toEqual([
    {
      actor: 'flood.handler',
      address: '192.0.2.1',
      action: 'work-order.accept',
      before: 'dispatched',
      after: 'accepted',
    },
  ]);
});

test('the warning hears of a closed order by an event alone; its own row is left as it was', async () => {
  const id = await opened();
  const { warning } = await act('flood.handler', id, { action: 'accept' });
  const { rows } =
    await sql`select payload->>'state' as state, (payload->>'warning')::int as warning, place, scenario
    from outbox where type = 'work-order.advanced' and (payload->>'id')::bigint = ${id}`.execute(
      room.db.storage.system,
    );
  expect(rows).toEqual([{ state: 'accepted', warning, place: 100, scenario: 1 }]);
  const { rows: states } = await sql`select state from warning where id = ${warning}`.execute(
    room.db.storage.system,
  );
  expect(states).toEqual([{ state: 'open' }]);
});

test('two people accept at once: one holds the order, the other is told plainly that it is taken', async () => {
  const id = await opened();
  const both = await Promise.allSettled([
    act('flood.handler', id, { action: 'accept' }),
    act('flood.handler2', id, { action: 'accept' }),
  ]);
  const won = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const lost = both.flatMap((one) => (one.status === 'rejected' ? [one.reason as AppError] : []));
  expect(won).toHaveLength(1);
  expect(lost).toMatchObject([
    { code: 'work-order.illegal-action', status: 409, details: { state: '已接单', action: '接单' } },
  ]);
  const order = await getWorkOrder(room.as('flood.admin'), id);
  expect(order.handler).toEqual(won[0]?.handler);
  expect(order.entries.filter((entry) => entry.kind === 'accept')).toHaveLength(1);
});

test('one who saw an older version is told that somebody was faster', async () => {
  const id = await opened();
  await act('flood.handler', id, { action: 'accept', version: 1 });
  expect(await refusal(act('flood.handler', id, { action: 'arrive', version: 1 }))).toMatchObject({
    code: 'record.changed',
    status: 409,
  });
});

test('a step that a phone sends again is done once', async () => {
  const id = await opened();
  const accept = { action: 'accept', idempotencyKey: 'phone-1' } as const;
  await act('flood.handler', id, accept);
  await act('flood.handler', id, { action: 'arrive', idempotencyKey: 'phone-2' });
  const again = await act('flood.handler', id, accept);
  expect(again).toMatchObject({ state: 'on-site', version: 3 });
  expect(again.entries.filter((entry) => entry.kind === 'accept')).toHaveLength(1);
});

test('clearing without the required steps and a real note is refused with what is missing, and nothing is kept', async () => {
  const id = await opened();
  await act('flood.handler', id, { action: 'accept' });
  await act('flood.handler', id, { action: 'dispose' });
  const refused = await refusal(act('flood.handler', id, { action: 'clear', note: '好了', steps: ['1'] }));
  expect(refused).toMatchObject({ code: 'work-order.requirement-missing', status: 422 });
  expect(refused.details['missing']).toBe(
    '手册必做步骤 4、5、7；处置结果：到场、处置前后照片（至少 2 张）、调度指令、执行回执、管控开始、管控结束、绕行方案；核实结论；处置说明（不少于 10 字）',
  );
  const order = await getWorkOrder(room.as('flood.handler'), id);
  expect(order.state).toBe('disposing');
  expect(order.steps.every((step) => step.doneAt === null)).toBe(true);
});

test('a colleague may not act on an order that is held; the administrator may, on behalf, and it says so', async () => {
  const id = await opened();
  await act('flood.handler', id, { action: 'accept' });
  expect(await refusal(act('flood.handler2', id, { action: 'arrive' }))).toMatchObject({
    code: 'work-order.not-yours',
    details: { holder: '处置人员甲' },
  });
  const order = await act('flood.admin', id, { action: 'arrive' });
  expect(order.entries.at(-1)).toMatchObject({ by: '防汛业务管理员', text: '代处置人员甲到场' });
  expect(order.handler).toMatchObject({ name: '处置人员甲' });
});

test('remote work stops the on-site limit without calling it kept', async () => {
  const id = await opened();
  await act('flood.handler', id, { action: 'accept' });
  const order = await act('flood.handler', id, { action: 'dispose' });
  expect(order.deadlines.map((one) => one.kind)).not.toContain('on-site');
  const { rows } = await sql`select met_at, stopped_at, next_at from deadline
    where work_order_id = ${id} and kind = 'on-site'`.execute(room.db.storage.system);
  expect(rows).toEqual([{ met_at: null, stopped_at: NIGHT, next_at: null }]);
});

test('an order given back goes out again with a new accept limit', async () => {
  const id = await opened();
  await act('flood.handler', id, { action: 'reject', reason: '不属本单位管辖' });
  expect((await listed('flood.admin', { mine: true })).items.map((one) => one.id)).toContain(id);
  room.now = NIGHT + 20 * MINUTE;
  const sent = await act('flood.admin', id, { action: 'dispatch', unit: '道路养护单位' });
  expect(sent).toMatchObject({ state: 'dispatched', unit: '道路养护单位', handler: null });
  expect(sent.deadlines.find((one) => one.kind === 'accept')).toMatchObject({
    dueAt: NIGHT + 25 * MINUTE,
    metAt: null,
  });
});

test('reopened within 30 days the order waits to be accepted again; later it is too late', async () => {
  const id = await opened('yellow');
  await act('flood.handler', id, { action: 'accept' });
  await act('flood.handler', id, { action: 'dispose' });
  await act('flood.handler', id, {
    action: 'clear',
    verdict: 'false-alarm',
    falseAlarm: 'animal-or-vegetation',
    note: '现场无积水，探头被杂物遮挡',
  });
  await act('flood.head', id, { action: 'review' });
  await act('flood.head', id, { action: 'close' });
  room.now = NIGHT + 31 * 24 * HOUR;
  expect(await refusal(act('flood.head', id, { action: 'reopen', reason: '再次积水' }))).toMatchObject({
    status: 409,
  });
  room.now = NIGHT + 3 * 24 * HOUR;
  const again = await act('flood.head', id, { action: 'reopen', reason: '再次积水' });
  expect(again).toMatchObject({ state: 'reopened', handler: null, clearedAt: null, closedAt: null });
  expect(again.deadlines.find((one) => one.kind === 'accept')).toMatchObject({
    dueAt: room.now + 30 * MINUTE,
    metAt: null,
  });
  const accepted = await act('flood.handler2', id, { action: 'accept' });
  expect(accepted).toMatchObject({ state: 'accepted', handler: { name: '处置人员乙' } });
});

test('an order of another scenario does not exist for this administrator, in list, page, step or photo', async () => {
  const id = await opened();
  const photo = await attachPhoto(room.as('flood.handler'), id, { name: 'a.jpg', content: JPEG });
  expect((await listed('gas.admin')).items).toEqual([]);
  expect(await refusal(getWorkOrder(room.as('gas.admin'), id))).toMatchObject({ code: 'record.not-found' });
  expect(await refusal(act('gas.admin', id, { action: 'arrive' }))).toMatchObject({
    code: 'record.not-found',
  });
  expect(await refusal(getAttachment(room.as('gas.admin'), photo.id))).toMatchObject({
    code: 'record.not-found',
  });
  const seen = await getAttachment(room.as('flood.leader'), photo.id);
  expect(await sharp(seen.content).metadata()).toMatchObject({ format: 'jpeg', width: 16, height: 16 });
});

test('a photo is told by its bytes: other files are refused, the same photo sent again is the same attachment', async () => {
  const id = await opened();
  const handler = room.as('flood.handler');
  const html = new TextEncoder().encode('<html><script>alert(1)</script></html>');
  expect(await refusal(attachPhoto(handler, id, { name: 'x.jpg', content: html }))).toMatchObject({
    status: 415,
  });
  expect(
    await refusal(attachPhoto(handler, id, { name: 'x.jpg', content: new Uint8Array(8_000_001) })),
  ).toMatchObject({ status: 413 });
  const first = await attachPhoto(handler, id, { name: 'a.jpg', content: JPEG });
  const again = await attachPhoto(handler, id, { name: 'a.jpg', content: JPEG });
  expect(again).toEqual(first);
  expect(
    await refusal(attachPhoto(room.as('flood.leader'), id, { name: 'b.jpg', content: JPEG })),
  ).toMatchObject({ code: 'work-order.not-yours' });
});

test('a photo of another order cannot be taken into a step', async () => {
  const [one, other] = [await opened(), await opened()];
  const photo = await attachPhoto(room.as('flood.handler'), other, { name: 'a.jpg', content: JPEG });
  const step = act('flood.handler', one, { action: 'accept', attachments: [photo.id] });
  expect(await refusal(step)).toMatchObject({ code: 'input.invalid' });
  expect((await getWorkOrder(room.as('flood.handler'), one)).state).toBe('dispatched');
});

test('the list pages from the newest on without losing or repeating an order that opened in the same moment', async () => {
  const all: number[] = [];
  for (let i = 0; i < 5; i += 1) all.push(await opened());
  const seen: number[] = [];
  let after: string | undefined;
  do {
    const page = await listed('flood.leader', { limit: 2, ...(after === undefined ? {} : { after }) });
    seen.push(...page.items.map((one) => one.id));
    after = page.next ?? undefined;
  } while (after !== undefined);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toEqual(expect.arrayContaining(all));
  expect(await refusal(listed('flood.leader', { after: 'x' }))).toMatchObject({ code: 'input.invalid' });
});

test('“mine” is what waits for me: the unit’s new orders, then only the holder’s, then the reviewer’s', async () => {
  const id = await opened();
  const waits = async (who: keyof typeof PEOPLE) =>
    (await listed(who, { mine: true, open: true })).items.some((one) => one.id === id);
  expect([await waits('flood.handler'), await waits('flood.handler2'), await waits('flood.head')]).toEqual([
    true,
    true,
    false,
  ]);
  await act('flood.handler', id, { action: 'accept' });
  expect([await waits('flood.handler'), await waits('flood.handler2'), await waits('flood.head')]).toEqual([
    true,
    false,
    false,
  ]);
  await act('flood.handler', id, { action: 'dispose' });
  await act('flood.handler', id, { action: 'clear', verdict: 'duplicate', note: '与相邻下立交为同一处积水' });
  expect([await waits('flood.handler'), await waits('flood.head'), await waits('flood.leader')]).toEqual([
    false,
    true,
    false,
  ]);
});

test('the filters for level, scenario, state and replay pick what they say', async () => {
  const id = await opened('yellow');
  const ids = async (query: Partial<ListQuery>) =>
    (await listed('flood.leader', query)).items.map((one) => one.id);
  expect(await ids({ level: 'yellow', scenario: 'FLOOD', state: 'dispatched', replay: false })).toContain(id);
  expect(await ids({ level: 'red' })).not.toContain(id);
  expect(await ids({ scenario: 'GAS' })).toEqual([]);
  expect(await ids({ state: 'closed' })).not.toContain(id);
  expect(await ids({ open: false })).not.toContain(id);
  expect(await ids({ replay: true })).toEqual([]);
});
