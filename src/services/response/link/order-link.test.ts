// Hands without an account: one order, one browser, until a moment; what they do is told, and moves nothing.
import { AppError } from '#base';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { advanceWorkOrder } from '../advance-work-order.ts';
import { getWorkOrder } from '../get-work-order.ts';
import { openWorkOrders } from '../open-work-orders.ts';
import { type DutyRoom, dutyRoom, HOUR, MINUTE, NIGHT, type PEOPLE, testPhoto } from '../testing.ts';
import { HandDesk, type Visitor } from './hand-desk.ts';
import { endOrderLink, issueOrderLink, listOrderLinks } from './order-links.ts';

let room: DutyRoom;
let desk: HandDesk;
let photo: Buffer;
beforeAll(async () => {
  room = await dutyRoom();
  photo = await testPhoto([1, 2, 3]);
});
beforeEach(() => {
  room.now = NIGHT;
  desk = new HandDesk(room.system);
});
afterAll(() => room.db.drop());

const PHONE: Visitor = { browser: undefined, address: '198.51.100.7' };

async function accepted(): Promise<number> {
  const level = 'yellow';
  const warning = await room.warning(level);
  await room.system.transaction((tx) =>
    openWorkOrders(tx, room.now, [{ change: 'raised', warning, level, at: room.now }]),
  );
  const { id } = await room.db.storage.system
    .selectFrom('work_order')
    .select('id')
    .where('warning_id', '=', warning)
    .executeTakeFirstOrThrow();
  await advanceWorkOrder(room.as('flood.handler'), id, { action: 'accept' });
  return id;
}

async function issue(id: number, who: keyof typeof PEOPLE = 'flood.handler', hours = 24) {
  const body = { person: '张三', handUnit: '浦东水泵维保', callPhone: '021-58000000', hours };
  const { link, path } = await issueOrderLink(room.as(who), { params: { id }, body });
  return { link, token: path.replace('/l#', '') };
}

async function refusal(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof AppError) return error.code;
  throw new Error('expected a refusal', { cause: error });
}

let keys = 0;
const key = (): string => `act-key-${(keys += 1)}`;

test('a hand sees what it needs, arrives, feeds back with a picture, and is done; the accountable person and the state stay', async () => {
  const id = await accepted();
  const { token } = await issue(id);
  const { order, browser } = await desk.open(token, PHONE);
  expect(order).toMatchObject({
    person: '张三',
    accountable: '处置人员甲',
    callPhone: '021-58000000',
    object: { name: '下立交' },
    outcome: null,
  });
  expect(order.steps.length).toBeGreaterThan(0);
  const here = { ...PHONE, browser };
  await desk.act(order.id, { action: 'arrive', key: key(), location: { lat: 31.2, lon: 121.5 } }, here);
  const picture = await desk.photo(order.id, { content: photo, mediaType: 'image/jpeg' }, here);
  room.now += 20 * MINUTE;
  const told = { action: 'feed-back' as const, note: '二号泵跳闸，正在换', photos: [picture.id], key: key() };
  await desk.act(order.id, told, here);
  const again = await desk.act(order.id, told, here);
  expect(again.said.map(({ text, photos }) => [text, photos])).toEqual([
    ['打开工单', 0],
    ['到场', 0],
    ['现场反馈', 1],
  ]);
  const done = await desk.act(order.id, { action: 'done', key: key() }, here);
  expect(done.outcome).toBe('done');
  const seen = await getWorkOrder(room.as('flood.handler'), id);
  expect(seen).toMatchObject({ state: 'accepted', handler: { name: '处置人员甲' } });
  const lines = seen.entries.filter(({ kind }) => kind.startsWith('link-'));
  expect(lines.map(({ by, text }) => [by, text])).toEqual([
    ['处置人员甲', expect.stringContaining('给张三（浦东水泵维保）开一次性链接')],
    ['经一次性链接：张三（浦东水泵维保）', '打开工单'],
    ['经一次性链接：张三（浦东水泵维保）', '到场'],
    ['经一次性链接：张三（浦东水泵维保）', '现场反馈'],
    ['经一次性链接：张三（浦东水泵维保）', '报已完成，待责任人确认'],
  ]);
  expect(lines[3]?.attachments).toHaveLength(1);
  expect(await refusal(desk.act(order.id, { action: 'cannot', note: '不行', key: key() }, here))).toBe(
    'link.illegal-action',
  );
  const { items } = await listOrderLinks(room.as('flood.handler'), id);
  expect(items[0]).toMatchObject({ state: 'done', person: '张三' });
});

test('the first browser is the only one; its cookie alone opens nothing else', async () => {
  const { token } = await issue(await accepted());
  const { order, browser } = await desk.open(token, PHONE);
  expect(await refusal(desk.open(token, PHONE))).toBe('link.elsewhere');
  expect(await refusal(desk.open(token, { ...PHONE, browser: 'another-browser' }))).toBe('link.elsewhere');
  expect((await desk.open(token, { ...PHONE, browser })).order.id).toBe(order.id);
  const other = await issue(await accepted());
  const arrive = { action: 'arrive', key: key() } as const;
  expect(await refusal(desk.act(other.link.id, arrive, { ...PHONE, browser }))).toBe('link.refused');
  expect(await refusal(desk.act(order.id, arrive, PHONE))).toBe('link.refused');
  expect(await refusal(desk.photo(order.id, { content: photo, mediaType: 'image/jpeg' }, PHONE))).toBe(
    'link.refused',
  );
});

test('two browsers that open a link at once: one has it', async () => {
  const { token } = await issue(await accepted());
  const opened = await Promise.allSettled([desk.open(token, PHONE), desk.open(token, PHONE)]);
  expect(opened.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
});

test('neither token nor the number to call stands in the tables', async () => {
  const { token, link } = await issue(await accepted());
  const { rows } = await sql<{
    row: string;
  }>`select row_to_json(l)::text as row from order_link l where id = ${link.id}`.execute(
    room.db.storage.system,
  );
  expect(rows[0]?.row).not.toContain(token);
  expect(rows[0]?.row).not.toContain('58000000');
});

test('a link ends at its moment, by hand, and with its order, for good', async () => {
  const id = await accepted();
  const short = await issue(id, 'flood.handler', 1);
  const taken = await issue(id);
  const last = await issue(id);
  const { order, browser } = await desk.open(last.token, PHONE);
  room.now += HOUR;
  expect(await refusal(desk.open(short.token, PHONE))).toBe('link.ended');
  await endOrderLink(room.as('flood.admin'), taken.link.id);
  expect(await refusal(desk.open(taken.token, PHONE))).toBe('link.ended');
  const merged = { action: 'merge', reason: '同一处', into: await accepted() } as const;
  await advanceWorkOrder(room.as('flood.admin'), id, merged);
  const arrive = { action: 'arrive', key: key() } as const;
  expect(await refusal(desk.act(order.id, arrive, { ...PHONE, browser }))).toBe('link.ended');
  const { items, mayIssue } = await listOrderLinks(room.as('flood.handler'), id);
  expect(items.map(({ state }) => state)).toEqual(['ended', 'ended', 'ended']);
  expect(mayIssue).toBe(false);
});

test('whoever holds the order or dispatches there makes links; others see them at most', async () => {
  const id = await accepted();
  expect((await issue(id, 'flood.admin')).link.madeBy).toBe('防汛业务管理员');
  expect(await refusal(issue(id, 'flood.handler2'))).toBe('work-order.not-yours');
  expect(await refusal(issue(id, 'gas.admin'))).toBe('record.not-found');
  expect(await refusal(listOrderLinks(room.as('gas.admin'), id))).toBe('record.not-found');
  const { link } = await issue(id);
  expect(await refusal(endOrderLink(room.as('flood.handler2'), link.id))).toBe('work-order.not-yours');
});

test('pictures of others are not a hand’s to hand in, and what is no picture is refused', async () => {
  const id = await accepted();
  const [one, two] = [await issue(id), await issue(id)];
  const first = await desk.open(one.token, PHONE);
  const other = await issueOrderLink(room.as('flood.handler'), {
    params: { id },
    body: { person: '李四', handUnit: '电力', hours: 2 },
  });
  const second = await desk.open(other.path.replace('/l#', ''), PHONE);
  const mine = await desk.photo(
    first.order.id,
    { content: photo, mediaType: 'image/jpeg' },
    { ...PHONE, browser: first.browser },
  );
  const act = { action: 'feed-back' as const, note: '看过', photos: [mine.id], key: key() };
  expect(await refusal(desk.act(second.order.id, act, { ...PHONE, browser: second.browser }))).toBe(
    'input.invalid',
  );
  const script = { content: Buffer.from('<svg onload="x"/>'), mediaType: 'image/png' };
  expect(await refusal(desk.photo(first.order.id, script, { ...PHONE, browser: first.browser }))).toBe(
    'attachment.unsupported',
  );
  expect(two.link.state).toBe('waiting');
});

test('who tries links that there are not is kept out for a while, alone', async () => {
  const { token } = await issue(await accepted());
  const wrong = 'A'.repeat(43);
  for (let i = 0; i < 10; i++) expect(await refusal(desk.open(wrong, PHONE))).toBe('link.refused');
  expect(await refusal(desk.open(token, PHONE))).toBe('link.locked');
  expect((await desk.open(token, { ...PHONE, address: '198.51.100.8' })).order.person).toBe('张三');
  room.now += 10 * MINUTE;
  expect(await refusal(desk.open(wrong, PHONE))).toBe('link.refused');
});
