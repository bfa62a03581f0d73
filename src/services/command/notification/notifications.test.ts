// Who is told of an order, by which channel, and what becomes of it: against a real database and a real receiver.
import { FaultWatch } from '#services/operations';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { expireNotifications, forgetNotifications } from './forget-notifications.ts';
import { openChannel } from './open-channel.ts';
import { listMyNotifications } from './my-notifications.ts';
import { HERE, Post } from './testing.ts';

const SECOND = 1000;
const MINUTE = 60_000;
const DAY = 86_400_000;

let post: Post;
beforeEach(async () => {
  post = await Post.open();
});
afterEach(() => post.close());

const states = async (order?: number) =>
  (await post.rows(order === undefined ? {} : { order })).map(({ kind, state }) => [kind, state]);

test('a new order is told to the people of its unit on the page and by the app, with a link, once', async () => {
  await post.channel('wecom');
  const [order = 0] = await post.orders(1);
  await post.tell('work-order.raised', [order], { level: 'yellow' });
  expect(await states(order)).toEqual([
    ['in-app', 'delivered'],
    ['wecom', 'queued'],
  ]);
  await post.deliver();
  await post.deliver();
  expect(post.carried).toMatchObject([
    {
      channel: 'wecom',
      message: {
        to: 'flood.handler',
        title: '黄色工单 龙阳路下立交',
        link: `https://puan.example/orders/${order}`,
        asksAnswer: true,
      },
    },
  ]);
  expect(await post.rows({ kind: 'wecom' })).toMatchObject([
    {
      state: 'sent',
      attempts: 1,
      provider_id: `p-puan-${(await post.rows({ kind: 'wecom' }))[0]?.id}`,
      sent_at: post.house.now,
    },
  ]);
  const { rows } = await sql<{
    payload: object;
  }>`select payload from outbox where type = 'notification.sent'`.execute(post.db);
  expect(rows).toMatchObject([{ payload: { account: await post.account('flood.handler') } }]);
});

test('a channel that refuses goes on by the next one, which shows; red does not wait for long', async () => {
  await post.channel('wecom');
  await post.channel('dingtalk');
  post.answers.set('wecom', 500);
  const [order = 0] = await post.orders(1, { level: 'red' });
  await post.tell('work-order.raised', [order], { level: 'red' });
  await post.deliver();
  expect(post.carried).toEqual([]);
  post.house.now += 6 * SECOND;
  await post.deliver();
  const [, wecom, dingtalk] = await post.rows({ order });
  expect(wecom).toMatchObject({
    kind: 'wecom',
    state: 'failed',
    attempts: 2,
    reason: '对方拒绝（500），改由钉钉工作通知',
  });
  expect(dingtalk).toMatchObject({ kind: 'dingtalk', state: 'sent', after_id: wecom?.id });
  expect(post.carried).toMatchObject([{ channel: 'dingtalk', message: { to: 'flood.handler' } }]);
});

test('one that refuses five times is down: what waits goes another way at once, it is probed, and is well when it takes one', async () => {
  const id = await post.channel('wecom');
  post.answers.set('wecom', 400);
  const channel = () =>
    post.db.selectFrom('channel').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  for (let n = 0; n < 5; n += 1) {
    post.house.now += 2 * MINUTE;
    await post.tell('work-order.raised', await post.orders(1));
    await post.deliver();
  }
  expect(await channel()).toMatchObject({
    down_since: post.house.now,
    failures: 5,
    last_failure: '对方拒绝（400）',
  });
  const faults = new FaultWatch(post.house.system);
  const faultStates = async () => {
    await faults.look({ findings: [], listeningSince: post.house.now });
    const rows = await post.db
      .selectFrom('fault')
      .select(['subject', 'state'])
      .where('kind', '=', 'channel-down')
      .execute();
    return rows.map(({ subject, state }) => [subject, state]);
  };
  expect(await faultStates()).toEqual([[`channel/${id}`, 'open']]);

  // Nothing stands in: it waits. Something does: it goes there without being tried.
  post.house.now += 10 * SECOND;
  const [waiting = 0] = await post.orders(1);
  await post.tell('work-order.raised', [waiting]);
  await post.deliver();
  expect((await post.rows({ order: waiting }))[1]).toMatchObject({
    state: 'queued',
    attempts: 0,
    reason: '通道中断或停用，等它恢复',
  });
  await post.channel('dingtalk');
  post.house.now += 31 * SECOND;
  await post.deliver();
  expect((await states(waiting)).slice(1)).toEqual([
    ['wecom', 'failed'],
    ['dingtalk', 'sent'],
  ]);

  // While it is down new ones do not go there; a probe that is taken makes it well.
  const [beside = 0] = await post.orders(1);
  await post.tell('work-order.raised', [beside]);
  expect((await states(beside))[1]).toEqual(['dingtalk', 'queued']);
  await sql`update channel set enabled = false where kind = 'dingtalk'`.execute(post.db);
  post.answers.delete('wecom');
  post.house.now += 2 * MINUTE;
  const [probe = 0] = await post.orders(1);
  await post.tell('work-order.raised', [probe]);
  await post.deliver();
  expect((await states(probe))[1]).toEqual(['wecom', 'sent']);
  expect(await channel()).toMatchObject({ down_since: null, failures: 0, last_sent_at: post.house.now });
  expect(await faultStates()).toEqual([[`channel/${id}`, 'resolved']]);
});

test('what waits for a channel that is switched off or removed goes on by the next one', async () => {
  for (const change of [sql`enabled = false`, sql`removed_at = now()`]) {
    const id = await post.channel('wecom');
    const [order = 0] = await post.orders(1);
    await post.tell('work-order.raised', [order]);
    await sql`update channel set ${change} where id = ${id}`.execute(post.db);
    const next = await post.channel('dingtalk');
    await post.deliver();
    await post.deliver();
    expect((await states(order)).slice(1)).toEqual([
      ['wecom', 'failed'],
      ['dingtalk', 'sent'],
    ]);
    await sql`update channel set removed_at = now() where id = any(${[id, next]})`.execute(post.db);
  }
});

test('nobody is told of two hundred orders one by one: three, and one that says how many more there are', async () => {
  await post.channel('wecom');
  const orders = await post.orders(200);
  await post.tell('work-order.raised', orders.slice(0, 150), { level: 'yellow' });
  await post.tell('work-order.raised', orders.slice(150), { level: 'yellow' });
  const app = await post.rows({ kind: 'wecom' });
  expect(app.map(({ gathered }) => gathered?.length ?? null)).toEqual([null, null, null, 197]);
  await post.deliver();
  expect(post.carried).toHaveLength(3);
  post.house.now += MINUTE;
  await post.deliver();
  expect(post.carried.at(-1)?.message).toMatchObject({
    text: expect.stringContaining('，另有 196 件') as string,
    link: 'https://puan.example/orders',
  });
});

test('what is gathered says how many of it are taken meanwhile, and is not sent once all are', async () => {
  await post.channel('wecom');
  const orders = await post.orders(6);
  await post.tell('work-order.raised', orders, { level: 'yellow' });
  const gathered = (await post.rows({ kind: 'wecom' })).find((row) => row.gathered !== null)?.gathered ?? [];
  const take = (some: readonly number[]) =>
    sql`update work_order set state = 'accepted' where id = any(${[...some]}::bigint[])`.execute(post.db);
  await take(gathered.slice(0, 1));
  post.house.now += MINUTE;
  await post.deliver();
  expect(post.carried.at(-1)?.message.text).toContain('，另有 2 件（共 3 件，已接单 1 件）');
  await post.tell('work-order.raised', await post.orders(6), { level: 'yellow' });
  const later = (await post.rows({ kind: 'wecom' })).findLast((row) => row.gathered !== null);
  await take(later?.gathered ?? []);
  const before = post.carried.length;
  post.house.now += MINUTE;
  await post.deliver();
  expect(post.carried).toHaveLength(before + 3);
  expect((await post.rows({ kind: 'wecom' })).find(({ id }) => id === later?.id)).toMatchObject({
    state: 'withdrawn',
    reason: '工单已接单',
  });
});

test('of a message that stands for more than 500 orders it is told, too, how many are taken', async () => {
  await post.channel('wecom');
  await post.tell('work-order.raised', await post.orders(604), { level: 'yellow' });
  const gathered = (await post.rows({ kind: 'in-app' })).find((row) => row.gathered !== null)?.gathered ?? [];
  await sql`update work_order set state = 'accepted' where id = any(${gathered.slice(0, 100)}::bigint[])`.execute(
    post.db,
  );
  const { items } = await listMyNotifications(await post.house.as('flood.handler'), {
    query: { limit: 10, by: 'in-app' },
  });
  const [shown] = items.filter((one) => one.gathered !== null);
  expect(shown).toMatchObject({ gathered: 601 });
  expect(shown?.text).toContain('，另有 600 件（共 601 件，已接单 100 件）');
});

test('what is read within its minute grows all the same, and is unread again', async () => {
  const orders = await post.orders(6);
  await post.tell('work-order.raised', orders.slice(0, 4), { level: 'yellow' });
  await sql`update notification set state = 'read', read_at = now()`.execute(post.db);
  await post.tell('work-order.raised', orders.slice(4), { level: 'yellow' });
  const [gathered] = (await post.rows()).filter((row) => row.gathered !== null);
  expect(gathered).toMatchObject({ state: 'delivered', read_at: null });
  expect(gathered?.gathered).toHaveLength(3);
});

test('an order that is handed on calls the unit that shall take it, and the one who has it where nobody does', async () => {
  await post.channel('wecom');
  const [order = 0] = await post.orders(1);
  const handler = await post.account('flood.handler');
  await sql`update account set unit = '燃气抢险' where username = 'flood.admin'`.execute(post.db);
  await sql`update role_assignment set role = 'handler' where account_id = ${await post.account('flood.admin')}`.execute(
    post.db,
  );
  await sql`update work_order set state = 'transferred', stood_at = 'accepted', handler_id = ${handler}, handed_to = '燃气抢险' where id = ${order}`.execute(
    post.db,
  );
  await post.tell('work-order.advanced', [order], { action: 'transfer' });
  await post.deliver();
  expect(post.carried.map(({ message }) => message.to)).toEqual(['flood.admin']);
  await sql`update work_order set state = 'accepted', stood_at = null, handed_to = null where id = ${order}`.execute(
    post.db,
  );
  await post.tell('work-order.advanced', [order], { action: 'reject' });
  await post.deliver();
  expect(post.carried.slice(1).map(({ message }) => message.to)).toEqual(['flood.handler']);
});

test('an order that is opened again calls its unit, and nobody any more once somebody has taken it', async () => {
  await post.channel('wecom');
  const [order = 0] = await post.orders(1);
  await sql`update work_order set state = 'closed' where id = ${order}`.execute(post.db);
  await sql`update work_order set state = 'reopened' where id = ${order}`.execute(post.db);
  await post.tell('work-order.advanced', [order], { action: 'reopen', level: 'yellow' });
  expect((await post.rows({ kind: 'wecom' })).map(({ state }) => state)).toEqual(['queued']);
  await post.deliver();
  expect(post.carried).toMatchObject([{ message: { to: 'flood.handler', asksAnswer: true } }]);
  await post.tell('work-order.advanced', [order], { action: 'reopen', level: 'yellow' });
  await sql`update work_order set state = 'accepted' where id = ${order}`.execute(post.db);
  expect((await post.rows({ kind: 'wecom' })).map(({ state, reason }) => [state, reason])).toEqual([
    ['sent', null],
    ['withdrawn', '工单已接单'],
  ]);
});

test('what nobody would answer is not sent: the order was accepted meanwhile, or is done with', async () => {
  await post.channel('wecom');
  const [first = 0, second = 0] = await post.orders(2);
  await post.tell('work-order.raised', [first]);
  // Withdrawn with the step itself, before anybody is told of it.
  await sql`update work_order set state = 'accepted' where id = ${first}`.execute(post.db);
  expect((await post.rows({ kind: 'wecom' })).map(({ state }) => state)).toEqual(['withdrawn']);
  // Told only now that it stands as accepted already.
  await sql`update work_order set state = 'accepted' where id = ${second}`.execute(post.db);
  await post.tell('work-order.raised', [second]);
  await post.deliver();
  expect(post.carried).toEqual([]);
  expect((await post.rows({ kind: 'wecom' })).map(({ state, reason }) => [state, reason])).toEqual([
    ['withdrawn', '工单已接单'],
    ['withdrawn', '工单已接单'],
  ]);
});

test('reminders go to whom and by what the ladder says: SMS to the sealed number, a gap where nobody is', async () => {
  await post.channel('sms');
  await post.givePhone('flood.admin', '138 0013 8000');
  const [order = 0] = await post.orders(1);
  const to = [
    { kind: 'role', role: 'business-admin' },
    { kind: 'role', role: 'tech-owner' },
  ];
  await sql`delete from role_assignment where role = 'tech-owner'`.execute(post.db);
  await post.tell('work-order.reminded', [order], {
    to,
    channels: ['push', 'sms'],
    text: '接单时限已到，记超期',
  });
  await post.deliver();
  expect(post.carried).toMatchObject([
    {
      channel: 'sms',
      message: { to: '13800138000', text: expect.stringContaining('接单时限已到，记超期') as string },
    },
  ]);
  const gap = (await post.rows({ order })).find(({ state }) => state === 'unreachable');
  expect(gap).toMatchObject({ post: '技术保障单位责任人', person: '（无人）' });
  expect(JSON.stringify(await post.rows())).not.toContain('13800138000');
});

test('what is replayed or simulated never leaves the house, and a dry run says that nothing was sent', async () => {
  await post.channel('wecom');
  await sql`insert into replay_session (id, name, state, opened_at) overriding system value values (7, 'r', 'running', now())`.execute(
    post.db,
  );
  const [replayed = 0] = await post.orders(1, { session: 7 });
  const [simulated = 0] = await post.orders(1, { simulated: true });
  await post.tell('work-order.raised', [replayed, simulated]);
  await post.deliver();
  expect(post.carried).toEqual([]);
  expect(await states(replayed)).toEqual([
    ['in-app', 'withheld'],
    ['wecom', 'withheld'],
  ]);
  expect(await states(simulated)).toEqual([
    ['in-app', 'delivered'],
    ['wecom', 'withheld'],
  ]);
  await sql`update channel set dry_run = true`.execute(post.db);
  const [order = 0] = await post.orders(1);
  await post.tell('work-order.raised', [order]);
  await post.deliver();
  expect((await states(order))[1]).toEqual(['wecom', 'dry-run']);
  expect(post.carried).toEqual([]);
});

test('of a replay that nobody would be told of it says that it is not told, not that nobody was found', async () => {
  await sql`delete from role_assignment`.execute(post.db);
  const [simulated = 0] = await post.orders(1, { simulated: true });
  const [real = 0] = await post.orders(1);
  const payload = { to: [{ kind: 'role', role: 'tech-owner' }], channels: ['sms'], text: '接单时限已到' };
  await post.tell('work-order.reminded', [simulated, real], payload);
  const [quiet] = await post.rows({ order: simulated });
  expect(quiet).toMatchObject({ state: 'withheld', reason: '不外发（模拟）' });
  expect((await post.rows({ order: real }))[0]).toMatchObject({ state: 'unreachable' });
});

test('a drill is not told to other systems', async () => {
  await post.channel('wecom-robot');
  await post.channel('webhook');
  await sql`insert into replay_session (id, name, kind, state, opened_at) overriding system value
    values (9, 'd', 'drill', 'running', now())`.execute(post.db);
  const [drilled = 0] = await post.orders(1, { session: 9, simulated: true });
  await post.tell('work-order.raised', [drilled]);
  expect((await post.rows()).map(({ kind }) => kind).filter((kind) => kind !== 'in-app')).toEqual([
    'wecom-robot',
  ]);
});

test('a drill does leave the house, and every word of it begins with 演练', async () => {
  await post.channel('wecom');
  await sql`insert into replay_session (id, name, kind, state, opened_at) overriding system value
    values (8, 'd', 'drill', 'running', now())`.execute(post.db);
  const [order = 0] = await post.orders(1, { session: 8, simulated: true, name: '【演练】龙阳路下立交' });
  await post.tell('work-order.raised', [order]);
  await post.deliver();
  expect(await states(order)).toEqual([
    ['in-app', 'delivered'],
    ['wecom', 'sent'],
  ]);
  const rows = await post.rows({ order });
  expect(rows.map(({ title, text }) => [title.slice(0, 4), text.slice(0, 4)])).toEqual(
    rows.map(() => ['【演练】', '【演练】']),
  );
  // What the drill made up bears the mark in its name; it is said once.
  expect(rows.filter(({ title, text }) => `${title}\n${text}`.split('【演练】').length !== 3)).toEqual([]);
});

test('a channel sends no more in a minute than its rate, and waits as long as the provider asks', async () => {
  await post.channel('wecom', { rate: 2 });
  await post.tell('work-order.raised', await post.orders(3));
  await post.deliver();
  expect(post.carried).toHaveLength(2);
  post.house.now += MINUTE;
  post.answers.set('wecom', 429);
  await post.deliver();
  expect((await post.rows({ kind: 'wecom' })).map(({ state, attempts }) => [state, attempts])).toEqual([
    ['sent', 1],
    ['sent', 1],
    ['limited', 0],
  ]);
  post.answers.delete('wecom');
  post.house.now += MINUTE;
  await post.deliver();
  expect(post.carried).toHaveLength(3);
});

test('a message whose sender died is sent by the next process under the same number', async () => {
  await post.channel('wecom');
  await post.tell('work-order.raised', await post.orders(1));
  const [row] = await post.rows({ kind: 'wecom' });
  await sql`update notification set attempts = 1, next_at = ${new Date(post.house.now + MINUTE)} where id = ${row?.id}`.execute(
    post.db,
  );
  await post.deliver();
  expect(post.carried).toEqual([]);
  post.house.now += MINUTE;
  await post.deliver();
  expect(post.carried).toMatchObject([{ message: { id: `puan-${row?.id}` } }]);
});

test('by night a yellow order waits for the morning of who wants quiet; a red one does not', async () => {
  await post.channel('wecom');
  const account = await post.account('flood.handler');
  await post.db
    .insertInto('notification_preference')
    .values({ account_id: account, quiet_from: '08:00', quiet_to: '10:00', addresses_sealed: null })
    .execute();
  const [yellow = 0] = await post.orders(1);
  const [red = 0] = await post.orders(1, { level: 'red' });
  await post.tell('work-order.raised', [yellow], { level: 'yellow' });
  await post.tell('work-order.raised', [red], { level: 'red' });
  await post.deliver();
  expect(post.carried.map(({ message }) => message.title)).toEqual(['红色工单 龙阳路下立交']);
  post.house.now += 60 * MINUTE;
  await post.deliver();
  expect(post.carried).toHaveLength(2);
});

test('orange and red are told to the desk of the scenario and to its groups; others are not', async () => {
  await post.channel('wecom-robot', { platform: 'FLOOD', name: '防汛群' });
  await post.channel('wecom');
  const warning = async (rank: number): Promise<number> => {
    const { rows } = await sql<{ id: number }>`
      with o as (insert into monitored_object (code, name, scenarios, place, place_approximate, lat, lon)
        values ('W' || nextval('alarm_id'), '三林泵站', array[1::int2], ${HERE}, true, 31.2, 121.5) returning id)
      insert into warning (object_id, item_code, place, scenario, state, level, peak_level, reason, opened_at, changed_at, simulated)
      select id, 'FLOOD.I06', ${HERE}, 1, 'open', ${rank}::int2, ${rank}::int2, '水深', now(), now(), false from o returning id`.execute(
      post.db,
    );
    return rows[0]?.id ?? 0;
  };
  await post.tell('warning.raised', [await warning(2)], { level: 'yellow', text: '水深' });
  expect(await post.rows()).toEqual([]);
  await post.tell('warning.raised', [await warning(3)], { level: 'orange', text: '积水深度 0.31 m' });
  await post.deliver();
  const carried = post.carried.map(({ channel, message }) => `${channel}：${message.to}`);
  expect(carried.toSorted()).toEqual(['wecom：flood.admin', '防汛群：']);
  for (const { message } of post.carried) expect(message.text).toContain('积水深度 0.31 m');
});

test('a channel’s secrets are sealed in the table and open for the sender alone', async () => {
  const id = await post.channel('sms');
  const row = await post.db.selectFrom('channel').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  expect(JSON.stringify(row)).not.toContain('"k"');
  expect(openChannel(post.house.ground.vault, row)).toMatchObject({ kind: 'sms', secret: 'k' });
});

test('what could not be sent within a day expires, and after a year it is forgotten', async () => {
  await post.channel('wecom');
  post.answers.set('wecom', 429);
  await post.tell('work-order.raised', await post.orders(1));
  post.house.now += DAY;
  await expireNotifications(post.house.system);
  expect((await post.rows({ kind: 'wecom' })).map(({ state }) => state)).toEqual(['expired']);
  expect(await forgetNotifications(post.house.system)).toBe(0);
  post.house.now += 366 * DAY;
  expect(await forgetNotifications(post.house.system)).toBe(2);
});

test('what somebody gives back is told to who sends it out again: the office, and the town where it lies', async () => {
  const [order = 0] = await post.orders(1);
  await sql`update work_order set state = 'rejected' where id = ${order}`.execute(post.db);
  await post.tell('work-order.advanced', [order], { action: 'reject', level: 'yellow', by: '川和路居委会' });
  const told = await post.rows({ order });
  const { rows } = await sql<{
    username: string;
  }>`select distinct a.username from notification n join account a on a.id = n.account_id
    where n.work_order_id = ${order} order by 1`.execute(post.db);
  expect(rows.map(({ username }) => username)).toEqual(['flood.admin', 'town.zhangjiang']);
  expect(told.every(({ kind }) => kind === 'in-app')).toBe(true);
  expect(JSON.stringify(told)).toContain('川和路居委会退单');
});
