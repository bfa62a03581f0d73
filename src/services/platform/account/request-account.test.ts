import type { AppError } from '#base';
import { accountRoutes } from '#contract/platform';
import { ROLE_CAPABILITIES } from '#model/platform';
import { RequestContext } from '#services/context';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { z } from 'zod';

import { ADDRESS, type House, MINUTE, openHouse, PASSWORD } from '../testing.ts';
import { openSampleAccounts } from './open-sample-accounts.ts';
import { decideRequest, withdrawRequest } from './decide-request.ts';
import { getAccount } from './get-account.ts';
import { listAccountRequests } from './list-requests.ts';
import { listAccounts } from './list-accounts.ts';
import { requestAccount } from './request-account.ts';
import { requestAccounts } from './request-accounts.ts';
import { requestsWaiting } from './requests-waiting.ts';
import { loadPlatforms } from '../organisation/load-platforms.ts';
import { testDatabase } from '../../../storage/testing.ts';
import { createFindActor } from '../session/find-actor.ts';
import { signIn } from '../session/sign-in.ts';
import { TEST_VAULT } from '../../context/testing.ts';
import { type Ground, nobodyFrom, SystemContext } from '#services/context';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.db.drop());
beforeEach(() => {
  house.now += MINUTE;
});

type Body = z.input<typeof accountRoutes.requestAccount.body>;
const ask = async (who: string, body: Body) =>
  requestAccount(await house.as(who), { body: accountRoutes.requestAccount.body.parse(body) });
const opening = (username: string, more: Partial<Extract<Body, { action: 'open' }>> = {}): Body => ({
  action: 'open',
  username,
  name: '防汛值守甲',
  platform: 'FLOOD',
  roles: [{ role: 'handler', platform: 'FLOOD' }],
  reason: '汛期值守增员',
  ...more,
});
const approve = async (who: string, id: number) =>
  decideRequest(await house.as(who), { id }, { verdict: 'approved', note: '' });
const refusal = (code: string, words: string | RegExp = /./u) => ({
  code,
  details: expect.objectContaining({ faults: expect.stringMatching(words) }),
});

async function auditOf(username: string): Promise<readonly { action: string; actor: string; row: string }[]> {
  const { rows } = await sql<{ action: string; actor: string; row: string }>`
    select action, actor, audit::text as row from audit where subject = ${`account/${username}`} order by id`.execute(
    house.db.storage.system,
  );
  return rows;
}
async function idOf(username: string): Promise<number> {
  const { id } = await house.db.storage.system
    .selectFrom('account')
    .select('id')
    .where('username', '=', username)
    .executeTakeFirstOrThrow();
  return id;
}

test('asked by one, approved by another: the account opens with a temporary password that is told once', async () => {
  const request = await ask('flood.admin', opening('flood.duty1', { phone: '13812345678', title: '值守' }));
  expect(request).toMatchObject({
    state: 'pending',
    wanted: { phone: '138****5678', roles: [{ role: 'handler', platformName: '防汛防台' }] },
    requestedBy: { username: 'flood.admin' },
    allowedActions: ['withdraw'],
  });
  const seen = await listAccountRequests(await house.as('flood.head'), { query: { limit: 50 } });
  expect(seen.items.find(({ id }) => id === request.id)?.allowedActions).toEqual(['approve', 'refuse']);
  expect((await requestsWaiting(await house.as('flood.head'))).count).toBe(1);
  expect((await requestsWaiting(await house.as('gas.head'))).count).toBe(0);

  const { passwords } = await approve('flood.head', request.id);
  const password = passwords[0]?.password ?? '';
  expect(passwords).toEqual([{ username: 'flood.duty1', name: '防汛值守甲', password }]);
  const context = await house.as('flood.duty1', password);
  expect(context.actor.rights.grants).toMatchObject([{ role: 'handler', platform: 'FLOOD' }]);
  const row = await house.db.storage.system
    .selectFrom('account')
    .select(['must_change_password', 'password_from_bootstrap', 'phone_sealed'])
    .where('username', '=', 'flood.duty1')
    .executeTakeFirstOrThrow();
  expect(row).toMatchObject({ must_change_password: true, password_from_bootstrap: false });
  expect(row.phone_sealed).not.toContain('13812345678');

  const trail = await auditOf('flood.duty1');
  expect(trail.map(({ action, actor }) => `${actor} ${action}`)).toEqual([
    'flood.admin account-request.open',
    'flood.head account-request.approve',
    'flood.head account.open',
    'flood.duty1 session.opened',
  ]);
  expect(trail.some((one) => one.row.includes('13812345678') || one.row.includes(password))).toBe(false);
  await expect(approve('flood.head', request.id)).rejects.toMatchObject({ code: 'account.request-decided' });
});

test('nobody approves what he asked for, what is about him, or for somebody he acts for', async () => {
  // One person in both seats, and a deputy of each.
  const system = house.db.storage.system;
  await sql`insert into role_assignment (account_id, role, platform_id, place, scenario, valid_from)
    select a.id, 'department-owner', p.id, p.place, p.scenario, ${new Date(house.now)} from account a, platform p
    where a.username = 'gas.admin' and p.code = 'GAS'`.execute(system);
  const gas = (username: string): Body =>
    opening(username, { platform: 'GAS', roles: [{ role: 'handler', platform: 'GAS' }] });
  const request = await ask('gas.admin', gas('gas.duty1'));
  await expect(approve('gas.admin', request.id)).rejects.toMatchObject({ code: 'account.own-request' });

  const about = await ask('gas.admin', {
    action: 'change',
    account: await idOf('gas.head'),
    title: '处长',
    reason: '职务调整了',
  });
  await expect(approve('gas.head', about.id)).rejects.toMatchObject({ code: 'account.own-request' });

  await sql`insert into delegation (principal_id, deputy_id, place, scenario, from_at, to_at, reason, arranged_by, arranged_at)
    select p.id, d.id, p.place, p.scenario, ${new Date(house.now)}, ${new Date(house.now + 60 * MINUTE)}, '出差', 'x', now()
    from account p, account d where p.username = 'gas.admin' and d.username = 'gas.leader'`.execute(system);
  house.now += MINUTE;
  await expect(approve('gas.leader', request.id)).rejects.toMatchObject({ code: 'account.own-request' });
  // Asked as somebody's deputy: that somebody does not approve it either.
  const asDeputy = await ask('gas.leader', gas('gas.duty2'));
  expect(asDeputy.requestedFor).toMatchObject({ username: 'gas.admin' });
  await expect(approve('gas.admin', asDeputy.id)).rejects.toMatchObject({ code: 'account.own-request' });
  await expect(approve('gas.head', asDeputy.id)).resolves.toMatchObject({ requests: [asDeputy.id] });

  // The tables hold to it even when the code does not.
  await expect(
    sql`update account_request set state = 'approved', decided_by = requested_by, decided_at = now() where id = ${request.id}`.execute(
      system,
    ),
  ).rejects.toMatchObject({ code: '23514' });
});

test('each role is approved by those whose role it is: business, technology, security', async () => {
  const tech = opening('tech.duty1', {
    platform: 'FLOOD',
    roles: [{ role: 'tech-admin', platform: 'FLOOD' }],
  });
  const { id } = await ask('flood.admin', tech);
  await expect(approve('flood.head', id)).rejects.toMatchObject({ code: 'account.not-deciding' });
  await expect(approve('tech.lead', id)).resolves.toMatchObject({ passwords: [{ username: 'tech.duty1' }] });

  const coordinator = { platform: 'PD', roles: [{ role: 'coordinator' as const, platform: 'PD' }] };
  const second = await ask('district', opening('coordinator2', coordinator));
  await expect(approve('tech.lead', second.id)).rejects.toMatchObject({ code: 'account.not-deciding' });
  await expect(approve('security', second.id)).resolves.toMatchObject({ requests: [second.id] });
  // Who may not approve at all.
  await expect(approve('flood.admin', second.id)).rejects.toMatchObject({ code: 'access.denied' });
});

test('asking reaches no further than the own scope, approving neither, and a number from outside is not found', async () => {
  const gas = { platform: 'GAS', roles: [{ role: 'handler' as const, platform: 'GAS' }] };
  await expect(ask('flood.admin', opening('x.one', gas))).rejects.toMatchObject(
    refusal('account.request-faulty', /管辖范围/u),
  );
  const mixed = { roles: [{ role: 'handler' as const, platform: 'PD' }] };
  await expect(ask('flood.admin', opening('x.two', mixed))).rejects.toMatchObject(
    refusal('account.request-faulty', /区总平台.*管辖范围/u),
  );
  const foreign = await idOf('water.handler');
  const change: Body = { action: 'change', account: foreign, title: '队长', reason: '职务调整了' };
  await expect(ask('flood.admin', change)).rejects.toMatchObject({ code: 'record.not-found' });
  await expect(getAccount(await house.as('flood.admin'), { params: { id: foreign } })).rejects.toMatchObject({
    code: 'record.not-found',
  });
  const water = { platform: 'WATER', roles: [{ role: 'handler' as const, platform: 'WATER' }] };
  const { id } = await ask('water.admin', opening('water.duty1', water));
  await expect(approve('flood.head', id)).rejects.toMatchObject({ code: 'record.not-found' });
  await expect(withdrawRequest(await house.as('flood.admin'), id)).rejects.toMatchObject({
    code: 'record.not-found',
  });
  await expect(withdrawRequest(await house.as('water.admin'), id)).resolves.toMatchObject({ requests: [id] });
});

test('fields that nobody asked for are refused, and so is the role of a gateway', () => {
  const { body } = accountRoutes.requestAccount;
  for (const extra of [
    { place: 1 },
    { scenario: 1 },
    { password_hash: 'x' },
    { state: 'approved' },
    { requestedBy: 1 },
    { kind: 'service' },
    { must_change_password: false },
  ]) {
    expect([extra, body.safeParse({ ...opening('x.three'), ...extra }).success]).toEqual([extra, false]);
  }
  expect(body.safeParse({ ...opening('x.four'), roles: [{ role: 'gateway', platform: 'PD' }] }).success).toBe(
    false,
  );
  const seat = { role: 'handler', platform: 'FLOOD', source: 'oidc' };
  expect(body.safeParse({ ...opening('x.five'), roles: [seat] }).success).toBe(false);
});

test('user names: taken, waited for, reserved or malformed ones are told', async () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ['flood.admin', /已被使用/u],
    ['water.admin', /已被使用/u],
    ['system', /不合要求/u],
    ['rule:tidy', /不合要求/u],
    ['管理员', /不合要求/u],
    ["x' or 1=1", /不合要求/u],
  ];
  for (const [name, words] of cases) {
    await expect(ask('flood.admin', opening(name))).rejects.toMatchObject(
      refusal('account.request-faulty', words),
    );
  }
  await ask('flood.admin', opening('twice'));
  await expect(ask('flood.admin', opening('twice'))).rejects.toMatchObject(
    refusal('account.request-faulty', /待审批/u),
  );
});

test('a change gives and takes roles, keeps what it does not name, and is written with before and after', async () => {
  const account = await idOf('flood.handler');
  const { id } = await ask('flood.admin', {
    action: 'change',
    account,
    title: '队长',
    roles: [
      { role: 'handler', platform: 'FLOOD' },
      { role: 'business-admin', platform: 'FLOOD', validTo: house.now + 100 * MINUTE },
    ],
    reason: '兼任业务管理',
  });
  await approve('flood.head', id);
  const held = await getAccount(await house.as('flood.head'), { params: { id: account } });
  expect(held.title).toBe('队长');
  expect(held.name).toBe('防汛防台 处置人员');
  expect(held.roles.map(({ role, validTo }) => [role, validTo !== null])).toEqual([
    ['handler', false],
    ['business-admin', true],
  ]);
  expect((await house.as('flood.handler')).actor.rights.has('standard.draft')).toBe(true);
  house.now += 101 * MINUTE;
  expect((await house.as('flood.handler')).actor.rights.has('standard.draft')).toBe(false);
  const trail = await auditOf('flood.handler');
  const changed = trail.find(({ action }) => action === 'account.change');
  expect(changed?.row).toContain('business-admin');

  const back = await ask('flood.admin', {
    action: 'change',
    account,
    roles: [{ role: 'business-admin', platform: 'FLOOD' }],
    reason: '不再处置现场',
  });
  await approve('flood.head', back.id);
  const roles = (await house.as('flood.handler')).actor.rights.grants.map(({ role }) => role);
  expect(roles).toEqual(['business-admin']);
});

test('nobody changes or closes his own account, and a closed one is out at once while its history stays', async () => {
  const self = await idOf('power.admin');
  const change: Body = { action: 'change', account: self, title: '主任', reason: '职务调整了' };
  await expect(ask('power.admin', change)).rejects.toMatchObject({ code: 'account.not-yourself' });

  const { token } = await signIn(house.nobody(), house.ground, {
    username: 'power.handler',
    password: PASSWORD,
  });
  expect(await house.findActor(token, ADDRESS)).toBeDefined();
  const account = await idOf('power.handler');
  const { id } = await ask('power.admin', { action: 'close', account, left: true, reason: '调离本单位' });
  await approve('power.head', id);
  expect(await house.findActor(token, ADDRESS)).toBeUndefined();
  await expect(house.as('power.handler')).rejects.toMatchObject({ code: 'session.refused' });
  const held = await getAccount(await house.as('power.head'), { params: { id: account } });
  expect(held).toMatchObject({ state: 'left', disabledReason: '调离本单位', roles: [] });
  expect((await auditOf('power.handler')).map(({ action }) => action)).toContain('account.leave');
});

test('the separated administrators: never beside another role, and two people for a new password', async () => {
  const account = await idOf('auditor');
  const both: Body = {
    action: 'change',
    account,
    roles: [
      { role: 'audit-admin', platform: 'PD' },
      { role: 'business-admin', platform: 'PD' },
    ],
    reason: '人手不够兼任',
  };
  await expect(ask('admin', both)).rejects.toMatchObject(refusal('account.request-faulty', /三员分立/u));
  const give = (role: string) =>
    sql`insert into role_assignment (account_id, role, platform_id, place) values (${account}, ${role}, 1, 1)`.execute(
      house.db.storage.system,
    );
  await expect(give('handler')).rejects.toMatchObject({ constraint: 'separated_roles' });
  await expect(give('security-admin')).rejects.toMatchObject({ constraint: 'separated_roles' });

  const { id } = await ask('admin', { action: 'reset-password', account, reason: '审计员忘记口令' });
  const { passwords } = await approve('security', id);
  await expect(house.as('auditor', passwords[0]?.password)).resolves.toBeDefined();
  const last: Body = { action: 'close', account, reason: '岗位撤销了' };
  const closing = await ask('admin', last);
  await expect(approve('security', closing.id)).rejects.toMatchObject({ code: 'account.last-administrator' });
});

test('two approvals at the same moment open one account', async () => {
  const { id } = await ask('flood.admin', opening('flood.race'));
  const [head, security] = await Promise.all([house.as('flood.head'), house.as('security')]);
  const both = await Promise.allSettled(
    [head, security].map((context) => decideRequest(context, { id }, { verdict: 'approved', note: '' })),
  );
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const failed = both.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
  expect((failed.reason as AppError).code).toBe('account.request-decided');
});

const rows = (more: readonly object[]) =>
  more.map((one) => ({
    username: '',
    name: '防汛值守',
    unit: '',
    title: '',
    phone: '',
    platform: 'FLOOD',
    role: '处置人员',
    expires: '',
    ...one,
  }));
const bulk = async (who: string, dryRun: boolean, more: readonly object[]) =>
  requestAccounts(await house.as(who), { body: { dryRun, rows: rows(more), reason: '汛期批量开通' } });

test('a bulk opening tells every fault by row and hands nothing in while there is one', async () => {
  const pasted = [
    { username: 'bulk.a' },
    { username: 'bulk.a' },
    { username: 'flood.admin' },
    { username: 'bulk.b', role: '站长', phone: '没有', expires: '明年' },
    { username: 'bulk.c', platform: 'GAS' },
    { username: 'bulk.d', platform: '不存在' },
    { username: '', name: '', role: '', platform: '' },
    { username: 'bulk.e', role: 'gateway' },
    { username: 'bulk.f', role: '业务管理员、系统管理员' },
  ];
  const dry = await bulk('flood.admin', true, pasted);
  expect(dry.batch).toBeNull();
  expect(dry.faults.map(({ row, faults }) => [row, faults.join('；')])).toEqual([
    [2, expect.stringContaining('第 1 行重复')],
    [3, expect.stringContaining('已被使用')],
    [4, expect.stringMatching(/站长.*没有.*明年/u)],
    [5, expect.stringContaining('管辖范围')],
    [6, expect.stringContaining('不存在')],
    [7, expect.stringMatching(/缺用户名.*缺姓名.*缺平台.*缺角色/u)],
    [8, expect.stringContaining('gateway')],
    [9, expect.stringContaining('系统管理员')],
  ]);
  await expect(bulk('flood.admin', false, pasted)).rejects.toMatchObject({
    code: 'account.rows-faulty',
    details: { count: 8 },
  });
  const { items } = await listAccountRequests(await house.as('flood.admin'), {
    query: { limit: 50, search: 'bulk.' },
  });
  expect(items).toEqual([]);
});

test('a batch is approved as one by another; passwords come once as a list', async () => {
  const pasted = ['a', 'b', 'c'].map((one) => ({
    username: `batch.${one}`,
    phone: '13900001111',
    role: '处置人员；业务管理员@防汛防台',
    expires: '2027-03-31',
  }));
  const { batch, faults } = await bulk('flood.admin', false, pasted);
  expect([faults, typeof batch]).toEqual([[], 'number']);
  const decide = async (who: string) =>
    decideRequest(await house.as(who), { batch: batch ?? 0 }, { verdict: 'approved', note: '同意' });
  await expect(decide('gas.head')).rejects.toMatchObject({ code: 'record.not-found' });
  const { passwords } = await decide('flood.head');
  expect(passwords.map(({ username }) => username)).toEqual(['batch.a', 'batch.b', 'batch.c']);
  expect(new Set(passwords.map(({ password }) => password)).size).toBe(3);
  const first = await house.as('batch.a', passwords[0]?.password);
  expect(first.actor.rights.grants.map(({ role }) => role).toSorted()).toEqual(['business-admin', 'handler']);
  await expect(decide('flood.head')).rejects.toMatchObject({ code: 'account.request-decided' });
});

test('the list shows the own scope only, by platform, role, state and search', async () => {
  const list = async (who: string, query: object = {}) =>
    (await listAccounts(await house.as(who), { query: { limit: 500, ...query } })).items;
  const flood = await list('flood.admin');
  expect(flood.every(({ platform }) => platform?.code === 'FLOOD')).toBe(true);
  expect(flood.length).toBeGreaterThan(4);
  expect((await list('district', { platform: 'GAS' })).every((one) => one.platform?.code === 'GAS')).toBe(
    true,
  );
  expect((await list('district', { role: 'village-handler' })).map(({ username }) => username)).toEqual([
    'village.sample',
  ]);
  expect((await list('district', { state: 'left' })).map(({ username }) => username)).toEqual([
    'power.handler',
  ]);
  expect((await list('district', { search: '%' })).length).toBe(0);
  const all = await list('district');
  expect(JSON.stringify(all)).not.toMatch(/"1[3-9]\d{9}"|argon2|v1\./u);
  for (const state of new Set(all.map((one) => one.state))) {
    const filtered = await list('district', { state });
    expect(filtered.map(({ id }) => id)).toEqual(
      all.filter((one) => one.state === state).map(({ id }) => id),
    );
  }
  const page = await listAccounts(await house.as('district'), { query: { limit: 3 } });
  const next = await listAccounts(await house.as('district'), {
    query: { limit: 3, ...(page.next === null ? {} : { after: page.next }) },
  });
  expect(next.items[0]?.id).toBeGreaterThan(page.items[2]?.id ?? 0);
});

test('from empty: three separated administrators, and everybody else through them', async () => {
  const db = await testDatabase();
  const clock = { now: () => house.now };
  const ground: Ground = { storage: db.storage, clock, poke: () => undefined, vault: TEST_VAULT };
  const system = new SystemContext(ground);
  await loadPlatforms(system, 'standards/platforms.json');
  const first = await openSampleAccounts(system, { bootstrapPassword: PASSWORD, empty: true });
  expect(first.opened).toEqual(['admin', 'security', 'auditor']);
  const findActor = createFindActor(ground);
  const as = async (username: string, password = PASSWORD): Promise<RequestContext> => {
    const nobody = new RequestContext(ground, nobodyFrom(ADDRESS));
    const { token } = await signIn(nobody, ground, { username, password });
    const actor = await findActor(token, ADDRESS);
    if (!actor) throw new Error(`${username} is not found`);
    return new RequestContext(ground, actor);
  };
  const { body } = accountRoutes.requestAccount;
  const wanted = body.parse(
    opening('first.owner', { roles: [{ role: 'department-owner', platform: 'FLOOD' }] }),
  );
  for (const who of ['security', 'auditor']) {
    await expect(requestAccount(await as(who), { body: wanted })).rejects.toMatchObject({
      code: 'access.denied',
    });
  }
  const request = await requestAccount(await as('admin'), { body: wanted });
  for (const who of ['admin', 'auditor']) {
    await expect(
      decideRequest(await as(who), { id: request.id }, { verdict: 'approved', note: '' }),
    ).rejects.toMatchObject({ code: 'access.denied' });
  }
  const { passwords } = await decideRequest(
    await as('security'),
    { id: request.id },
    { verdict: 'approved', note: '' },
  );
  const owner = await as('first.owner', passwords[0]?.password);
  expect([...owner.actor.rights.capabilities].toSorted()).toEqual(
    [...new Set(ROLE_CAPABILITIES['department-owner'])].toSorted(),
  );
  await db.drop();
});
