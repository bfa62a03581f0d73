import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { ADDRESS, type House, MINUTE, openHouse, PASSWORD } from '../testing.ts';
import { beginTotp } from './begin-totp.ts';
import { bindDevice } from './bind-device.ts';
import { changePassword } from './change-password.ts';
import { endBoundDevice } from './end-bound-device.ts';
import { getBoundDevice } from './get-bound-device.ts';
import { signInWithPin } from './sign-in-with-pin.ts';
import { codeOfRefusal, come, makeOrdinary, requestOf } from './testing.ts';

const PIN = '730591';
const DAY = 24 * 60 * MINUTE;
const PHONE = 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.db.drop());
beforeEach(() => {
  house.now += MINUTE;
});

async function bind(username: string) {
  const { context, token } = await come(house, { username });
  const bound = await bindDevice(context, { name: '值班手机', pin: PIN }, { userAgent: PHONE });
  return { context, token, ...bound };
}

const withPin = (secret: string | undefined, pin = PIN) =>
  (async () => signInWithPin(house.nobody(), house.ground, { pin }, { device: secret, userAgent: PHONE }))();
const pinRefusal = (secret: string | undefined, pin?: string) => codeOfRefusal(withPin(secret, pin));

test('a handler signs in on the bound phone with the PIN, and the secret alone tells whose phone it is', async () => {
  const { secret, device } = await bind('flood.handler');
  expect(device).toMatchObject({ name: '值班手机', client: 'Chrome · Android', current: true });
  const opened = await withPin(secret);
  expect(opened).toMatchObject({ user: { username: 'flood.handler' }, home: 'todo', obligation: null });
  expect(await getBoundDevice(house.nobody(), house.ground, { device: secret })).toEqual({
    bound: true,
    name: '值班手机',
    person: '防汛防台 处置人员',
  });
  expect(await getBoundDevice(house.nobody(), house.ground, { device: 'guessed' })).toMatchObject({
    bound: false,
  });
  expect(await pinRefusal('guessed')).toBe('session.device-unknown');
  expect(await pinRefusal(undefined)).toBe('session.device-unknown');
});

test('five wrong PINs in a row, ten at once included, end the binding and its sessions; the password opens again', async () => {
  const { secret } = await bind('gas.handler');
  const { token } = await withPin(secret);
  expect(await pinRefusal(secret, '111111')).toBe('session.pin-refused');
  expect(await pinRefusal(secret)).toBe('done');
  const codes = await Promise.all(Array.from({ length: 10 }, (_, i) => pinRefusal(secret, `99999${i}`)));
  expect(codes.filter((code) => code === 'session.pin-refused')).toHaveLength(4);
  expect(codes.filter((code) => code === 'session.device-unknown')).toHaveLength(6);
  expect(await pinRefusal(secret)).toBe('session.device-unknown');
  expect(await house.findActor(token, ADDRESS)).toBeUndefined();
  expect(await codeOfRefusal(come(house, { username: 'gas.handler' }))).toBe('done');
});

test('a wrong PIN says how many tries are left', async () => {
  const { secret } = await bind('power.handler');
  for (const left of [4, 3]) {
    await expect(withPin(secret, '000000')).rejects.toMatchObject({ details: { left } });
  }
});

test('only field roles bind a phone, with a PIN that is none of the first anybody tries', async () => {
  const { context: head } = await come(house, { username: 'gas.head' });
  const attempt = (context: typeof head, pin: string) =>
    codeOfRefusal(bindDevice(context, { name: 'x', pin }, {}));
  expect(await attempt(head, PIN)).toBe('session.device-not-for-role');
  const { context } = await come(house, { username: 'village.sample' });
  for (const pin of ['123456', '111111', '900512', '12345', 'abcdef', '1234567']) {
    expect([pin, await attempt(context, pin)]).toEqual([pin, 'session.pin-weak']);
  }
  expect(await attempt(context, PIN)).toBe('done');
});

test('a binding ends after a month without use, and after ninety days in any case', async () => {
  const { secret } = await bind('lift.handler');
  house.now += 29 * DAY;
  expect(await pinRefusal(secret)).toBe('done');
  house.now += 29 * DAY;
  expect(await pinRefusal(secret)).toBe('done');
  house.now += 29 * DAY;
  expect(await pinRefusal(secret)).toBe('done');
  house.now += 4 * DAY;
  expect(await pinRefusal(secret)).toBe('session.device-unknown');
  const other = await bind('lift.handler');
  house.now += 30 * DAY;
  expect(await pinRefusal(other.secret)).toBe('session.device-unknown');
});

test('a binding ends with a change of the password, with the account, and when its holder ends it', async () => {
  const changed = await bind('water.handler');
  await changePassword(changed.context, house.ground, { current: PASSWORD, next: 'Riverside-2027' });
  expect(await pinRefusal(changed.secret)).toBe('session.device-unknown');

  const shut = await bind('crowd.handler');
  await sql`update account set disabled_at = ${new Date(house.now)} where username = 'crowd.handler'`.execute(
    house.db.storage.system,
  );
  expect(await pinRefusal(shut.secret)).toBe('session.device-unknown');

  const ended = await bind('forest.handler');
  const stranger = await come(house, { username: 'constr.handler' });
  expect(await codeOfRefusal(endBoundDevice(stranger.context, ended.device.id))).toBe('record.not-found');
  const { token } = await withPin(ended.secret);
  await endBoundDevice(await requestOf(house, token), ended.device.id);
  expect(await house.findActor(token, ADDRESS)).toBeUndefined();
  expect(await pinRefusal(ended.secret)).toBe('session.device-unknown');
});

test('a bound phone is the second factor of its handler; a password elsewhere is then not enough to add another', async () => {
  await makeOrdinary(house, 'traffic.handler');
  const first = await come(house, { username: 'traffic.handler' });
  expect(first.context.actor.owes).toBe('second-factor');
  const { secret } = await bindDevice(first.context, { name: '值班手机', pin: PIN }, {});
  house.now += MINUTE;
  expect((await requestOf(house, first.token)).actor.owes).toBeUndefined();
  expect((await requestOf(house, (await withPin(secret)).token)).actor.owes).toBeUndefined();
  const here = await come(house, { username: 'traffic.handler' }, { device: secret });
  expect(here.context.actor.owes).toBeUndefined();

  const elsewhere = await come(house, { username: 'traffic.handler' });
  expect(elsewhere.context.actor.owes).toBe('second-factor');
  const more = bindDevice(elsewhere.context, { name: '另一台', pin: PIN }, {});
  expect(await codeOfRefusal(more)).toBe('session.second-factor-required');
  expect(await codeOfRefusal(beginTotp(elsewhere.context))).toBe('session.second-factor-required');
});

test('a session that a PIN opened binds nothing, and another person’s cookie does not vouch for anybody else', async () => {
  const { secret } = await bind('hazchem.handler');
  const pinned = await requestOf(house, (await withPin(secret)).token);
  expect(await codeOfRefusal(bindDevice(pinned, { name: 'x', pin: PIN }, {}))).toBe(
    'session.person-required',
  );
  await makeOrdinary(house, 'bridge.handler');
  const other = await come(house, { username: 'bridge.handler' }, { device: secret });
  expect(other.context.actor.owes).toBe('second-factor');
});

test('the tables show neither the phone’s secret nor anything a PIN could be tried against without the key', async () => {
  const { secret } = await bind('tunnel.handler');
  const { rows } = await sql<{ row: string; pin_hash: string }>`
    select bound_device::text as row, pin_hash from bound_device`.execute(house.db.storage.system);
  const { verifyPassword } = await import('./password.ts');
  for (const { row } of rows) expect(row.includes(secret) || row.includes(PIN)).toBe(false);
  expect(await verifyPassword(PIN, rows.at(-1)!.pin_hash)).toBe(false);
});
