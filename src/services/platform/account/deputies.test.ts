import { deputyRoutes, reviewRoutes } from '#contract/platform';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { z } from 'zod';

import { openWorkOrders } from '../../response/open-work-orders.ts';
import { advanceWorkOrder } from '../../response/advance-work-order.ts';
import { ADDRESS, type House, MINUTE, openHouse } from '../testing.ts';
import { issueToken } from '../session/issue-token.ts';
import { decideRequest } from './decide-request.ts';
import { endDelegation } from './end-delegation.ts';
import { giveVerdict } from './give-verdict.ts';
import { listAccountRequests } from './list-requests.ts';
import { listDelegations } from './list-delegations.ts';
import { listReviewItems, listReviews } from './list-reviews.ts';
import { listTeams } from './list-teams.ts';
import { openDelegation } from './open-delegation.ts';
import { openReview } from './open-review.ts';
import { changeTeam, openTeam } from './save-team.ts';
import { RequestContext } from '#services/context';

let house: House;
beforeAll(async () => {
  house = await openHouse('standard');
});
afterAll(() => house.db.drop());
beforeEach(() => {
  house.now += MINUTE;
});

const DAY = 24 * 60 * MINUTE;
async function idOf(username: string): Promise<number> {
  const { id } = await house.db.storage.system
    .selectFrom('account')
    .select('id')
    .where('username', '=', username)
    .executeTakeFirstOrThrow();
  return id;
}
type TeamBody = z.input<typeof deputyRoutes.openTeam.body>;
const team = (more: Partial<TeamBody> = {}): z.output<typeof deputyRoutes.openTeam.body> =>
  deputyRoutes.openTeam.body.parse({
    code: 'flood-1',
    name: '防汛抢险一班',
    platform: 'FLOOD',
    members: [{ username: 'town.zhangjiang', leader: true }, { username: 'village.sample' }],
    roles: [{ role: 'handler', platform: 'FLOOD' }],
    ...more,
  });
const deputise = async (who: string, more: object) =>
  openDelegation(await house.as(who), {
    body: { deputy: '', from: house.now, to: house.now + DAY, reason: '出差', ...more },
  });
const refused = (words: string | RegExp) => ({
  code: 'delegation.refused',
  details: { reason: expect.stringMatching(words) },
});

test('members hold the team’s role together: the first to accept owns the order, the other is told by whom', async () => {
  const opened = await openTeam(await house.as('flood.admin'), { body: team() });
  expect(opened.members.map(({ username, leader }) => [username, leader])).toEqual([
    ['town.zhangjiang', true],
    ['village.sample', false],
  ]);
  const { rows } = await sql<{ id: number }>`
    with object as (
      insert into monitored_object (code, name, scenarios, place, place_approximate, lat, lon)
      values ('UNDERPASS', '下立交', '{1}', 103000, false, 31.2, 121.6) returning id
    )
    insert into warning (object_id, item_code, place, scenario, state, level, peak_level, reason, opened_at, changed_at,
      simulated)
    select id, 'FLOOD.I06', 103000, 1, 'open', 4, 4, '积水深度超限', ${new Date(house.now)}, ${new Date(house.now)},
      false
    from object returning id`.execute(house.db.storage.system);
  await house.system.transaction((tx) =>
    openWorkOrders(tx, house.now, [
      { change: 'raised', warning: rows[0]?.id ?? 0, level: 'red', at: house.now },
    ]),
  );
  const order = await house.db.storage.system.selectFrom('work_order').select('id').executeTakeFirstOrThrow();
  const accept = async (who: string) => advanceWorkOrder(await house.as(who), order.id, { action: 'accept' });
  expect(await accept('village.sample')).toMatchObject({
    state: 'accepted',
    handler: { name: '张江镇 居村处置' },
  });
  await expect(accept('town.zhangjiang')).rejects.toMatchObject({
    code: expect.stringMatching(/work-order\.(?:not-yours|illegal-action)/u),
  });
  await expect(
    advanceWorkOrder(await house.as('town.zhangjiang'), order.id, { action: 'feed-back', note: '已出发' }),
  ).rejects.toMatchObject({ code: 'work-order.not-yours', details: { holder: '张江镇 居村处置' } });

  const left = await changeTeam(await house.as('flood.admin'), {
    params: { id: opened.id },
    body: deputyRoutes.changeTeam.body.parse({
      name: '防汛抢险一班',
      members: [{ username: 'village.sample' }],
      roles: [{ role: 'handler', platform: 'FLOOD' }],
    }),
  });
  expect(left.members).toHaveLength(1);
  await expect(accept('town.zhangjiang')).rejects.toMatchObject({ code: 'record.not-found' });
});

test('a team holds field roles of its own scope, open accounts, one leader, and no separated administrator', async () => {
  const open = async (who: string, more: Partial<TeamBody>) =>
    openTeam(await house.as(who), { body: team({ code: 'x-1', ...more }) });
  const faulty = (words: RegExp) => ({
    code: 'team.faulty',
    details: { faults: expect.stringMatching(words) },
  });
  await expect(open('flood.admin', { roles: [{ role: 'handler', platform: 'GAS' }] })).rejects.toMatchObject(
    faulty(/管辖范围/u),
  );
  await expect(open('flood.admin', { members: [{ username: 'nobody.there' }] })).rejects.toMatchObject(
    faulty(/nobody\.there/u),
  );
  await expect(
    open('flood.admin', {
      members: [
        { username: 'flood.handler', leader: true },
        { username: 'gas.handler', leader: true },
      ],
    }),
  ).rejects.toMatchObject(faulty(/组长只能有一位/u));
  await expect(open('flood.admin', { members: [{ username: 'auditor' }] })).rejects.toMatchObject({
    code: 'account.request-faulty',
  });
  await expect(open('gas.admin', {})).rejects.toMatchObject({ code: 'access.denied' });
  await expect(open('flood.head', {})).rejects.toMatchObject({ code: 'access.denied' });
  for (const role of ['business-admin', 'system-admin', 'gateway']) {
    const body = { ...team(), roles: [{ role, platform: 'FLOOD' }] };
    expect(deputyRoutes.openTeam.body.safeParse(body).success).toBe(false);
  }
  // Nothing of the refused ones stayed.
  const { items } = await listTeams(await house.as('flood.admin'), { query: { limit: 50 } });
  expect(items.map(({ code }) => code)).toEqual(['flood-1']);
  expect((await listTeams(await house.as('gas.admin'), { query: { limit: 50 } })).items).toEqual([]);
});

test('a deputy’s rights begin and end at the minute, are not passed on, and what he does bears the trace', async () => {
  const from = house.now + 10 * MINUTE;
  await deputise('flood.head', { deputy: 'fire.admin', from, to: from + 60 * MINUTE });
  const may = async () => (await house.as('fire.admin')).actor.rights.has('account.approve');
  house.now = from - 1;
  expect(await may()).toBe(false);
  house.now = from;
  expect(await may()).toBe(true);
  expect(
    (await house.as('fire.admin')).actor.rights.grants.map(({ actingFor }) => actingFor?.username),
  ).toContain('flood.head');
  await deputise('fire.admin', { deputy: 'met.admin' });
  expect((await house.as('met.admin')).actor.rights.has('account.approve')).toBe(false);

  const { requestAccount } = await import('./request-account.ts');
  const request = await requestAccount(await house.as('flood.admin'), {
    body: {
      action: 'close',
      account: await idOf('flood.leader'),
      left: false,
      reason: '岗位撤销了',
    },
  });
  await decideRequest(await house.as('fire.admin'), { id: request.id }, { verdict: 'approved', note: '' });
  const { rows } = await sql<{ actor: string; acting_for: string }>`
    select actor, acting_for from audit where subject = 'account/flood.leader' and action = 'account.close'`.execute(
    house.db.storage.system,
  );
  expect(rows).toEqual([{ actor: 'fire.admin', acting_for: 'flood.head' }]);
  house.now = from + 60 * MINUTE;
  expect(await may()).toBe(false);
});

test('ended before its time by either of the two, and by nobody outside', async () => {
  const { id } = await deputise('lift.head', { deputy: 'lift.admin' });
  for (const who of ['gas.admin', 'gas.handler']) {
    await expect(endDelegation(await house.as(who), id)).rejects.toMatchObject({ code: 'record.not-found' });
  }
  expect(
    (await listDelegations(await house.as('lift.admin'), { query: { of: 'mine', limit: 50 } })).items,
  ).toMatchObject([{ id, state: 'running', allowedActions: ['end'] }]);
  expect((await house.as('lift.admin')).actor.rights.has('account.approve')).toBe(true);
  expect(await endDelegation(await house.as('lift.admin'), id)).toMatchObject({
    state: 'over',
    endedBy: 'lift.admin',
  });
  expect((await house.as('lift.admin')).actor.rights.has('account.approve')).toBe(false);
  await expect(endDelegation(await house.as('lift.head'), id)).rejects.toMatchObject(refused(/已经结束/u));
  // A handler without any administering right names and ends his own.
  const own = await deputise('village.sample', { deputy: 'town.zhangjiang' });
  await expect(endDelegation(await house.as('village.sample'), own.id)).resolves.toMatchObject({
    state: 'over',
  });
});

test('what may not be delegated: too long, past, to oneself, to the closed, twice, across the separated roles', async () => {
  const to = (days: number) => house.now + days * DAY;
  await expect(deputise('gas.head', { deputy: 'gas.leader', to: to(61) })).rejects.toMatchObject(
    refused(/60 天/u),
  );
  await expect(deputise('gas.head', { deputy: 'gas.leader', from: to(-1) })).rejects.toMatchObject(
    refused(/过去/u),
  );
  await expect(deputise('gas.head', { deputy: 'gas.leader', to: house.now })).rejects.toMatchObject(
    refused(/晚于/u),
  );
  await expect(deputise('gas.head', { deputy: 'gas.head' })).rejects.toMatchObject(refused(/本人/u));
  await expect(deputise('gas.head', { deputy: 'no.such' })).rejects.toMatchObject(refused(/no\.such/u));
  await deputise('gas.head', { deputy: 'gas.leader' });
  await expect(deputise('gas.head', { deputy: 'gas.leader' })).rejects.toMatchObject(
    refused(/已经是代理人/u),
  );
  for (const [who, deputy] of [
    ['security', 'admin'],
    ['security', 'district'],
    ['district', 'auditor'],
  ] as const) {
    await expect(deputise(who, { deputy })).rejects.toMatchObject(refused(/三员分立/u));
  }
  await sql`update account set disabled_at = now() where username = 'gas.handler'`.execute(
    house.db.storage.system,
  );
  await expect(deputise('gas.head', { deputy: 'gas.handler' })).rejects.toMatchObject(refused(/停用/u));
});

test('arranged for somebody: in scope, not to oneself, not beyond the scope, and for no separated administrator', async () => {
  const arrange = (who: string, principal: string, deputy: string) => deputise(who, { principal, deputy });
  expect(await arrange('water.admin', 'water.head', 'water.leader')).toMatchObject({
    principal: { username: 'water.head' },
    arrangedBy: 'water.admin',
  });
  await expect(arrange('water.admin', 'water.leader', 'water.admin')).rejects.toMatchObject(refused(/自己/u));
  await expect(arrange('water.admin', 'gas.head', 'water.leader')).rejects.toMatchObject({
    code: 'record.not-found',
  });
  await expect(arrange('district', 'security', 'office')).rejects.toMatchObject(
    refused(/本人安排|三员分立/u),
  );
  await expect(arrange('water.handler', 'water.head', 'water.leader')).rejects.toMatchObject({
    code: 'access.denied',
  });
  await sql`insert into role_assignment (account_id, role, platform_id, place, valid_from)
    select id, 'executive-owner', 1, 1, ${new Date(house.now)} from account where username = 'water.leader'`.execute(
    house.db.storage.system,
  );
  await expect(arrange('water.admin', 'water.leader', 'water.handler')).rejects.toMatchObject(
    refused(/区总平台/u),
  );
});

test('a gateway’s token names no deputy for its issuer', async () => {
  const { token } = await issueToken(await house.as('tech.admin'), {
    body: { name: '网关', kind: 'gateway' },
  });
  const actor = await house.findActor(token, ADDRESS);
  if (!actor) throw new Error('the gateway is not found');
  const body = { deputy: 'gas.admin', from: house.now, to: house.now + DAY, reason: '出差' };
  await expect(openDelegation(new RequestContext(house.ground, actor), { body })).rejects.toMatchObject({
    code: 'session.person-required',
  });
});

test('a review goes through every account of a platform: kept, or sent to be closed, never one’s own', async () => {
  const open = async (who: string, platform: string) =>
    openReview(await house.as(who), { body: { platform } });
  await expect(open('power.admin', 'GAS')).rejects.toMatchObject({ code: 'access.denied' });
  const review = await open('power.admin', 'POWER');
  expect(review).toMatchObject({ accounts: 3, confirmed: 0, toClose: 0, closedAt: null });
  await expect(open('power.admin', 'POWER')).rejects.toMatchObject({ code: 'record.exists' });
  const verdict = async (accounts: readonly number[], more: object, who = 'power.admin') =>
    giveVerdict(await house.as(who), {
      params: { id: review.id },
      body: reviewRoutes.giveVerdict.body.parse({ accounts, ...more }),
    });
  const [head, leader, handler] = [
    await idOf('power.head'),
    await idOf('power.leader'),
    await idOf('power.handler'),
  ];
  await expect(verdict([await idOf('power.admin')], { verdict: 'confirmed' })).rejects.toMatchObject({
    code: 'account.not-yourself',
  });
  await expect(verdict([head], { verdict: 'confirmed' }, 'gas.admin')).rejects.toMatchObject({
    code: 'record.not-found',
  });
  await expect(verdict([handler], { verdict: 'close' })).rejects.toMatchObject({
    code: 'account.request-faulty',
  });
  expect(await verdict([head, leader], { verdict: 'confirmed' })).toMatchObject({ left: 1 });
  await expect(verdict([head], { verdict: 'close', note: '反悔了不算数' })).rejects.toMatchObject({
    code: 'record.changed',
  });
  expect(await verdict([handler], { verdict: 'close', note: '已经调离岗位' })).toMatchObject({ left: 0 });
  const { items } = await listAccountRequests(await house.as('power.head'), {
    query: { limit: 50, state: 'pending' },
  });
  expect(items).toMatchObject([{ action: 'close', username: 'power.handler', reason: '已经调离岗位' }]);
  const shown = await listReviewItems(await house.as('power.head'), {
    params: { id: review.id },
    query: { limit: 50 },
  });
  expect(shown.items.map((item) => item.verdict)).toEqual(expect.arrayContaining(['confirmed', 'close']));
  const { items: reviews } = await listReviews(await house.as('power.head'), { query: { limit: 50 } });
  expect(reviews[0]).toMatchObject({ confirmed: 2, toClose: 1, closedAt: house.now });
});

test('platforms that nobody reviewed for a quarter are told, the reviewed ones with their subtree are not', async () => {
  house.now += 93 * DAY;
  await openReview(await house.as('admin'), { body: { platform: 'industry.emergency' } });
  const { overdue } = await listReviews(await house.as('admin'), { query: { limit: 50 } });
  const codes = overdue.map(({ platform }) => platform);
  expect(codes).toEqual(expect.arrayContaining(['PD', 'GAS', 'POWER']));
  expect(codes).not.toContain('FLOOD');
  expect(overdue.find(({ platform }) => platform === 'POWER')?.lastReviewedAt).not.toBeNull();
});
