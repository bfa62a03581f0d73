import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { ADDRESS, type House, MINUTE, openHouse } from '../testing.ts';
import { issueToken } from './issue-token.ts';
import { listTokens } from './list-tokens.ts';
import { revokeToken } from './revoke-token.ts';
import { rotateToken } from './rotate-token.ts';
import { codeOfRefusal, come } from './testing.ts';

const DAY = 24 * 60 * MINUTE;
const PAGE = { limit: 50, mine: 'false' as const };

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.db.drop());
beforeEach(() => {
  house.now += MINUTE;
});

const as = async (username: string) => (await come(house, { username })).context;
const find = (token: string) => house.findActor(token, ADDRESS);

test('a token is listed with who issued it, its use and its end, never with its text', async () => {
  const context = await as('gas.admin');
  const body = { name: '燃气网关', kind: 'gateway' as const, expiresAt: house.now + DAY };
  const { id, token } = await issueToken(context, { body });
  await find(token);
  const { items } = await listTokens(context, { query: PAGE });
  expect(items[0]).toMatchObject({
    id,
    name: '燃气网关',
    issuedBy: { username: 'gas.admin' },
    lastUsedAt: house.now,
    expiresAt: house.now + DAY,
    state: 'active',
    stale: false,
    allowedActions: ['rotate', 'revoke'],
  });
  expect(JSON.stringify(items)).not.toContain(token);
  house.now += DAY;
  expect((await listTokens(await as('gas.admin'), { query: PAGE })).items[0]).toMatchObject({
    state: 'expired',
  });
});

test('who issued a token sees it, and so does who administers that account; the neighbour does not', async () => {
  const { id } = await issueToken(await as('water.admin'), { body: { name: '供水', kind: 'gateway' } });
  const sees = async (username: string, mine: 'true' | 'false' = 'false') =>
    (await listTokens(await as(username), { query: { ...PAGE, mine } })).items.some((one) => one.id === id);
  expect(await sees('water.admin', 'true')).toBe(true);
  expect(await sees('tech.admin')).toBe(true);
  expect(await sees('tech.admin', 'true')).toBe(false);
  expect(await sees('power.admin')).toBe(false);
  const foreign = await as('power.admin');
  expect(await codeOfRefusal(revokeToken(foreign, { params: { id } }))).toBe('record.not-found');
  const input = { params: { id }, body: { graceMinutes: 10 } };
  expect(await codeOfRefusal(rotateToken(foreign, input))).toBe('record.not-found');
});

test('a revoked token is over at once, within the seconds an answer is believed', async () => {
  const context = await as('power.admin');
  const { id, token } = await issueToken(context, { body: { name: '供电', kind: 'gateway' } });
  expect(await find(token)).toBeDefined();
  await revokeToken(context, { params: { id } });
  expect(await find(token)).toBeUndefined();
  const input = { params: { id }, body: { graceMinutes: 10 } };
  expect(await codeOfRefusal(rotateToken(context, input))).toBe('token.ended');
});

test('a rotated token and its successor both work for the grace, then only the successor', async () => {
  const context = await as('tunnel.admin');
  const body = { name: '管廊', kind: 'gateway' as const, scenarios: ['TUNNEL'] };
  const { id, token } = await issueToken(context, { body });
  const input = { params: { id }, body: { graceMinutes: 10 } };
  const next = await rotateToken(context, input);
  house.now += 9 * MINUTE;
  expect(await find(token)).toBeDefined();
  expect((await find(next.token))?.rights.reach).toEqual({ places: [], scenarios: [7] });
  house.now += MINUTE;
  expect(await find(token)).toBeUndefined();
  expect(await find(next.token)).toBeDefined();
  expect(await codeOfRefusal(rotateToken(context, input))).toBe('token.ended');
});

test('one person’s token is nobody else’s to rotate: the new one would be that person', async () => {
  const { id, token } = await issueToken(await as('lift.admin'), { body: { name: '脚本', kind: 'person' } });
  const technician = await as('tech.admin');
  const input = { params: { id }, body: { graceMinutes: 10 } };
  expect(await codeOfRefusal(rotateToken(technician, input))).toBe('token.not-yours');
  await revokeToken(technician, { params: { id } });
  expect(await find(token)).toBeUndefined();
});

test('who rotates a gateway’s token answers for it: it reaches no further than they do', async () => {
  const { id } = await issueToken(await as('tech.admin'), { body: { name: '全区', kind: 'gateway' } });
  await sql`update account set place = 1080, scenario = 5 where username = 'tech.admin'`.execute(
    house.db.storage.system,
  );
  const gas = await as('gas.admin');
  const visible = (await listTokens(gas, { query: PAGE })).items.some((one) => one.id === id);
  expect(visible).toBe(true);
  const next = await rotateToken(gas, { params: { id }, body: { graceMinutes: 10 } });
  expect((await find(next.token))?.rights.reach).toEqual(gas.actor.rights.reach);
  await sql`update account set place = p.place, scenario = p.scenario from platform p
    where p.id = platform_id and username = 'tech.admin'`.execute(house.db.storage.system);
});

test('a gateway’s token is narrowed to a platform or to scenarios, only inside its issuer’s own reach', async () => {
  const technician = await as('tech.admin');
  const issue = (context: typeof technician, narrow: object) =>
    issueToken(context, { body: { name: '窄', kind: 'gateway', ...narrow } });
  const town = await issue(technician, { platform: '310115125' });
  expect((await find(town.token))?.rights.scopeOf('reading.write').places).toEqual([
    { from: 121_000, to: 121_999 },
  ]);
  const two = await issue(technician, { scenarios: ['GAS', 'FLOOD'] });
  expect((await find(two.token))?.rights.reach).toEqual({ places: [], scenarios: [5, 1] });

  const gas = await as('gas.admin');
  expect(await codeOfRefusal(issue(gas, { scenarios: ['FLOOD'] }))).toBe('input.invalid');
  expect(await codeOfRefusal(issue(gas, { platform: '310115125' }))).toBe('input.invalid');
  expect(await codeOfRefusal(issue(gas, { platform: 'nowhere' }))).toBe('record.not-found');
  expect(await codeOfRefusal(issue(gas, { platform: 'GAS', scenarios: ['GAS'] }))).toBe('input.invalid');
  expect(await codeOfRefusal(issue(gas, { scenarios: ['NONE'] }))).toBe('input.invalid');
  expect(await codeOfRefusal(issue(gas, { kind: 'person', scenarios: ['GAS'] }))).toBe('input.invalid');
});

test('a narrowed token shrinks with its issuer and never grows beyond what it was issued for', async () => {
  const context = await as('district');
  const { token } = await issueToken(context, {
    body: { name: '镇', kind: 'gateway', platform: '310115125' },
  });
  const reach = async () => (await find(token))?.rights.reach;
  expect((await reach())?.places).toEqual([{ from: 121_000, to: 121_999 }]);
  await sql`update role_assignment set platform_id = (select id from platform where code = 'GAS')
    where account_id = (select id from account where username = 'district')`.execute(house.db.storage.system);
  house.now += MINUTE;
  expect(await reach()).toEqual({ places: [], scenarios: [] });
});

test('a token that nobody used for ninety days is flagged', async () => {
  const { id } = await issueToken(await as('bridge.admin'), { body: { name: '旧', kind: 'gateway' } });
  const flag = async () =>
    (await listTokens(await as('bridge.admin'), { query: PAGE })).items.find((one) => one.id === id)?.stale;
  house.now += 89 * DAY;
  expect(await flag()).toBe(false);
  house.now += DAY;
  expect(await flag()).toBe(true);
});
