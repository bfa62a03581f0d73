import { AppError } from '#base';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { advanceWorkOrder } from './advance-work-order.ts';
import { attachPhoto } from './attach-photo.ts';
import { getWorkOrder } from './get-work-order.ts';
import { openWorkOrders } from './open-work-orders.ts';
import { noteOrder } from './note-order.ts';
import { supplementOrder } from './supplement-order.ts';
import { type DutyRoom, dutyRoom, HOUR, MINUTE, NIGHT, type PEOPLE, testPhoto } from './testing.ts';
import type { AdvanceRequest } from './save-advance.ts';

let room: DutyRoom;
beforeAll(async () => {
  room = await dutyRoom();
});
beforeEach(() => {
  room.now = NIGHT;
});
afterAll(() => room.db.drop());

const JPEG = await testPhoto([9, 8, 7]);

async function opened(): Promise<number> {
  const level = 'yellow';
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
async function refusal(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof AppError) return error;
  throw new Error('expected a refusal', { cause: error });
}
/** What a phone whose clock is an hour slow says of something it held for `minutes`. */
function held(minutes: number) {
  const sentAt = room.now - HOUR;
  return { at: sentAt - minutes * MINUTE, sentAt };
}

test('what a phone did without signal shows when it was done beside when it arrived; its limit is met when it arrived', async () => {
  const id = await opened();
  await act('flood.handler', id, { action: 'accept' });
  room.now = NIGHT + 40 * MINUTE;
  await act('flood.handler', id, { action: 'arrive', acted: held(38) });
  const order = await act('flood.handler', id, { action: 'dispose', acted: held(20) });
  expect(order.entries.slice(-3).map(({ kind, at, actedAt }) => [kind, at - NIGHT, actedAt])).toEqual([
    ['accept', 0, null],
    ['arrive', 40 * MINUTE, NIGHT + 2 * MINUTE],
    ['dispose', 40 * MINUTE, NIGHT + 20 * MINUTE],
  ]);
  expect(order.deadlines.find(({ kind }) => kind === 'on-site')?.metAt).toBe(NIGHT + 40 * MINUTE);
});

test('what was handed in as it was done has one moment, and a clock that runs ahead makes no future', async () => {
  const id = await opened();
  const accept = { action: 'accept', acted: { at: NIGHT + HOUR, sentAt: NIGHT + HOUR + 900 } } as const;
  const order = await act('flood.handler', id, accept);
  expect(order.entries.at(-1)?.actedAt).toBeNull();
});

test('a step done before what somebody did since is out of order, and one older than three days is refused', async () => {
  const id = await opened();
  await act('flood.handler', id, { action: 'accept' });
  room.now = NIGHT + HOUR;
  await act('flood.handler', id, { action: 'feed-back', note: '在路上' });
  room.now = NIGHT + 2 * HOUR;
  const late = await refusal(act('flood.handler', id, { action: 'arrive', acted: held(90) }));
  expect(late.code).toBe('work-order.acted-refused');
  expect(String(late.details['why'])).toContain('处置人员甲已在 11月20日 04:00 办过“反馈”');
  room.now = NIGHT + 80 * HOUR;
  const old = await refusal(act('flood.handler', id, { action: 'arrive', acted: held(73 * 60) }));
  expect(old.code).toBe('work-order.acted-refused');
  expect((await getWorkOrder(room.as('flood.handler'), id)).state).toBe('accepted');
});

test('reminders that rules wrote meanwhile do not stand in the way of what was done before them', async () => {
  const id = await opened();
  await act('flood.handler', id, { action: 'accept' });
  const { place, scenario } = await room.db.storage.system
    .selectFrom('work_order')
    .select(['place', 'scenario'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const rule = { work_order_id: id, place, scenario, by: null, kind: 'reminded', text: '催办', note: null };
  await room.db.storage.system
    .insertInto('work_order_entry')
    .values({ ...rule, at: new Date(NIGHT + 20 * MINUTE), location: null, idempotency_key: null })
    .execute();
  room.now = NIGHT + 30 * MINUTE;
  const order = await act('flood.handler', id, { action: 'arrive', acted: held(25) });
  expect(order.state).toBe('on-site');
});

test('a supplement with its picture is written once, also into an order that went to another or is closed, and changes nothing', async () => {
  const id = await opened();
  await act('flood.handler', id, { action: 'accept' });
  await act('flood.admin', id, { action: 'reject', reason: '改派' });
  await act('flood.admin', id, { action: 'dispatch', unit: '张江镇' });
  await act('flood.handler2', id, { action: 'accept' });
  room.now = NIGHT + HOUR;
  const mine = room.as('flood.handler');
  const refused = await refusal(attachPhoto(mine, id, { name: '现场照片', content: JPEG }));
  expect(refused.code).toBe('work-order.not-yours');
  const photo = await attachPhoto(mine, id, { name: '现场照片', content: JPEG, supplement: true });
  const supplement = {
    note: '04:10 已到场，水深 12 厘米，已设围挡',
    attachments: [photo.id],
    idempotencyKey: 'phone-one-key',
    acted: held(30),
  };
  const before = await getWorkOrder(mine, id);
  await supplementOrder(mine, id, supplement);
  const after = await supplementOrder(mine, id, supplement);
  const written = after.entries.filter(({ kind }) => kind === 'supplement');
  expect(written).toMatchObject([
    {
      text: '补充记录',
      by: '处置人员甲',
      note: '04:10 已到场，水深 12 厘米，已设围挡',
      actedAt: NIGHT + 30 * MINUTE,
      attachments: [{ id: photo.id }],
    },
  ]);
  expect({ ...after, entries: [] }).toEqual({ ...before, entries: [] });
  const merged = { action: 'merge', reason: '同一处', into: await opened() } as const;
  await act('flood.admin', id, merged);
  const closed = await supplementOrder(mine, id, { note: '再补一句', idempotencyKey: 'phone-two-key' });
  expect(closed.state).toBe('closed');
  expect(closed.entries.at(-1)).toMatchObject({ kind: 'supplement', note: '再补一句', actedAt: null });
});

test('who handles nothing there writes no supplement', async () => {
  const id = await opened();
  const asked = { note: '路过', idempotencyKey: 'phone-key-3' };
  expect((await refusal(supplementOrder(room.as('flood.head'), id, asked))).code).toBe('access.denied');
});

test('a note is written once, moves nothing, and names who wrote here before so that they hear of it', async () => {
  const id = await opened();
  await act('flood.handler', id, { action: 'accept' });
  const admin = room.as('flood.admin');
  const before = await getWorkOrder(admin, id);
  const asked = { note: '水位还在涨吗？', idempotencyKey: 'note-key-one' };
  await noteOrder(admin, id, asked);
  await noteOrder(admin, id, asked);
  const after = await noteOrder(room.as('flood.handler'), id, {
    note: '没再涨，两端已劝返',
    idempotencyKey: 'note-key-two',
  });
  const notes = after.entries.filter(({ kind }) => kind === 'note');
  expect(notes.map(({ by, note }) => [by, note])).toEqual([
    [admin.actor.name, '水位还在涨吗？'],
    [room.as('flood.handler').actor.name, '没再涨，两端已劝返'],
  ]);
  expect([after.state, after.version, after.deadlines]).toEqual([
    before.state,
    before.version,
    before.deadlines,
  ]);
  const { rows } = await sql<{ author: number; hearers: number[] }>`
    select (payload->>'author')::int as author, payload->'hearers' as hearers from outbox
    where type = 'work-order.noted' and (payload->>'id')::int = ${id} order by id`.execute(
    room.db.storage.system,
  );
  expect(rows).toEqual([
    { author: admin.actor.accountId, hearers: [] },
    { author: room.as('flood.handler').actor.accountId, hearers: [admin.actor.accountId] },
  ]);
});
