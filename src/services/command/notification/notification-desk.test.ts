// Channels as people keep them, what providers tell afterwards, and what everybody sees of their own.
import { notificationRoutes } from '#contract/command';
import { signReceipt } from '#outlets/phone';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { createChannel, listChannels, removeChannel, updateChannel } from './change-channels.ts';
import { listTemplates, putTemplate, resetTemplate } from './edit-templates.ts';
import { listNotifications, listOrderNotifications } from './list-notifications.ts';
import { listMyNotifications, readMyNotifications } from './my-notifications.ts';
import { getNotificationPreference, putNotificationPreference } from './notification-preference.ts';
import { noteRefusedReceipts } from './note-refused-receipts.ts';
import { takeEarlyReceipts, takeReceipts } from './take-receipts.ts';
import { testChannel, testMyNotification } from './test-channel.ts';
import { Post } from './testing.ts';

const SMS = {
  kind: 'sms',
  url: 'https://sms.example/send',
  secret: 'topsecret',
  receiptSecret: '0123456789abcdef0123',
} as const;
const MINUTE = 60_000;
const page = { limit: 50, by: 'in-app' } as const;
const preference = notificationRoutes.putNotificationPreference.body;
let post: Post;
beforeEach(async () => {
  post = await Post.open();
});
afterEach(() => post.close());

const create = async (who: string, given: object = {}) =>
  createChannel(await post.house.as(who), {
    body: notificationRoutes.createChannel.body.parse({
      platform: 'PD',
      name: '短信',
      settings: SMS,
      ...given,
    }),
  });
const update = async (who: string, id: number, given: object) =>
  updateChannel(await post.house.as(who), {
    params: { id },
    body: notificationRoutes.updateChannel.body.parse({
      name: '短信',
      addressBy: 'username',
      ratePerMinute: 60,
      dryRun: false,
      enabled: true,
      version: 1,
      ...given,
    }),
  });

test('a new channel is dry, its secrets are never told again, and only who may keeps it', async () => {
  const made = await create('district');
  expect(made).toMatchObject({
    condition: 'dry-run',
    dryRun: true,
    secrets: ['headers', 'secret', 'receiptSecret'],
  });
  expect(JSON.stringify(made)).not.toContain('topsecret');
  for (const who of ['flood.handler', 'security', 'cityops'])
    await expect(create(who)).rejects.toMatchObject({ code: 'access.denied' });
  // An office keeps its own channels, and sees no others.
  await expect(create('flood.admin', { name: '别处' })).rejects.toMatchObject({ code: 'access.denied' });
  await create('flood.admin', { platform: 'FLOOD', name: '防汛短信' });
  const seen = async (who: string) =>
    (await listChannels(await post.house.as(who), { query: page })).items.map(({ name }) => name);
  expect(await seen('flood.admin')).toEqual(['防汛短信']);
  expect(await seen('gas.admin')).toEqual([]);
  expect(await seen('admin')).toEqual(['短信', '防汛短信']);
});

test('a channel is changed with its secrets kept, taken in earnest by a person, audited, and removed', async () => {
  const { id } = await create('district');
  const live = await update('district', id, { settings: { url: 'https://sms.example/v2', secret: '' } });
  expect(live).toMatchObject({
    condition: 'unproven',
    dryRun: false,
    version: 2,
    settings: { url: 'https://sms.example/v2' },
  });
  await expect(update('district', id, {})).rejects.toMatchObject({ code: 'record.changed' });
  await expect(update('district', id, { version: 2, settings: { url: 'ftp://x' } })).rejects.toMatchObject({
    code: 'input.invalid',
  });
  await expect(update('flood.admin', id, { version: 2 })).rejects.toMatchObject({ code: 'record.not-found' });
  await removeChannel(await post.house.as('district'), { params: { id } });
  const { rows } = await sql<{ action: string; after: object | null }>`
    select action, after from audit where subject = ${`channel/${id}`} order by id`.execute(post.db);
  expect(rows.map(({ action }) => action)).toEqual(['channel.create', 'channel.update', 'channel.remove']);
  expect(rows[1]?.after).toMatchObject({ dryRun: false });
  expect(JSON.stringify(rows)).not.toContain('topsecret');
});

test('a test goes to whoever asks, as any other message, and shows in the log', async () => {
  const id = await post.channel('wecom');
  const { notification } = await testChannel(await post.house.as('district'), { params: { id } });
  await post.deliver();
  expect(post.carried).toMatchObject([{ message: { to: 'district', title: '通道测试' } }]);
  const log = await listNotifications(await post.house.as('district'), { query: page });
  expect(log.items).toMatchObject([{ id: notification, state: 'sent', kind: 'wecom', channel: 'wecom' }]);
});

test('the log shows what lies in one’s reach; an order shows its messages, gathered ones among them', async () => {
  await post.channel('wecom');
  const orders = await post.orders(5);
  await post.tell('work-order.raised', orders, { level: 'yellow' });
  const log = async (who: string, query: object = {}) =>
    (await listNotifications(await post.house.as(who), { query: { ...page, ...query } })).items.length;
  expect(await log('flood.admin')).toBe(8);
  expect(await log('flood.admin', { kind: 'wecom' })).toBe(4);
  expect(await log('flood.admin', { state: 'sent' })).toBe(0);
  expect(await log('gas.admin')).toBe(0);
  const of = async (id: number) =>
    (await listOrderNotifications(await post.house.as('flood.handler'), { params: { id }, query: page }))
      .items;
  expect(await of(orders[0] ?? 0)).toMatchObject([
    { kind: 'wecom', person: expect.any(String) as string, gathered: null },
    { kind: 'in-app', stateText: '已送达' },
  ]);
  expect(
    (await of(orders[4] ?? 0)).map(({ gathered, text }) => [gathered, text.includes('另有 1 件')]),
  ).toEqual([
    [2, true],
    [2, true],
  ]);
  await expect(
    listOrderNotifications(await post.house.as('gas.handler'), {
      params: { id: orders[0] ?? 0 },
      query: page,
    }),
  ).rejects.toMatchObject({ code: 'record.not-found' });
});

test('a gathered message lies where what it names may be read: one town never reads the name of another’s', async () => {
  const here = await post.orders(4, { name: '张江下立交' });
  const there = await post.orders(4, { name: '川沙下立交', place: 103_010 });
  await post.tell('work-order.raised', [...there, ...here], { level: 'yellow' });
  const gathered = (await post.rows()).find((row) => row.gathered !== null);
  expect(gathered?.gathered).toHaveLength(5);
  expect(gathered?.text).toContain('川沙下立交');
  const { items: log } = await listNotifications(await post.house.as('town.zhangjiang'), { query: page });
  expect(JSON.stringify(log)).not.toContain('川沙');
  // Whoever sees an order among them sees that it was told, to whom and by what, and not what else is named.
  const last = here.at(-1) ?? 0;
  const of = async (who: string) =>
    (await listOrderNotifications(await post.house.as(who), { params: { id: last }, query: page })).items;
  const seen = await of('town.zhangjiang');
  expect(seen.map(({ gathered: n, text, link }) => [n, text, link])).toEqual([
    [5, '与其他地方的工单一起通知', null],
  ]);
  expect(JSON.stringify(seen)).not.toContain('川沙');
  expect((await of('flood.admin'))[0]?.text).toContain('川沙下立交');
  // Grown by a third place it lies with the district still; of one town alone it lies in that town.
  const grown = await post.orders(1, { name: '三林下立交', place: 104_010 });
  await post.tell('work-order.raised', grown, { level: 'yellow' });
  expect((await post.rows()).find(({ id }) => id === gathered?.id)).toMatchObject({ place: 1 });
});

test('what I am told is mine alone: I read it and it is read; my quiet hours and accounts are sealed', async () => {
  const [order = 0] = await post.orders(1);
  await post.tell('work-order.raised', [order]);
  const mine = async (who: string) => listMyNotifications(await post.house.as(who), { query: page });
  const { items, unread } = await mine('flood.handler');
  expect([unread, items.map(({ link }) => link)]).toEqual([1, [`/orders/${order}`]]);
  expect(await mine('flood.admin')).toMatchObject({ unread: 0, items: [] });
  const upTo = items[0]?.id ?? 0;
  expect(await readMyNotifications(await post.house.as('flood.admin'), { body: { upTo } })).toEqual({
    read: 0,
  });
  expect(await readMyNotifications(await post.house.as('flood.handler'), { body: { upTo } })).toEqual({
    read: 1,
  });
  expect(await mine('flood.handler')).toMatchObject({ unread: 0, items: [{ state: 'read' }] });

  const body = preference.parse({
    quiet: { from: '22:00', to: '07:00' },
    addresses: { wecom: 'ZhangSan', mail: 'zhang.san@example.cn' },
    password: 'mine',
  });
  const proved: string[] = [];
  const prove = (password: string): Promise<void> => Promise.resolve(void proved.push(password));
  const saved = await putNotificationPreference(await post.house.as('flood.handler'), { body }, prove);
  expect(proved).toEqual(['mine']);
  const own = ({ ways }: typeof saved) =>
    ways.flatMap(({ kind, source, address }) => (source === 'told' ? [[kind, address]] : []));
  expect(own(saved)).toEqual([
    ['wecom', 'Z***n'],
    ['mail', 'z***n@example.cn'],
  ]);
  await putNotificationPreference(
    await post.house.as('flood.handler'),
    { body: preference.parse({ quiet: null, addresses: { mail: '' }, password: 'mine' }) },
    prove,
  );
  const now = await getNotificationPreference(await post.house.as('flood.handler'));
  expect([now.quiet, own(now)]).toEqual([null, [['wecom', 'Z***n']]]);
  const row = await post.db.selectFrom('notification_preference').selectAll().executeTakeFirstOrThrow();
  expect(JSON.stringify(row)).not.toContain('ZhangSan');
  await post.channel('wecom');
  await post.tell('work-order.raised', await post.orders(1));
  await post.deliver();
  expect(post.carried).toMatchObject([{ message: { to: 'ZhangSan' } }]);
});

test('the district puts other words in a template; a field that there is not is refused; the built-in ones come back', async () => {
  const params = { cause: 'work-order.opened', level: 'red' } as const;
  const body = { title: '【红色】{object}', text: '{object}{item}，速去{more}' };
  await expect(putTemplate(await post.house.as('flood.admin'), { params, body })).rejects.toMatchObject({
    code: 'access.denied',
  });
  await expect(
    putTemplate(await post.house.as('district'), { params, body: { ...body, text: '{phone}' } }),
  ).rejects.toMatchObject({ code: 'input.invalid' });
  expect(await putTemplate(await post.house.as('district'), { params, body })).toMatchObject({
    level: 'red',
    builtIn: false,
  });
  await post.tell('work-order.raised', await post.orders(1, { level: 'red' }), { level: 'red' });
  expect((await post.rows())[0]).toMatchObject({ title: '【红色】龙阳路下立交' });
  const listed = await listTemplates(await post.house.as('flood.admin'));
  expect(listed.mayEdit).toBe(false);
  expect(
    listed.items.filter(({ cause }) => cause === params.cause).map(({ level, builtIn }) => [level, builtIn]),
  ).toEqual([
    [null, true],
    ['red', false],
  ]);
  expect(await resetTemplate(await post.house.as('district'), { params })).toEqual({ removed: true });
});

test('a signed receipt is taken, one that says less changes nothing, one that is not signed is refused; “1” accepts the order', async () => {
  const { id } = await create('district');
  await update('district', id, {});
  await post.givePhone('flood.handler', '13800138000');
  const [order = 0] = await post.orders(1);
  await post.tell('work-order.raised', [order]);
  const [sms] = await post.rows({ kind: 'sms' });
  await sql`update notification set state = 'sent', provider_id = 'P1', next_at = null where id = ${sms?.id}`.execute(
    post.db,
  );

  const accepted: unknown[] = [];
  const answers = {
    accept: (account: number, of: number) => {
      accepted.push([account, of]);
      return Promise.resolve('已接单');
    },
  };
  const receive = (body: object, secret: string = SMS.receiptSecret) => {
    const text = JSON.stringify(body);
    const at = String(Math.floor(post.house.now / 1000));
    const headers = { 'x-puan-timestamp': at, 'x-puan-signature': signReceipt(secret, at, text) };
    return takeReceipts(post.house.system, answers, {
      channel: id,
      mailroom: post.mailroom,
      request: { method: 'POST', query: {}, headers, body: text },
    });
  };
  const now = async () => (await post.rows({ kind: 'sms' }))[0];
  await expect(receive({ id: 'P1', state: 'delivered' }, 'another-secret-000000')).rejects.toMatchObject({
    code: 'token.invalid',
  });
  await receive({ id: 'P1', state: 'read' });
  await receive({ id: 'P1', state: 'delivered' });
  expect(await now()).toMatchObject({ state: 'read' });
  await receive({ id: 'unknown', state: 'delivered' });
  // A reply does not name its message: it is to the newest that asked this number.
  await receive({ from: '13800138000', state: 'answered', text: '１' });
  expect(accepted).toEqual([[await post.account('flood.handler'), order]]);
  expect(await now()).toMatchObject({
    state: 'answered',
    answer: '１（已接单）',
    answered_at: post.house.now,
  });
});

test('a receipt that comes before its message is written down as sent is not lost, and one of nobody’s message is forgotten', async () => {
  const { id } = await create('district');
  await update('district', id, {});
  await post.givePhone('flood.handler', '13800138000');
  const [order = 0] = await post.orders(1);
  await post.tell('work-order.raised', [order]);
  const accepted: number[] = [];
  const answers = {
    accept: (_: number, of: number) => {
      accepted.push(of);
      return Promise.resolve('已接单');
    },
  };
  const receive = (body: object) => {
    const text = JSON.stringify(body);
    const at = String(Math.floor(post.house.now / 1000));
    const headers = {
      'x-puan-timestamp': at,
      'x-puan-signature': signReceipt(SMS.receiptSecret, at, text),
    };
    return takeReceipts(post.house.system, answers, {
      channel: id,
      mailroom: post.mailroom,
      request: { method: 'POST', query: {}, headers, body: text },
    });
  };
  await receive({ id: 'P9', state: 'delivered' });
  await receive({ id: 'P9', state: 'answered', text: '1' });
  await receive({ id: 'nobody', state: 'delivered' });
  expect(await takeEarlyReceipts(post.house.system, answers)).toBe(0);
  await sql`update notification set state = 'sent', provider_id = 'P9', next_at = null where kind = 'sms'`.execute(
    post.db,
  );
  await takeEarlyReceipts(post.house.system, answers);
  await takeEarlyReceipts(post.house.system, answers);
  expect(accepted).toEqual([order]);
  expect((await post.rows({ kind: 'sms' }))[0]).toMatchObject({ state: 'answered', answer: '1（已接单）' });
  const left = async () =>
    (await sql<{ n: number }>`select count(*)::int as n from early_receipt`.execute(post.db)).rows[0]?.n;
  expect(await left()).toBe(1);
  post.house.now += 11 * MINUTE;
  await takeEarlyReceipts(post.house.system, answers);
  expect(await left()).toBe(0);
});

test('a reply that is told twice accepts one order, a second reply the next; wrong signatures are counted', async () => {
  const { id } = await create('district');
  await update('district', id, {});
  await post.givePhone('flood.handler', '13800138000');
  const [older = 0, newer = 0] = await post.orders(2);
  for (const order of [older, newer]) {
    await post.tell('work-order.raised', [order]);
    await sql`update notification set state = 'sent', next_at = null where kind = 'sms' and state = 'queued'`.execute(
      post.db,
    );
  }
  const accepted: number[] = [];
  const answers = {
    accept: (_: number, of: number) => {
      accepted.push(of);
      return Promise.resolve('已接单');
    },
  };
  const receive = (body: object, secret: string = SMS.receiptSecret) => {
    const text = JSON.stringify(body);
    const at = String(Math.floor(post.house.now / 1000));
    const headers = { 'x-puan-timestamp': at, 'x-puan-signature': signReceipt(secret, at, text) };
    return takeReceipts(post.house.system, answers, {
      channel: id,
      mailroom: post.mailroom,
      request: { method: 'POST', query: {}, headers, body: text },
    });
  };
  const reply = { from: '13800138000', state: 'answered', text: '1', at: post.house.now - 5000 };
  await receive(reply);
  await receive(reply);
  expect(new Set(accepted)).toEqual(new Set([newer]));
  await receive({ ...reply, at: post.house.now - 1000 });
  expect(accepted.at(-1)).toBe(older);
  await expect(receive(reply, 'another-secret-000000')).rejects.toMatchObject({ code: 'token.invalid' });
  await noteRefusedReceipts(post.house.system, post.mailroom);
  const { items } = await listChannels(await post.house.as('district'), { query: page });
  expect(items).toMatchObject([{ refusedReceipts: 1, refusedReceiptAt: post.house.now }]);
});

test('by a way that I do not want nothing comes that is not red; a test of my own comes by the way I ask', async () => {
  await post.channel('wecom');
  await post.channel('dingtalk');
  const body = preference.parse({ quiet: null, muted: ['wecom'] });
  const never = () => Promise.reject(new Error('no address was changed'));
  await putNotificationPreference(await post.house.as('flood.handler'), { body }, never);
  await post.tell('work-order.raised', await post.orders(1));
  await post.tell('work-order.raised', await post.orders(1, { level: 'red' }), { level: 'red' });
  await post.deliver();
  expect(post.carried.map(({ channel }) => channel).toSorted()).toEqual(['dingtalk', 'wecom']);
  const all = preference.parse({
    quiet: null,
    muted: ['wecom', 'dingtalk', 'sms', 'voice', 'mail', 'web-push'],
  });
  await expect(
    putNotificationPreference(await post.house.as('flood.handler'), { body: all }, never),
  ).rejects.toMatchObject({ code: 'input.invalid' });

  const mine = await post.house.as('flood.handler');
  const { ways } = await getNotificationPreference(mine);
  expect(ways.map(({ kind, channel, muted, source }) => [kind, channel, muted, source])).toEqual([
    ['wecom', 'well', true, 'account'],
    ['dingtalk', 'well', false, 'account'],
    ['sms', 'none', false, 'none'],
    ['voice', 'none', false, 'none'],
    ['mail', 'none', false, 'none'],
    ['web-push', 'none', false, 'none'],
  ]);
  const test = async () =>
    testMyNotification(await post.house.as('flood.handler'), { body: { kind: 'wecom' } });
  const { notification } = await test();
  expect(await test()).toEqual({ notification });
  await post.deliver();
  const { items } = await listMyNotifications(await post.house.as('flood.handler'), {
    query: { ...page, by: 'channels' },
  });
  expect(items[0]).toMatchObject({ id: notification, kind: 'wecom', state: 'sent', title: '通道测试' });
  await expect(
    testMyNotification(await post.house.as('flood.handler'), { body: { kind: 'mail' } }),
  ).rejects.toMatchObject({ code: 'record.not-found' });
});

test('a message that its provider could not deliver goes on by the next channel', async () => {
  const { id } = await create('district');
  await update('district', id, {});
  await post.channel('voice');
  await post.givePhone('flood.handler', '13800138000');
  await post.tell('work-order.raised', await post.orders(1));
  await sql`update notification set state = 'sent', provider_id = 'P1', next_at = null where kind = 'sms'`.execute(
    post.db,
  );
  const text = JSON.stringify({ id: 'P1', state: 'failed', text: '关机' });
  const at = String(Math.floor(post.house.now / 1000));
  await takeReceipts(
    post.house.system,
    { accept: () => Promise.resolve('') },
    {
      channel: id,
      mailroom: post.mailroom,
      request: {
        method: 'POST',
        query: {},
        headers: { 'x-puan-timestamp': at, 'x-puan-signature': signReceipt(SMS.receiptSecret, at, text) },
        body: text,
      },
    },
  );
  expect((await post.rows()).map(({ kind, state, reason }) => [kind, state, reason])).toEqual([
    ['in-app', 'delivered', null],
    ['sms', 'failed', '服务商回执：关机，改由语音外呼'],
    ['voice', 'queued', null],
  ]);
});
