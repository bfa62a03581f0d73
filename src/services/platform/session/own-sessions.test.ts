import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { ADDRESS, type House, MINUTE, openHouse } from '../testing.ts';
import { clientName } from './client-name.ts';
import { endOtherSessions, endSession } from './end-session.ts';
import { issueToken } from './issue-token.ts';
import { listSessions } from './list-sessions.ts';
import { codeOfRefusal, come, requestOf } from './testing.ts';

const EDGE = 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.db.drop());
beforeEach(() => {
  house.now += MINUTE;
});

test('one’s own sessions are listed with when, where and with what, this one marked, nobody else’s beside them', async () => {
  await come(house, { username: 'gas.head' }, { userAgent: EDGE });
  house.now += MINUTE;
  const { context } = await come(house, { username: 'gas.head' }, { userAgent: 'curl/8.9.1' });
  await come(house, { username: 'gas.leader' });
  const { items, devices } = await listSessions(context);
  expect(
    items.map(({ client, current, openedWith, address }) => [client, current, openedWith, address]),
  ).toEqual([
    ['curl', true, 'password', ADDRESS],
    ['Edge · Windows', false, 'password', ADDRESS],
  ]);
  expect(devices).toEqual([]);
});

test('ending one takes effect at once, within the seconds an answer is believed', async () => {
  const lost = await come(house, { username: 'lift.head' });
  const own = await come(house, { username: 'lift.head' });
  const other = (await listSessions(own.context)).items.find((one) => !one.current);
  await endSession(own.context, other?.id ?? 0);
  expect(await house.findActor(lost.token, ADDRESS)).toBeUndefined();
  expect(await house.findActor(own.token, ADDRESS)).toBeDefined();
});

test('ending all others leaves the one that asks', async () => {
  const others = [
    await come(house, { username: 'power.head' }),
    await come(house, { username: 'power.head' }),
  ];
  const own = await come(house, { username: 'power.head' });
  expect(await endOtherSessions(own.context)).toEqual({ ended: 2 });
  for (const { token } of others) expect(await house.findActor(token, ADDRESS)).toBeUndefined();
  expect(await house.findActor(own.token, ADDRESS)).toBeDefined();
});

test('nobody ends a session of somebody else, whatever number they guess', async () => {
  const victim = await come(house, { username: 'water.head' });
  const id = (await listSessions(victim.context)).items[0]?.id ?? 0;
  const district = await come(house, { username: 'district' });
  expect(await codeOfRefusal(endSession(district.context, id))).toBe('record.not-found');
  expect(await house.findActor(victim.token, ADDRESS)).toBeDefined();
});

test('a token does not manage its issuer’s account', async () => {
  const { context } = await come(house, { username: 'tech.admin' });
  for (const kind of ['gateway', 'person'] as const) {
    const { token } = await issueToken(context, { body: { name: kind, kind } });
    const asToken = await requestOf(house, token);
    expect(await codeOfRefusal(endOtherSessions(asToken))).toBe('session.person-required');
    expect(await codeOfRefusal(listSessions(asToken))).toBe('session.person-required');
  }
});

test('signing in ends the session that the browser came with, so that none can be fixed beforehand', async () => {
  const before = await come(house, { username: 'bridge.head' });
  const after = await come(house, { username: 'bridge.head' }, { previous: before.token });
  expect(after.token).not.toBe(before.token);
  expect(await house.findActor(before.token, ADDRESS)).toBeUndefined();
  expect(await house.findActor(after.token, ADDRESS)).toBeDefined();
});

test.each([
  [EDGE, 'Edge · Windows'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Safari/604.1',
    'Safari · iOS',
  ],
  ['Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 Chrome/132.0 Safari/537.36', 'Chrome · 鸿蒙'],
  ['python-requests/2.32', 'python-requests'],
  ['<script>', '未知客户端'],
  [undefined, '未知客户端'],
])('%j calls itself %j', (userAgent, name) => expect(clientName(userAgent)).toBe(name));
