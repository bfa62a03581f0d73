import { accountRoutes } from '#contract/platform';
import { ACCOUNT_STATES } from '#model/platform';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { ADDRESS, type House, MINUTE, openHouse, PASSWORD } from '../testing.ts';
import { sealPhone } from '#services/context';
import { putSetting } from '../organisation/put-setting.ts';
import { issueToken } from '../session/issue-token.ts';
import { signIn } from '../session/sign-in.ts';
import { inState } from './account-state.ts';
import { loadAccounts, stateOf } from './account-row.ts';
import { getAccount } from './get-account.ts';
import { disableAccount, enableAccount, unlockAccount } from './manage-account.ts';
import { resetPassword, resetSecondFactor } from './reset-secrets.ts';
import { revealPhone } from './reveal-phone.ts';
import { runAccountRules } from './run-account-rules.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.db.drop());
beforeEach(() => {
  house.now += MINUTE;
});

const DAY = 24 * 60 * MINUTE;
const REASON = { reason: '岗位调整需要' };
async function idOf(username: string): Promise<number> {
  const { id } = await house.db.storage.system
    .selectFrom('account')
    .select('id')
    .where('username', '=', username)
    .executeTakeFirstOrThrow();
  return id;
}
const target = async (username: string) => ({ params: { id: await idOf(username) }, body: REASON });
const run = (statement: ReturnType<typeof sql>) => statement.execute(house.db.storage.system);

test('a disabled account is out at once with its tokens, comes back with a reason, and both are in the trail', async () => {
  const { token } = await signIn(house.nobody(), house.ground, { username: 'tech.lead', password: PASSWORD });
  const person = await issueToken(await house.as('tech.admin'), { body: { name: '脚本', kind: 'person' } });
  expect(await house.findActor(token, ADDRESS)).toBeDefined();
  expect(await house.findActor(person.token, ADDRESS)).toBeDefined();

  await disableAccount(await house.as('admin'), await target('tech.lead'));
  expect(await house.findActor(token, ADDRESS)).toBeUndefined();
  await disableAccount(await house.as('admin'), await target('tech.admin'));
  expect(await house.findActor(person.token, ADDRESS)).toBeUndefined();
  await expect(disableAccount(await house.as('admin'), await target('tech.lead'))).rejects.toMatchObject({
    code: 'account.illegal-action',
    details: { state: '已停用' },
  });
  await expect(house.as('tech.lead')).rejects.toMatchObject({ code: 'session.refused' });

  const back = await enableAccount(await house.as('admin'), await target('tech.lead'));
  expect(back.allowedActions).toContain('disable');
  await expect(house.as('tech.lead')).resolves.toBeDefined();
  const { rows } = await sql<{ action: string; reason: string }>`
    select action, after->>'reason' as reason from audit
    where subject = 'account/tech.lead' and action like 'account.%' and actor = 'admin' order by id`.execute(
    house.db.storage.system,
  );
  expect(rows).toEqual([
    { action: 'account.disable', reason: '岗位调整需要' },
    { action: 'account.enable', reason: '岗位调整需要' },
  ]);
  await enableAccount(await house.as('admin'), await target('tech.admin'));
});

test('enabling and revealing without a reason are refused before anything is asked', () => {
  for (const route of [
    accountRoutes.enableAccount,
    accountRoutes.disableAccount,
    accountRoutes.revealPhone,
  ]) {
    for (const body of [{}, { reason: '' }, { reason: '    ' }, { reason: '看看' }]) {
      expect(route.body.safeParse(body).success).toBe(false);
    }
  }
});

test('nobody manages himself, a technician no separated administrator, and none is the last to go', async () => {
  await expect(disableAccount(await house.as('admin'), await target('admin'))).rejects.toMatchObject({
    code: 'account.not-yourself',
  });
  for (const act of [disableAccount, resetPassword, resetSecondFactor]) {
    await expect(act(await house.as('tech.admin'), await target('security'))).rejects.toMatchObject({
      code: 'account.not-manageable',
    });
  }
  await expect(disableAccount(await house.as('admin'), await target('auditor'))).rejects.toMatchObject({
    code: 'account.last-administrator',
  });
  await expect(resetPassword(await house.as('admin'), await target('security'))).rejects.toMatchObject({
    code: 'account.four-eyes',
  });
  for (const who of ['flood.admin', 'flood.head', 'security', 'auditor']) {
    await expect(disableAccount(await house.as(who), await target('flood.handler'))).rejects.toMatchObject({
      code: 'access.denied',
    });
  }
});

test('a manager of one scenario neither finds others nor sets the password of somebody with a wider reach', async () => {
  await run(sql`update role_assignment r set platform_id = p.id, place = p.place, scenario = p.scenario from platform p
    where p.code = 'GAS' and r.account_id = (select id from account where username = 'tech.admin')`);
  const gas = () => house.as('tech.admin');
  await expect(resetPassword(await gas(), await target('flood.handler'))).rejects.toMatchObject({
    code: 'record.not-found',
  });
  await run(sql`insert into role_assignment (account_id, role, platform_id, place, valid_from)
    select id, 'executive-owner', 1, 1, ${new Date(house.now)} from account where username = 'gas.leader'`);
  await expect(resetPassword(await gas(), await target('gas.leader'))).rejects.toMatchObject({
    code: 'account.not-manageable',
  });
  await expect(resetPassword(await gas(), await target('gas.handler'))).resolves.toMatchObject({
    username: 'gas.handler',
  });
  await run(sql`update role_assignment r set platform_id = 1, place = 1, scenario = null
    where r.account_id = (select id from account where username = 'tech.admin')`);
});

test('a temporary password is told once, ends sessions, must be changed, and keeps the old one in the history', async () => {
  const { token } = await signIn(house.nobody(), house.ground, {
    username: 'lift.handler',
    password: PASSWORD,
  });
  const { password } = await resetPassword(await house.as('admin'), await target('lift.handler'));
  expect(password).toMatch(/^(?:[A-Za-z2-9]{4}-){3}[A-Za-z2-9]{4}$/u);
  expect(await house.findActor(token, ADDRESS)).toBeUndefined();
  await expect(house.as('lift.handler')).rejects.toMatchObject({ code: 'session.refused' });
  const context = await house.as('lift.handler', password);
  expect(context.actor.owes).toBe('password');
  const { rows } = await sql<{ n: number; audit: string }>`
    select (select count(*) from password_history h join account a on a.id = h.account_id
      where a.username = 'lift.handler') as n, (select string_agg(audit::text, '') from audit) as audit`.execute(
    house.db.storage.system,
  );
  expect(rows[0]?.n).toBe(1);
  expect(rows[0]?.audit).not.toContain(password);
});

test('one manager does not take both the password and the second factor of somebody', async () => {
  await run(sql`update account set totp_enrolled_at = now() where username in ('crowd.admin', 'crowd.head')`);
  await resetPassword(await house.as('admin'), await target('crowd.admin'));
  await expect(resetSecondFactor(await house.as('admin'), await target('crowd.admin'))).rejects.toMatchObject(
    { code: 'account.four-eyes' },
  );
  await resetSecondFactor(await house.as('tech.admin'), await target('crowd.admin'));
  await resetSecondFactor(await house.as('admin'), await target('crowd.head'));
  await expect(resetPassword(await house.as('admin'), await target('crowd.head'))).rejects.toMatchObject({
    code: 'account.four-eyes',
  });
});

test('a lock is opened before its time', async () => {
  const wrong = () => signIn(house.nobody(), house.ground, { username: 'forest.head', password: 'x' });
  for (let i = 0; i < 5; i += 1) await expect(wrong()).rejects.toMatchObject({ code: 'session.refused' });
  await expect(house.as('forest.head')).rejects.toMatchObject({ code: 'session.locked' });
  await unlockAccount(await house.as('admin'), await target('forest.head'));
  await expect(house.as('forest.head')).resolves.toBeDefined();
  await expect(unlockAccount(await house.as('admin'), await target('forest.head'))).rejects.toMatchObject({
    code: 'account.illegal-action',
  });
});

test('a phone is masked everywhere and whole with a reason, which is written first; outside the scope it is not found', async () => {
  const { phone_sealed, phone_masked } = sealPhone(house.system.vault, '13812345678');
  await run(sql`update account set phone_sealed = ${phone_sealed}, phone_masked = ${phone_masked}
    where username in ('water.handler', 'flood.handler')`);
  const reason = { reason: '电话通知抢险' };
  const ask = async (who: string, username: string) =>
    revealPhone(await house.as(who), { params: { id: await idOf(username) }, body: reason });
  expect(await ask('flood.admin', 'flood.handler')).toEqual({ phone: '13812345678' });
  await expect(ask('flood.admin', 'water.handler')).rejects.toMatchObject({ code: 'record.not-found' });
  await expect(ask('admin', 'flood.handler')).rejects.toMatchObject({ code: 'access.denied' });
  await expect(ask('flood.admin', 'flood.head')).rejects.toMatchObject({ code: 'record.not-found' });
  const shown = await getAccount(await house.as('flood.admin'), {
    params: { id: await idOf('flood.handler') },
  });
  expect(shown.phone).toBe('138****5678');
  expect(JSON.stringify(shown)).not.toContain('13812345678');
  const { rows } = await sql<{ actor: string; row: string }>`
    select actor, audit::text as row from audit where action = 'personal.reveal'`.execute(
    house.db.storage.system,
  );
  expect(rows.map(({ actor }) => actor)).toEqual(['flood.admin']);
  expect(rows[0]?.row).toContain('电话通知抢险');
  expect(rows[0]?.row).not.toContain('13812345678');
});

test('requests never read a password’s hash', async () => {
  const scope = { places: [{ from: 1, to: 999_999 }], scenarios: [] };
  const asking = { scope, account: 1, capability: 'account.manage' };
  await expect(
    house.db.storage.inScope(asking, (tx) => sql`select password_hash from account`.execute(tx)),
  ).rejects.toMatchObject({ code: '42501' });
});

test('an expired account cannot come in, and its session and deputies end with it', async () => {
  const { token } = await signIn(house.nobody(), house.ground, {
    username: 'snowice.head',
    password: PASSWORD,
  });
  await run(
    sql`update account set expires_at = ${new Date(house.now + 2 * MINUTE)} where username = 'snowice.head'`,
  );
  await run(sql`insert into delegation (principal_id, deputy_id, place, scenario, from_at, to_at, reason, arranged_by, arranged_at)
    select p.id, d.id, p.place, p.scenario, ${new Date(house.now)}, ${new Date(house.now + DAY)}, '出差', 'x', now()
    from account p, account d where p.username = 'snowice.head' and d.username = 'snowice.leader'`);
  expect((await house.as('snowice.leader')).actor.rights.has('account.approve')).toBe(true);
  house.now += 2 * MINUTE;
  expect(await house.findActor(token, ADDRESS)).toBeUndefined();
  await expect(house.as('snowice.head')).rejects.toMatchObject({ code: 'session.refused' });
  expect((await house.as('snowice.leader')).actor.rights.has('account.approve')).toBe(false);
});

test('the list’s filter and the state in the row are the same, for every state', async () => {
  const at = (ms: number): Date => new Date(house.now + ms);
  await run(
    sql`update account set password_from_bootstrap = false where username like 'bridge.%' or username like 'tunnel.%'`,
  );
  await run(
    sql`update account set last_sign_in_at = ${at(0)} where username like 'bridge.%' or username like 'tunnel.%'`,
  );
  await run(sql`update account set expires_at = ${at(DAY)} where username = 'bridge.admin'`);
  await run(sql`update account set locked_until = ${at(DAY)} where username = 'bridge.head'`);
  await run(
    sql`update account set disabled_at = ${at(0)}, left_at = ${at(0)} where username = 'tunnel.admin'`,
  );
  await run(sql`update account set disabled_at = ${at(0)} where username = 'tunnel.head'`);
  await run(
    sql`update account set last_sign_in_at = null, created_at = ${at(-70 * DAY)} where username = 'tunnel.leader'`,
  );
  const seen = new Set<string>();
  await house.system.transaction(async (tx) => {
    const all = await loadAccounts(tx, house.now, sql`order by account.id`);
    for (const state of ACCOUNT_STATES) {
      const filtered = await loadAccounts(
        tx,
        house.now,
        sql`where ${inState(state, house.now)} order by account.id`,
      );
      const wanted = all.filter((row) => stateOf(row, house.now) === state).map((row) => row.username);
      expect([state, filtered.map((row) => row.username)]).toEqual([state, wanted]);
      if (wanted.length > 0) seen.add(state);
    }
  });
  expect([...seen].toSorted()).toEqual([...ACCOUNT_STATES].toSorted());
});

test('unused for 60 days is told, for 90 days switched off by rule; the last of each separated role stays', async () => {
  await house.as('district');
  const began = house.now;
  const { rows: before } = await sql<{
    n: number;
  }>`select count(*) as n from account where disabled_at is null`.execute(house.db.storage.system);
  house.now = began + 61 * DAY;
  await house.as('office');
  const told = await runAccountRules(house.system);
  expect(told.disabled).toEqual(['tunnel.leader']);
  expect(told.flagged.length).toBeGreaterThan(50);
  expect(await runAccountRules(house.system)).toEqual({ disabled: [], flagged: [], ended: 0 });

  house.now = began + 95 * DAY;
  const round = await runAccountRules(house.system);
  expect(round.disabled).toContain('district');
  expect(round.disabled).not.toContain('office');
  for (const name of ['admin', 'security', 'auditor']) expect(round.disabled).not.toContain(name);
  const { rows: left } = await sql<{ username: string }>`
    select username from account where disabled_at is null order by username`.execute(
    house.db.storage.system,
  );
  expect(left.length).toBeLessThan(before[0]?.n ?? 0);
  const { rows } = await sql<{ actor: string; subject: string }>`
    select actor, subject from audit where action = 'account.disable' and subject = 'account/district'`.execute(
    house.db.storage.system,
  );
  expect(rows).toEqual([{ actor: 'rule:account-rules', subject: 'account/district' }]);

  // Switched on again it counts as used.
  await enableAccount(await house.as('admin'), await target('district'));
  expect((await runAccountRules(house.system)).disabled).toEqual([]);
  await expect(house.as('district')).resolves.toBeDefined();
});

test('a platform that sets fewer days has its accounts flagged sooner, in the list and by the rule', async () => {
  const key = 'account.stale-days';
  const district = await house.as('district');
  await putSetting(district, { params: { code: 'industry.ecology', key }, body: { value: 7 } });
  const long = new Date(house.now - 8 * DAY);
  await run(sql`update account set disabled_at = null, password_from_bootstrap = false, must_change_password = false,
    created_at = ${long}, enabled_at = ${long}, last_sign_in_at = ${long}, stale_flagged_at = null
    where username in ('water.admin', 'gas.admin')`);
  const stale = await house.system.transaction((tx) =>
    loadAccounts(tx, house.now, sql`where ${inState('stale', house.now)}`),
  );
  expect(stale.every((row) => stateOf(row, house.now) === 'stale')).toBe(true);
  const names = stale.map(({ username }) => username);
  expect(names).toContain('water.admin');
  expect(names).not.toContain('gas.admin');
  expect((await runAccountRules(house.system)).flagged).toContain('water.admin');
});

test('an assignment whose end has come is written down once', async () => {
  await run(sql`update role_assignment set valid_to = ${new Date(house.now + MINUTE)}
    where account_id = (select id from account where username = 'office')`);
  expect((await runAccountRules(house.system)).ended).toBe(0);
  house.now += MINUTE;
  expect((await runAccountRules(house.system)).ended).toBeGreaterThanOrEqual(1);
  expect((await runAccountRules(house.system)).ended).toBe(0);
  const { rows } = await sql<{ subject: string; role: string }>`
    select subject, before->>'role' as role from audit where action = 'role.end'`.execute(
    house.db.storage.system,
  );
  expect(rows).toEqual([{ subject: 'account/office', role: 'safety-committee-office' }]);
});
