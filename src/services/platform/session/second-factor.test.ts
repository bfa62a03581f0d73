import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { type House, MINUTE, openHouse, PASSWORD } from '../testing.ts';
import { beginTotp } from './begin-totp.ts';
import { confirmTotp } from './confirm-totp.ts';
import { removeTotp } from './remove-totp.ts';
import { codeOf, codeOfRefusal, come, enrol, makeOrdinary } from './testing.ts';

const STEP = 30_000;

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.db.drop());
beforeEach(() => {
  house.now += MINUTE;
});

const tryCode = (username: string, otp?: string) =>
  codeOfRefusal(come(house, { username, ...(otp === undefined ? {} : { otp }) }));

test('an authenticator is asked for once a code of it was shown, and takes each code one time', async () => {
  const { context } = await come(house, { username: 'gas.head' });
  const { secret, uri } = await beginTotp(context);
  expect(uri).toContain(`secret=${secret}`);
  expect(await tryCode('gas.head')).toBe('done');
  expect(await codeOfRefusal(confirmTotp(context, house.ground, { code: '000000' }))).toBe(
    'session.code-wrong',
  );
  const code = codeOf(secret, house.now);
  const { recoveryCodes } = await confirmTotp(context, house.ground, { code });
  expect(new Set(recoveryCodes).size).toBe(8);

  expect(await tryCode('gas.head')).toBe('session.otp-required');
  // The code that confirmed it is used up, too.
  expect(await tryCode('gas.head', code)).toBe('session.otp-required');
  house.now += STEP;
  const next = codeOf(secret, house.now);
  expect(await tryCode('gas.head', `${next.slice(0, 3)} ${next.slice(3)}`)).toBe('done');
  expect(await tryCode('gas.head', next)).toBe('session.otp-required');
});

test('a phone whose clock is one step off is taken, two steps off is not', async () => {
  const { context } = await come(house, { username: 'gas.leader' });
  const { secret } = await enrol(house, context);
  house.now += 10 * STEP;
  expect(await tryCode('gas.leader', codeOf(secret, house.now - 2 * STEP))).toBe('session.otp-required');
  expect(await tryCode('gas.leader', codeOf(secret, house.now + 2 * STEP))).toBe('session.otp-required');
  expect(await tryCode('gas.leader', codeOf(secret, house.now - STEP))).toBe('done');
  expect(await tryCode('gas.leader', codeOf(secret, house.now + STEP))).toBe('done');
  // Older than the newest that was used.
  expect(await tryCode('gas.leader', codeOf(secret, house.now))).toBe('session.otp-required');
});

test('a recovery code opens one time, also when it comes ten times at once', async () => {
  const { context } = await come(house, { username: 'lift.leader' });
  const { recoveryCodes } = await enrol(house, context);
  const [first = '', second = ''] = recoveryCodes;
  expect(await tryCode('lift.leader', first.toLowerCase().replace('-', ' '))).toBe('done');
  expect(await tryCode('lift.leader', first)).toBe('session.otp-required');
  const codes = await Promise.all(Array.from({ length: 10 }, () => tryCode('lift.leader', second)));
  expect(codes.filter((code) => code === 'done')).toHaveLength(1);
});

test('wrong codes count to the same lock as wrong passwords, ten at once included', async () => {
  const { context } = await come(house, { username: 'power.leader' });
  await enrol(house, context);
  expect(await codeOfRefusal(come(house, { username: 'power.leader', password: 'wrong' }))).toBe(
    'session.refused',
  );
  const codes = await Promise.all(Array.from({ length: 10 }, (_, i) => tryCode('power.leader', `00000${i}`)));
  expect(codes.filter((code) => code === 'session.otp-required')).toHaveLength(4);
  expect(codes.filter((code) => code === 'session.locked')).toHaveLength(6);
});

test('asking for the code step again and again neither locks nor forgives', async () => {
  const { context } = await come(house, { username: 'traffic.leader' });
  await enrol(house, context);
  for (let i = 0; i < 4; i += 1) await tryCode('traffic.leader', '000000');
  for (let i = 0; i < 6; i += 1) expect(await tryCode('traffic.leader')).toBe('session.otp-required');
  expect(await tryCode('traffic.leader', '000000')).toBe('session.otp-required');
  expect(await tryCode('traffic.leader')).toBe('session.locked');
});

test('it is taken out of use with the password and a code, and is owed again', async () => {
  const { context } = await come(house, { username: 'crowd.leader' });
  const { secret, recoveryCodes } = await enrol(house, context);
  await makeOrdinary(house, 'crowd.leader');
  house.now += MINUTE;
  const again = await come(house, { username: 'crowd.leader', otp: codeOf(secret, house.now) });
  expect(again.context.actor.owes).toBeUndefined();
  expect(await codeOfRefusal(beginTotp(again.context))).toBe('session.second-factor-exists');
  const remove = (password: string, code: string) =>
    codeOfRefusal(removeTotp(again.context, house.ground, { password, code }));
  expect(await remove('wrong', recoveryCodes[0]!)).toBe('session.refused');
  expect(await remove(PASSWORD, '000000')).toBe('session.otp-required');
  expect(await remove(PASSWORD, recoveryCodes[0]!)).toBe('done');
  expect((await come(house, { username: 'crowd.leader' })).context.actor.owes).toBe('second-factor');
});

test('a secret that nobody confirms in ten minutes is forgotten', async () => {
  const { context } = await come(house, { username: 'forest.leader' });
  expect(await codeOfRefusal(confirmTotp(context, house.ground, { code: '123456' }))).toBe(
    'session.enrolment-not-begun',
  );
  const { secret } = await beginTotp(context);
  house.now += 10 * MINUTE;
  const late = codeOfRefusal(confirmTotp(context, house.ground, { code: codeOf(secret, house.now) }));
  expect(await late).toBe('session.enrolment-not-begun');
});

test('the tables show neither the secret nor a recovery code', async () => {
  const { context } = await come(house, { username: 'forest.head' });
  const { secret, recoveryCodes } = await enrol(house, context);
  const { rows } = await sql<{
    all: string;
  }>`select (select string_agg(second_factor::text, ' ') from second_factor)
    || (select string_agg(recovery_code::text, ' ') from recovery_code)
    || (select string_agg(audit::text, ' ') from audit) as all`.execute(house.db.storage.system);
  expect(rows[0]?.all.length).toBeGreaterThan(100);
  for (const shown of [secret, ...recoveryCodes]) expect(rows[0]?.all).not.toContain(shown);
});
