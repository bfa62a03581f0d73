import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { type House, openHouse } from '../testing.ts';
import { admitPerson } from './admit-person.ts';
import { IDENTITY_SESSION_MS } from './open-identity-session.ts';
import { lapseIdentityPeople } from './lapse-identity-people.ts';
import type { ProvenPerson } from './identity-provider.ts';

const ISSUER = 'https://idp.example';
const DAY_MS = 86_400_000;
const ADDRESS = '192.0.2.9';
let house: House;
beforeAll(async () => {
  house = await openHouse();
  await sql`insert into identity_mapping (claim, value, role, platform_claim) values
    ('roles', 'village', 'village-handler', 'org_code'), ('roles', 'town', 'town-operator', 'org_code')`.execute(
    house.db.storage.system,
  );
});
afterAll(() => house.db.drop());

function person(subject: string, claims: object = {}): ProvenPerson {
  const told = { name: '居村处置', roles: ['village'], org_code: '310115125001', ...claims };
  return { issuer: ISSUER, subject, sid: `sid of ${subject}`, claims: told };
}
const admit = (one: ProvenPerson): Promise<{ readonly token: string }> =>
  admitPerson(house.system, one, {
    address: ADDRESS,
    visit: { userAgent: 'Firefox/140', device: undefined, previous: undefined },
  });

interface Held {
  readonly id: number;
  readonly username: string;
  readonly disabled: boolean;
  readonly place: number | null;
  readonly roles: readonly string[] | null;
  readonly sessions: number;
}
async function account(subject: string): Promise<Held | undefined> {
  const { rows } = await sql<Held>`
    select a.id, a.username, a.disabled_at is not null as disabled, a.place,
      (select array_agg(r.role || '@' || p.code || ' ' || r.source order by r.id) from role_assignment r
        join platform p on p.id = r.platform_id where r.account_id = a.id) as roles,
      (select count(*) from session s where s.account_id = a.id) as sessions
    from account a where a.issuer = ${ISSUER} and a.subject = ${subject}`.execute(house.db.storage.system);
  expect(rows.length).toBeLessThanOrEqual(1);
  return rows[0];
}
async function trail(subject: string): Promise<readonly string[]> {
  const { rows } = await sql<{ action: string }>`
    select action from audit where subject = ${`account/oidc:${subject}`} order by id`.execute(
    house.db.storage.system,
  );
  return rows.map(({ action }) => action);
}

test('whoever comes for the first time gets an account at the place the claims name; all of it is in the audit', async () => {
  const { token } = await admit(person('first'));
  expect(await account('first')).toMatchObject({
    username: 'oidc:first',
    disabled: false,
    place: 121_010,
    roles: ['village-handler@310115125001 oidc'],
    sessions: 1,
  });
  expect(await trail('first')).toEqual(['account.open', 'session.opened']);
  const actor = await house.findActor(token, ADDRESS);
  expect(actor?.rights.scopeOf('object.read')).toEqual({
    places: [{ from: 121_010, to: 121_019 }],
    scenarios: [],
  });
  house.now += IDENTITY_SESSION_MS;
  expect(await house.findActor(token, ADDRESS)).toBeUndefined();
});

test('ten first visits of one person at the same moment open one account', async () => {
  await Promise.all(Array.from({ length: 10 }, () => admit(person('crowd'))));
  expect(await account('crowd')).toMatchObject({
    sessions: 10,
    roles: ['village-handler@310115125001 oidc'],
  });
  expect((await trail('crowd')).filter((action) => action === 'account.open')).toHaveLength(1);
});

test('the same subject at another provider is another person', async () => {
  await admit(person('shared'));
  const other = { ...person('shared'), issuer: 'https://other.example' };
  await admit(other);
  const { rows } = await sql<{ username: string }>`
    select username from account where subject = 'shared' order by id`.execute(house.db.storage.system);
  expect(rows.map(({ username }) => username)).toEqual([
    'oidc:shared',
    expect.stringMatching(/^oidc:[\w-]{22}$/u),
  ]);
});

test('a change of roles is in the audit with before and after; what was given here stays', async () => {
  await admit(person('changer'));
  const held = await account('changer');
  await sql`insert into role_assignment (account_id, role, platform_id, granted_by)
    select ${held?.id}, 'handler', id, 'test' from platform where code = '310115125'`.execute(
    house.db.storage.system,
  );
  await admit(person('changer', { roles: ['town'], org_code: '310115125' }));
  expect((await account('changer'))?.roles).toEqual([
    'handler@310115125 local',
    'town-operator@310115125 oidc',
  ]);
  const { rows } = await sql<{ before: object; after: object }>`
    select before, after from audit where subject = 'account/oidc:changer' and action = 'account.roles'`.execute(
    house.db.storage.system,
  );
  expect(rows).toEqual([
    { before: { roles: ['village-handler@310115125001'] }, after: { roles: ['town-operator@310115125'] } },
  ]);
});

test('whom the claims let in no more loses roles, sessions and account, and gets them back with the claims', async () => {
  const { token } = await admit(person('leaver'));
  expect(await house.findActor(token, ADDRESS)).toBeDefined();
  const held = await account('leaver');
  await expect(admit(person('leaver', { org_code: '310115999001' }))).rejects.toMatchObject({
    code: 'identity.no-mapping',
  });
  expect(await account('leaver')).toMatchObject({ disabled: true, roles: null, sessions: 0 });
  expect(await house.findActor(token, ADDRESS)).toBeUndefined();
  // Not vouched for a second time changes nothing more.
  await expect(admit(person('leaver', { enabled: false }))).rejects.toMatchObject({
    code: 'identity.barred',
  });
  await admit(person('leaver'));
  expect(await account('leaver')).toMatchObject({ id: held?.id, disabled: false, sessions: 1 });
  expect(await trail('leaver')).toEqual([
    'account.open',
    'session.opened',
    'account.disable',
    'account.enable',
    'account.roles',
    'session.opened',
  ]);
});

test('who is refused at the first visit leaves no account behind', async () => {
  await expect(admit(person('stranger', { roles: ['system-admin'] }))).rejects.toMatchObject({
    code: 'identity.no-mapping',
  });
  expect(await account('stranger')).toBeUndefined();
});

test('an account that an administrator here has shut stays shut, whatever the provider says', async () => {
  await admit(person('banned'));
  const { system } = house.db.storage;
  await sql`update account set disabled_at = ${new Date(house.now)} where subject = 'banned'`.execute(system);
  await expect(admit(person('banned'))).rejects.toMatchObject({ code: 'identity.account-disabled' });
  expect(await account('banned')).toMatchObject({ disabled: true, sessions: 0 });
  // Nor does a detour over the provider open it.
  house.now += 60_000;
  await expect(admit(person('banned', { enabled: false }))).rejects.toMatchObject({
    code: 'identity.barred',
  });
  await expect(admit(person('banned'))).rejects.toMatchObject({ code: 'identity.account-disabled' });
});

test('an account that the provider shut and an administrator closed afterwards is the administrator’s to open', async () => {
  await admit(person('closed'));
  await expect(admit(person('closed', { enabled: false }))).rejects.toMatchObject({
    code: 'identity.barred',
  });
  await sql`update account set disabled_reason = '离岗' where subject = 'closed'`.execute(
    house.db.storage.system,
  );
  await expect(admit(person('closed'))).rejects.toMatchObject({ code: 'identity.account-disabled' });
});

test('phones bound by a provider’s person, and what their PINs opened, end eight hours after the last sign-in there', async () => {
  await admit(person('phone'));
  const held = await account('phone');
  const { system } = house.db.storage;
  const bound = async (): Promise<boolean> => {
    const { rows } = await sql<{ open: boolean }>`
      select ended_at is null as open from bound_device where account_id = ${held?.id}`.execute(system);
    return rows[0]?.open ?? false;
  };
  const at = new Date(house.now);
  await sql`insert into bound_device (account_id, name, secret_hash, pin_hash, client, address, bound_at, last_used_at, expires_at)
    values (${held?.id}, '手机', 'secret', 'hash', '', '', ${at}, ${at}, ${new Date(house.now + 30 * DAY_MS)})`.execute(
    system,
  );
  await lapseIdentityPeople(house.system);
  expect(await bound()).toBe(true);
  house.now += IDENTITY_SESSION_MS;
  await lapseIdentityPeople(house.system);
  expect([await bound(), (await account('phone'))?.disabled]).toEqual([false, false]);
});

test('an account whose time is over, or that holds a separated role here, is not let in', async () => {
  await admit(person('over'));
  await admit(person('guard'));
  const { system } = house.db.storage;
  await sql`update account set expires_at = ${new Date(house.now)} where subject = 'over'`.execute(system);
  await expect(admit(person('over'))).rejects.toMatchObject({ code: 'identity.account-disabled' });
  const guard = await account('guard');
  await sql`delete from role_assignment where account_id = ${guard?.id}`.execute(system);
  await sql`insert into role_assignment (account_id, role, platform_id) select ${guard?.id}, 'audit-admin', id
    from platform where code = 'PD'`.execute(system);
  await expect(admit(person('guard'))).rejects.toMatchObject({ code: 'identity.no-mapping' });
  expect((await account('guard'))?.roles).toEqual(['audit-admin@PD local']);
});

test('whom the provider has not vouched for in thirty days is shut by the rule, and comes back by signing in', async () => {
  await admit(person('quiet'));
  const quiet = await account('quiet');
  house.now += 29 * DAY_MS;
  await admit(person('busy'));
  expect(await lapseIdentityPeople(house.system)).not.toContain(quiet?.id);
  house.now += 2 * DAY_MS;
  const lapsed = await lapseIdentityPeople(house.system);
  expect(lapsed).toContain(quiet?.id);
  expect(lapsed).not.toContain((await account('busy'))?.id);
  expect(await account('quiet')).toMatchObject({ disabled: true, roles: null, sessions: 0 });
  expect(await lapseIdentityPeople(house.system)).toEqual([]);
  const { rows } = await sql<{ actor: string }>`
    select actor from audit where subject = 'account/oidc:quiet' and action = 'account.disable'`.execute(
    house.db.storage.system,
  );
  expect(rows).toEqual([{ actor: 'rule:identity.lapse' }]);
  await admit(person('quiet'));
  expect(await account('quiet')).toMatchObject({ id: quiet?.id, disabled: false, sessions: 1 });
});

test('requests see nothing of the tables behind the sign-in, and of the mapping only who manages identities', async () => {
  const ask = (table: string, capability: string): Promise<number> =>
    house.db.storage.inScope(
      { scope: { places: [{ from: 1, to: 999_999 }], scenarios: [] }, account: 0, capability },
      async (tx) => {
        const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(tx);
        return rows[0]?.n ?? -1;
      },
    );
  for (const table of ['identity_person', 'identity_session', 'identity_once']) {
    await expect(ask(table, 'identity.manage')).rejects.toThrow(/permission denied/u);
  }
  expect(await ask('identity_mapping', 'account.read')).toBe(0);
  expect(await ask('identity_mapping', 'identity.manage')).toBe(3);
});
