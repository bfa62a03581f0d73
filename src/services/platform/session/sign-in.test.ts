import { RequestContext } from '#services/context';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { getSession } from './get-session.ts';
import { issueToken } from './issue-token.ts';
import { openSampleAccounts } from '../account/open-sample-accounts.ts';
import { hashPassword, verifyPassword } from './password.ts';
import { ADDRESS, type House, MINUTE, openHouse, PASSWORD } from '../testing.ts';
import { putSetting } from '../organisation/put-setting.ts';
import { signIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.db.drop());
beforeEach(() => {
  // What the finder believes for five seconds must not leak into the next test.
  house.now += MINUTE;
});

const tryPassword = (username: string, password: string) =>
  signIn(house.nobody(), house.ground, { username, password });

test('a stored password is argon2id with its own salt, and only the right one fits', async () => {
  const [one, other] = await Promise.all([hashPassword('浦东'), hashPassword('浦东')]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/u);
  expect(one).not.toBe(other);
  expect(await verifyPassword('浦东', one)).toBe(true);
  expect(await verifyPassword('浦西', one)).toBe(false);
  await expect(verifyPassword('浦东', 'plain')).rejects.toThrow('argon2id');
});

test('a wrong password five times locks the account; the sixth right one is refused with the minutes', async () => {
  for (let i = 0; i < 5; i += 1) {
    await expect(tryPassword('gas.handler', 'wrong')).rejects.toMatchObject({ code: 'session.refused' });
  }
  await expect(tryPassword('gas.handler', PASSWORD)).rejects.toMatchObject({
    code: 'session.locked',
    details: { minutes: 15 },
  });
  house.now += 15 * MINUTE;
  await expect(tryPassword('gas.handler', PASSWORD)).resolves.toMatchObject({
    user: { username: 'gas.handler' },
  });
});

test('ten wrong passwords at the same moment open no more than five tries', async () => {
  const tries = Array.from({ length: 10 }, () => tryPassword('lift.handler', 'wrong'));
  const outcomes = await Promise.allSettled(tries);
  const codes = outcomes.map((one) =>
    one.status === 'rejected' ? (one.reason as { code: string }).code : 'opened',
  );
  expect(codes.filter((code) => code === 'session.refused')).toHaveLength(5);
  expect(codes.filter((code) => code === 'session.locked')).toHaveLength(5);
});

test('a name that nobody has answers like a wrong password, down to the lock', async () => {
  for (let i = 0; i < 5; i += 1) {
    await expect(tryPassword('no.such', 'wrong')).rejects.toMatchObject({ code: 'session.refused' });
  }
  await expect(tryPassword('no.such', 'wrong')).rejects.toMatchObject({ code: 'session.locked' });
});

test('a disabled account is refused, and its open session ends', async () => {
  const token = (await tryPassword('crowd.admin', PASSWORD)).token;
  await sql`update account set disabled_at = ${new Date(house.now)} where username = 'crowd.admin'`.execute(
    house.db.storage.system,
  );
  await expect(tryPassword('crowd.admin', PASSWORD)).rejects.toMatchObject({ code: 'session.refused' });
  expect(await house.findActor(token, ADDRESS)).toBeUndefined();
});

test('every sign-in, refusal and lock is in the audit, without the password', async () => {
  await tryPassword('water.head', PASSWORD);
  await expect(tryPassword('water.head', 'geheim')).rejects.toMatchObject({ code: 'session.refused' });
  const { rows } = await sql<{ action: string; actor: string; address: string; row: string }>`
    select action, actor, address, audit::text as row from audit where subject = 'account/water.head' and address is not null
    order by id`.execute(house.db.storage.system);
  expect(rows.map((row) => row.action)).toEqual(['session.opened', 'session.refused']);
  expect(rows.map((row) => row.address)).toEqual(['192.0.2.7', '192.0.2.7']);
  expect(rows.some((row) => row.row.includes('geheim'))).toBe(false);
});

test('a platform that sets a shorter rest ends the sessions of its people sooner, from their next sign-in on', async () => {
  const { token: before } = await tryPassword('flood.admin', PASSWORD);
  const setting = { params: { code: 'industry.emergency', key: 'session.idle-minutes' } };
  await putSetting(await house.as('district'), { ...setting, body: { value: 10 } });
  const opened = await tryPassword('flood.admin', PASSWORD);
  expect(opened.expiresAt).toBe(house.now + 10 * MINUTE);
  const { token: elsewhere } = await tryPassword('gas.admin', PASSWORD);
  house.now += 10 * MINUTE;
  expect(await house.findActor(opened.token, ADDRESS)).toBeUndefined();
  expect(await house.findActor(before, ADDRESS)).toBeDefined();
  expect(await house.findActor(elsewhere, ADDRESS)).toBeDefined();
});

test('a session lives half an hour idle, and ends at sign-out', async () => {
  const { token } = await tryPassword('district', PASSWORD);
  const find = () => house.findActor(token, ADDRESS);
  house.now += 29 * MINUTE;
  expect(await find()).toBeDefined();
  house.now += 29 * MINUTE;
  expect(await find()).toBeDefined();
  house.now += 30 * MINUTE;
  expect(await find()).toBeUndefined();

  const context = await house.as('district');
  expect(await getSession(context)).toMatchObject({
    user: { username: 'district' },
    home: 'duty',
    expiresAt: house.now + 30 * MINUTE,
    obligation: null,
    notices: [expect.stringContaining('首次启动')],
  });
  const again = await tryPassword('district', PASSWORD);
  const actor = await house.findActor(again.token, ADDRESS);
  expect(actor).toBeDefined();
  if (actor) await signOut(new RequestContext(house.ground, actor));
  expect(await house.findActor(again.token, ADDRESS)).toBeUndefined();
});

test('a day ends even a session that is used all the time', async () => {
  const { token } = await tryPassword('office', PASSWORD);
  for (let half = 1; half < 72; half += 1) {
    house.now += 20 * MINUTE;
    expect(await house.findActor(token, ADDRESS)).toBeDefined();
  }
  house.now += 20 * MINUTE;
  expect(await house.findActor(token, ADDRESS)).toBeUndefined();
});

test('a page that asks by itself keeps the duty desk signed in, and nobody else', async () => {
  const [onDuty, offDuty] = [await tryPassword('district', PASSWORD), await tryPassword('office', PASSWORD)];
  for (let minutes = 0; minutes < 60; minutes += 10) {
    house.now += 10 * MINUTE;
    expect(await house.findActor(onDuty.token, ADDRESS, true)).toBeDefined();
    const desk = await house.findActor(offDuty.token, ADDRESS, true);
    expect([minutes, desk !== undefined]).toEqual([minutes, minutes < 20]);
  }
});

test('one click between the page’s own questions counts, also within the seconds an answer is believed', async () => {
  const { token } = await tryPassword('office', PASSWORD);
  house.now += 29 * MINUTE;
  expect(await house.findActor(token, ADDRESS, true)).toBeDefined();
  house.now += 1000;
  expect(await house.findActor(token, ADDRESS)).toBeDefined();
  house.now += 20 * MINUTE;
  expect(await house.findActor(token, ADDRESS)).toBeDefined();
});

test('scope follows the platform: scenario, industry, district, town, village', async () => {
  const scopeOf = async (username: string) => (await house.as(username)).actor.rights.reach;
  // An office’s own numbers hold its people and rosters, no objects.
  expect(await scopeOf('flood.handler')).toEqual({ places: [{ from: 1010, to: 1019 }], scenarios: [1] });
  expect(await scopeOf('met.admin')).toEqual({ places: [{ from: 4000, to: 4999 }], scenarios: [16] });
  expect(await scopeOf('district')).toEqual({ places: [{ from: 1, to: 999_999 }], scenarios: [] });
  expect(await scopeOf('lingang.admin')).toEqual({ places: [{ from: 200_000, to: 204_999 }], scenarios: [] });
  expect(await scopeOf('town.zhangjiang')).toEqual({
    places: [{ from: 121_000, to: 121_999 }],
    scenarios: [],
  });
  expect(await scopeOf('village.sample')).toEqual({
    places: [{ from: 121_010, to: 121_019 }],
    scenarios: [],
  });
  await sql`update role_assignment set platform_id = (select id from platform where code = 'industry.emergency')
    where account_id = (select id from account where username = 'snowice.leader')`.execute(
    house.db.storage.system,
  );
  expect((await scopeOf('snowice.leader')).scenarios).toEqual([1, 2, 3, 4]);
});

test('a handler opens on his own list, the auditor sees no warnings', async () => {
  expect(await getSession(await house.as('flood.handler'))).toMatchObject({ home: 'todo' });
  const auditor = await house.as('auditor');
  expect([...auditor.actor.rights.capabilities]).toEqual([
    'platform.read',
    'account.read',
    'audit.read',
    'audit.export',
  ]);
});

test('a gateway token writes for the issuer’s scope, a device token only for its device', async () => {
  const context = await house.as('tech.admin');
  await sql`insert into device (protocol, code, place) values ('http', 'D1', 121000)`.execute(
    house.db.storage.system,
  );
  const gateway = await issueToken(context, { body: { name: '网关', kind: 'gateway' } });
  const device = await issueToken(context, { body: { name: '设备', kind: 'device', device: 'D1' } });
  const asGateway = await house.findActor(gateway.token, ADDRESS);
  expect(asGateway?.rights.scopeOf('reading.write').places).toEqual([{ from: 1, to: 999_999 }]);
  const asDevice = await house.findActor(device.token, ADDRESS);
  expect(asDevice?.deviceId).toBe(1);
  expect(asDevice?.rights.reach).toEqual({ places: [], scenarios: [] });
  expect(await house.findActor('guessed', ADDRESS)).toBeUndefined();
  const expired = { name: '短', kind: 'person' as const, expiresAt: house.now + MINUTE };
  const short = await issueToken(context, { body: expired });
  expect(await house.findActor(short.token, ADDRESS)).toMatchObject({ username: 'tech.admin' });
  house.now += MINUTE;
  expect(await house.findActor(short.token, ADDRESS)).toBeUndefined();
  await expect(issueToken(context, { body: { name: '无', kind: 'device' } })).rejects.toMatchObject({
    code: 'input.invalid',
  });
  await expect(
    issueToken(await house.as('flood.handler'), { body: { name: '网关', kind: 'gateway' } }),
  ).rejects.toMatchObject({ code: 'access.denied' });
});

test('a restart leaves accounts alone; a new first password reaches those who still have theirs', async () => {
  const again = (bootstrapPassword?: string) =>
    openSampleAccounts(house.system, { bootstrapPassword, empty: false });
  expect(await again()).toEqual({ opened: [], reset: [], generatedPassword: undefined });
  expect(await again(PASSWORD)).toEqual({ opened: [], reset: [], generatedPassword: undefined });
  await sql`update account set password_from_bootstrap = false where username = 'power.admin'`.execute(
    house.db.storage.system,
  );
  expect((await again('新密码')).reset).toHaveLength(74);
  await expect(tryPassword('power.leader', '新密码')).resolves.toBeDefined();
  await expect(tryPassword('power.admin', PASSWORD)).resolves.toBeDefined();
  await again(PASSWORD);
});
