import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';

import { type House, MINUTE, openHouse, PASSWORD } from '../testing.ts';
import { changePassword } from './change-password.ts';
import type * as Passwords from './password.ts';
import { codeOfRefusal, come, enrol, makeOrdinary } from './testing.ts';

const work = vi.hoisted(() => ({ verified: 0 }));
vi.mock('./password.ts', async (original) => {
  const real = await original<typeof Passwords>();
  return {
    ...real,
    verifyPassword: (password: string, stored: string) => {
      work.verified += 1;
      return real.verifyPassword(password, stored);
    },
  };
});

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.db.drop());
beforeEach(() => {
  house.now += MINUTE;
});

const DAY = 24 * 60 * MINUTE;
const change = async (username: string, current: string, next: string) => {
  const { context } = await come(house, { username, password: current });
  return changePassword(context, house.ground, { current, next });
};

test('a password is changed by whoever knows it, and only to one that keeps the rules', async () => {
  const { context } = await come(house, { username: 'gas.head' });
  const give = (current: string, next: string) =>
    codeOfRefusal(changePassword(context, house.ground, { current, next }));
  expect(await give('wrong', 'Riverside-2027')).toBe('session.refused');
  expect(await give(PASSWORD, 'short')).toBe('session.password-weak');
  expect(await give(PASSWORD, 'Gas.Head-20271')).toBe('session.password-weak');
  expect(await give(PASSWORD, 'Riverside-2027')).toBe('done');
  expect(await codeOfRefusal(come(house, { username: 'gas.head' }))).toBe('session.refused');
  expect(await codeOfRefusal(come(house, { username: 'gas.head', password: 'Riverside-2027' }))).toBe('done');
});

test('none of the last five passwords is taken again, the one before them is', async () => {
  const all = [PASSWORD, ...[1, 2, 3, 4, 5].map((n) => `Riverside-${n}-abc`)];
  for (let i = 1; i < all.length; i += 1) await change('gas.leader', all[i - 1]!, all[i]!);
  for (const used of all.slice(1)) {
    expect([used, await codeOfRefusal(change('gas.leader', all[5]!, used))]).toEqual([
      used,
      'session.password-reused',
    ]);
  }
  expect(await codeOfRefusal(change('gas.leader', all[5]!, PASSWORD))).toBe('session.password-weak');
  await change('gas.leader', all[5]!, 'Riverside-6-abc');
  expect(await codeOfRefusal(change('gas.leader', 'Riverside-6-abc', 'Riverside-1-abc'))).toBe('done');
  const { rows } = await sql<{ kept: number }>`select count(*)::int as kept from password_history h
    join account a on a.id = h.account_id where a.username = 'gas.leader'`.execute(house.db.storage.system);
  expect(rows[0]?.kept).toBe(4);
});

test('the session in which a password is changed goes on, all others end at once', async () => {
  const other = await come(house, { username: 'lift.head' });
  const own = await come(house, { username: 'lift.head' });
  await changePassword(own.context, house.ground, { current: PASSWORD, next: 'Riverside-2027' });
  expect(await house.findActor(own.token, '192.0.2.7')).toBeDefined();
  expect(await house.findActor(other.token, '192.0.2.7')).toBeUndefined();
});

test('a password that somebody else set, and one of ninety days, is owed before anything else', async () => {
  const owes = async () => (await come(house, { username: 'crowd.head' })).context.actor.owes;
  expect(await owes()).toBeUndefined();
  await makeOrdinary(house, 'crowd.head');
  house.now += MINUTE;
  expect(await owes()).toBe('second-factor');
  await sql`update account set must_change_password = true where username = 'crowd.head'`.execute(
    house.db.storage.system,
  );
  expect(await owes()).toBe('password');
  await change('crowd.head', PASSWORD, 'Riverside-2027');
  const later = async () =>
    (await come(house, { username: 'crowd.head', password: 'Riverside-2027' })).context.actor.owes;
  expect(await later()).toBe('second-factor');
  house.now += 90 * DAY;
  expect(await later()).toBe('password');
});

test('whoever sits at an open session guesses the password five times and no more', async () => {
  const { context } = await come(house, { username: 'power.head' });
  const tries = Array.from({ length: 10 }, (_, i) =>
    codeOfRefusal(changePassword(context, house.ground, { current: `guess-${i}`, next: 'Riverside-2027' })),
  );
  const codes = await Promise.all(tries);
  expect(codes.filter((code) => code === 'session.refused')).toHaveLength(5);
  expect(codes.filter((code) => code === 'session.locked')).toHaveLength(5);
  expect(await codeOfRefusal(come(house, { username: 'power.head' }))).toBe('session.locked');
});

test('a refusal costs one verification whatever is wrong: name, password, code, or a shut account', async () => {
  const { context } = await come(house, { username: 'water.admin' });
  await enrol(house, context);
  await sql`update account set disabled_at = ${new Date(house.now)} where username = 'water.leader'`.execute(
    house.db.storage.system,
  );
  await codeOfRefusal(come(house, { username: 'nobody.at.all', password: 'x' }));
  const cost = async (who: Parameters<typeof come>[1]) => {
    const before = work.verified;
    const code = await codeOfRefusal(come(house, who));
    return [code, work.verified - before];
  };
  const refused = ['session.refused', 1];
  expect(await cost({ username: 'no.such.name', password: 'wrong' })).toEqual(refused);
  expect(await cost({ username: 'no.such.name', password: 'wrong', otp: '123456' })).toEqual(refused);
  expect(await cost({ username: 'water.admin', password: 'wrong' })).toEqual(refused);
  expect(await cost({ username: 'water.admin', password: 'wrong', otp: '123456' })).toEqual(refused);
  expect(await cost({ username: 'water.head', password: 'wrong', otp: '123456' })).toEqual(refused);
  expect(await cost({ username: 'water.leader' })).toEqual(refused);
  expect(await cost({ username: 'water.leader', otp: 'ABCDE-FGHJK' })).toEqual(refused);
  expect(await cost({ username: 'water.admin' })).toEqual(['session.otp-required', 1]);
  expect(await cost({ username: 'water.admin', otp: '000000' })).toEqual(['session.otp-required', 1]);
});
