// 钉钉: work notifications and robots, signed as its console asks, and what comes back.
import { createHmac } from 'node:crypto';

import { channelSettings, type SettingsOf } from '#contract/command';
import { openCallback, sealCallback, signCallback } from '#outlets/call';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { GROUND, MESSAGE, NOW, Receiver } from '../testing.ts';
import { DingtalkApp } from './dingtalk-app.ts';
import { DingtalkRobot, signDingtalk } from './dingtalk-robot.ts';
import { readDingtalkReceipt } from './read-dingtalk-receipt.ts';

const CALLBACK_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
const provider = new Receiver();
let answers: object[] = [];

beforeEach(async () => {
  answers = [];
  provider.got.length = 0;
  provider.answer = ({ url }) =>
    url.pathname === '/gettoken'
      ? { body: { errcode: 0, errmsg: 'ok', access_token: 'T', expires_in: 7200 } }
      : { body: answers.shift() ?? { errcode: 0, errmsg: 'ok', task_id: 256_271_667_526 } };
  await provider.open();
});
afterEach(() => provider.close());

const set = (): SettingsOf<'dingtalk'> =>
  channelSettings.parse({
    kind: 'dingtalk',
    baseUrl: provider.url,
    appKey: 'ding1',
    appSecret: 'app-secret',
    agentId: 5,
    callbackToken: 'tok',
    callbackKey: CALLBACK_KEY,
  }) as SettingsOf<'dingtalk'>;

test('a person gets a work notification; two reminders of one order differ, for the same text goes but once a day', async () => {
  const app = new DingtalkApp(set(), GROUND);
  expect(await app.send(MESSAGE)).toEqual({ kind: 'sent', providerId: '256271667526' });
  await app.send({ ...MESSAGE, id: 'N-17-2' });
  const [first, second] = provider.bodies('/topapi/message/corpconversation/asyncsend_v2');
  expect(first).toMatchObject({
    agent_id: 5,
    userid_list: 'zhang.san',
    msg: { msgtype: 'action_card', action_card: { title: MESSAGE.title, single_url: MESSAGE.link } },
  });
  expect(first?.['msg']).not.toEqual(second?.['msg']);
});

test.each([
  [
    { errcode: 88, errmsg: 'ding talk error[subcode=90018,submsg=qps]' },
    { kind: 'limited', retryAfterMs: 60_000 },
  ],
  [
    { errcode: 33012, errmsg: 'bad zhang.san' },
    { kind: 'refused', forGood: true, text: 'bad …' },
  ],
  [
    { errcode: -1, errmsg: 'busy' },
    { kind: 'refused', forGood: false },
  ],
  [{ hello: 'there' }, { kind: 'refused', forGood: false, code: 'unreadable' }],
])('HTTP 200 with %j is no success', async (answer, expected) => {
  answers = [answer];
  expect(await new DingtalkApp(set(), GROUND).send(MESSAGE)).toMatchObject(expected);
});

test('a token refused by the inner gate (88, subcode 40014) is renewed', async () => {
  answers = [{ errcode: 88, errmsg: 'ding talk error[subcode=40014,submsg=不合法的access_token]' }];
  expect(await new DingtalkApp(set(), GROUND).send(MESSAGE)).toMatchObject({ kind: 'sent' });
  expect(provider.got.filter(({ url }) => url.pathname === '/gettoken')).toHaveLength(2);
});

test('a list of people is not one person: nothing is sent', async () => {
  const refused = await new DingtalkApp(set(), GROUND).send({ ...MESSAGE, to: 'a,b' });
  expect(refused).toMatchObject({ kind: 'refused', forGood: true });
  expect(provider.got).toEqual([]);
});

test('a robot signs its calls; its refusal does not repeat the key, and too fast waits ten minutes', async () => {
  const given = {
    kind: 'dingtalk-robot',
    baseUrl: provider.url,
    accessToken: 'robot-token',
    secret: 'SEC000',
  };
  const robot = new DingtalkRobot(channelSettings.parse(given) as SettingsOf<'dingtalk-robot'>, GROUND);
  expect(await robot.send(MESSAGE)).toEqual({ kind: 'sent', providerId: null });
  const query = provider.got[0]?.url.searchParams;
  expect(query?.get('sign')).toBe(createHmac('sha256', 'SEC000').update(`${NOW}\nSEC000`).digest('base64'));
  answers = [
    { errcode: 310000, errmsg: 'sign not match robot-token' },
    { errcode: 130101, errmsg: 'send too fast' },
  ];
  expect(await robot.send(MESSAGE)).toEqual({
    kind: 'refused',
    forGood: true,
    code: '310000',
    text: 'sign not match …',
  });
  expect(await robot.send(MESSAGE)).toEqual({ kind: 'limited', retryAfterMs: 600_000 });
});

test('a reply to the robot names who answered, if it is signed and young', () => {
  const body = JSON.stringify({ senderStaffId: 'zhang.san', createAt: NOW, text: { content: ' 收到 ' } });
  const timestamp = String(NOW);
  const request = {
    method: 'POST',
    query: {},
    headers: { timestamp, sign: signDingtalk(timestamp, 'app-secret') },
    body,
    now: NOW,
  };
  expect(readDingtalkReceipt(set(), request)).toMatchObject({
    receipts: [{ providerId: null, from: 'zhang.san', state: 'answered', at: NOW, text: '收到' }],
  });
  expect(readDingtalkReceipt(set(), { ...request, now: NOW + 3_600_000 })).toMatchObject({ reason: 'stale' });
  const forged = { ...request, headers: { timestamp, sign: signDingtalk(timestamp, 'other') } };
  expect(readDingtalkReceipt(set(), forged)).toMatchObject({ reason: 'unsigned' });
});

test('the check of the address is answered with a sealed “success”', () => {
  const keys = { token: 'tok', key: CALLBACK_KEY, receiver: 'ding1' };
  const sealed = sealCallback('{"EventType":"check_url"}', keys);
  const timestamp = String(NOW);
  const signature = signCallback('tok', { timestamp, nonce: 'n', sealed });
  const reading = readDingtalkReceipt(set(), {
    method: 'POST',
    query: { signature, timestamp, nonce: 'n' },
    headers: {},
    body: JSON.stringify({ encrypt: sealed }),
    now: NOW,
  });
  expect(reading.kind).toBe('read');
  const reply = JSON.parse(reading.kind === 'read' ? reading.reply.body : '{}') as Record<string, string>;
  expect(openCallback(reply['encrypt'] ?? '', keys)).toBe('success');
  const again = {
    timestamp: reply['timeStamp'] ?? '',
    nonce: reply['nonce'] ?? '',
    sealed: reply['encrypt'] ?? '',
  };
  expect(reply['msg_signature']).toBe(signCallback('tok', again));
});
