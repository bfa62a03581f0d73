// 政务微信 and 企业微信: a card that opens the deep link, its token, its codes, its callback.
import { channelSettings, type SettingsOf } from '#contract/command';
import { sealCallback, signCallback } from '#outlets/call';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { GROUND, MESSAGE, NOW, Receiver } from '../testing.ts';
import { readWecomReceipt } from './read-wecom-receipt.ts';
import { WecomApp } from './wecom-app.ts';
import { WecomRobot } from './wecom-robot.ts';

const CALLBACK_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
const provider = new Receiver();
let tokens = 0;
let answers: { errcode: number; errmsg: string; [more: string]: unknown }[] = [];

beforeEach(async () => {
  tokens = 0;
  answers = [];
  provider.got.length = 0;
  provider.answer = ({ url }) => {
    if (url.pathname !== '/cgi-bin/gettoken')
      return { body: answers.shift() ?? { errcode: 0, errmsg: 'ok', msgid: 'M1' } };
    tokens += 1;
    const right = url.searchParams.get('corpsecret') === 'app-secret';
    return {
      body: right
        ? { errcode: 0, errmsg: 'ok', access_token: `token-${tokens}`, expires_in: 7200 }
        : { errcode: 40001, errmsg: 'invalid secret app-secret-x' },
    };
  };
  await provider.open();
});
afterEach(() => provider.close());

function settings(more: object = {}): SettingsOf<'wecom'> {
  const given = { kind: 'wecom', baseUrl: provider.url, corpId: 'ww1', agentId: 100, secret: 'app-secret' };
  return channelSettings.parse({ ...given, ...more }) as SettingsOf<'wecom'>;
}

test('a member gets a card that opens the deep link; the token is asked for once', async () => {
  const app = new WecomApp(settings(), GROUND);
  const [first, second] = await Promise.all([app.send(MESSAGE), app.send({ ...MESSAGE, id: 'N-18-1' })]);
  expect([first, second]).toEqual([
    { kind: 'sent', providerId: 'M1' },
    { kind: 'sent', providerId: 'M1' },
  ]);
  expect(tokens).toBe(1);
  expect(provider.bodies('/cgi-bin/message/send')[0]).toEqual({
    touser: 'zhang.san',
    agentid: 100,
    msgtype: 'textcard',
    textcard: { title: MESSAGE.title, description: MESSAGE.text, url: MESSAGE.link, btntxt: '打开' },
  });
  expect(provider.got.at(-1)?.url.searchParams.get('access_token')).toBe('token-1');
});

test.each([40014, 42001])(
  'a token that is refused (%i) is renewed once, and the message goes',
  async (errcode) => {
    const app = new WecomApp(settings(), GROUND);
    answers = [{ errcode, errmsg: 'expired' }];
    expect(await app.send(MESSAGE)).toEqual({ kind: 'sent', providerId: 'M1' });
    answers = [
      { errcode, errmsg: 'expired' },
      { errcode, errmsg: 'expired' },
    ];
    expect(await app.send(MESSAGE)).toMatchObject({ kind: 'refused', forGood: false, code: String(errcode) });
    expect(tokens).toBe(3);
  },
);

test('a token is renewed before it runs out', async () => {
  let now = NOW;
  const app = new WecomApp(settings(), { guard: GROUND.guard, now: () => now });
  await app.send(MESSAGE);
  now += 7200_000 - 4 * 60_000;
  await app.send(MESSAGE);
  expect(tokens).toBe(2);
});

test.each([
  [
    { errcode: -1, errmsg: 'system busy' },
    { kind: 'refused', forGood: false, code: '-1' },
  ],
  [
    { errcode: 45009, errmsg: 'api freq out of limit' },
    { kind: 'limited', retryAfterMs: 60_000 },
  ],
  [
    { errcode: 60111, errmsg: 'userid zhang.san not found' },
    { forGood: true, text: 'userid … not found' },
  ],
  [
    { errcode: 0, errmsg: 'ok', invaliduser: 'zhang.san' },
    { kind: 'refused', forGood: true, code: 'invaliduser' },
  ],
])('HTTP 200 with %j is no success', async (answer, expected) => {
  answers = [answer];
  expect(await new WecomApp(settings(), GROUND).send(MESSAGE)).toMatchObject(expected);
});

test('a wrong secret is said without the secret, and for good', async () => {
  const refused = await new WecomApp(settings({ secret: 'app-secret-x' }), GROUND).send(MESSAGE);
  expect(refused).toMatchObject({ kind: 'refused', forGood: true, code: '40001' });
  expect(JSON.stringify(refused)).not.toContain('app-secret-x');
});

test.each(['@all', 'a|b', '', 'zhang san'])('“%s” is not one member: nothing is sent', async (to) => {
  const refused = await new WecomApp(settings(), GROUND).send({ ...MESSAGE, to });
  expect(refused).toMatchObject({ kind: 'refused', forGood: true, code: 'malformed' });
  expect(provider.got).toEqual([]);
});

test('what asks for an answer has a button where the callback is set, and the button comes back under our number', async () => {
  const set = settings({ callbackToken: 'tok', callbackKey: CALLBACK_KEY });
  const sent = await new WecomApp(set, GROUND).send({ ...MESSAGE, asksAnswer: true });
  expect(sent).toEqual({ kind: 'sent', providerId: 'N-17-1' });
  expect(provider.bodies('/cgi-bin/message/send')[0]).toMatchObject({
    msgtype: 'template_card',
    template_card: { task_id: 'N-17-1', button_list: [{ text: '接单', key: '1' }] },
  });
  const event =
    '<xml><FromUserName><![CDATA[zhang.san]]></FromUserName><CreateTime>1788573600</CreateTime><MsgType><![CDATA[event]]></MsgType>' +
    '<Event><![CDATA[template_card_event]]></Event><EventKey><![CDATA[1]]></EventKey><TaskId><![CDATA[N-17-1]]></TaskId></xml>';
  expect(readWecomReceipt(set, callback(event))).toEqual({
    kind: 'read',
    receipts: [
      { providerId: 'N-17-1', from: 'zhang.san', state: 'answered', at: 1_788_573_600_000, text: '1' },
    ],
    reply: { contentType: 'text/plain; charset=utf-8', body: '' },
  });
});

function callback(xml: string, { token = 'tok', receiver = 'ww1', at = NOW } = {}) {
  const sealed = sealCallback(xml, { token, key: CALLBACK_KEY, receiver });
  const timestamp = String(Math.floor(at / 1000));
  const msg_signature = signCallback(token, { timestamp, nonce: 'n1', sealed });
  const query = { msg_signature, timestamp, nonce: 'n1' };
  const body = `<xml><ToUserName><![CDATA[ww1]]></ToUserName><Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`;
  return { method: 'POST', query, headers: {}, body, now: NOW };
}

const REPLY =
  '<xml><FromUserName>li.si</FromUserName><CreateTime>1788573600</CreateTime><MsgType>text</MsgType><Content>收到</Content></xml>';

test('a reply in words names who answered; the check of the address is answered with its text', () => {
  const set = settings({ callbackToken: 'tok', callbackKey: CALLBACK_KEY });
  expect(readWecomReceipt(set, callback(REPLY))).toMatchObject({
    receipts: [{ providerId: null, from: 'li.si', state: 'answered', text: '收到' }],
  });
  const echostr = sealCallback('1234567890', { token: 'tok', key: CALLBACK_KEY, receiver: 'ww1' });
  const timestamp = String(NOW / 1000);
  const msg_signature = signCallback('tok', { timestamp, nonce: 'n', sealed: echostr });
  const check = {
    method: 'GET',
    query: { msg_signature, timestamp, nonce: 'n', echostr },
    headers: {},
    body: '',
  };
  expect(readWecomReceipt(set, { ...check, now: NOW })).toMatchObject({
    kind: 'read',
    reply: { body: '1234567890' },
  });
});

test('a callback that is signed otherwise, for another company, old, or torn, is refused', () => {
  const set = settings({ callbackToken: 'tok', callbackKey: CALLBACK_KEY });
  const refused = (reason: string) => ({ kind: 'refused', reason });
  expect(readWecomReceipt(set, callback(REPLY, { token: 'other' }))).toEqual(refused('unsigned'));
  expect(readWecomReceipt(set, callback(REPLY, { receiver: 'ww2' }))).toEqual(refused('unsigned'));
  expect(readWecomReceipt(set, callback(REPLY, { at: NOW - 11 * 60_000 }))).toEqual(refused('stale'));
  expect(readWecomReceipt(set, { ...callback(REPLY), body: '<xml><Enc' })).toEqual(refused('malformed'));
  expect(readWecomReceipt(settings(), callback(REPLY))).toEqual(refused('not-set'));
});

test('a robot keeps to 20 messages a minute and to 4096 bytes, cut at a character, and calls nobody by itself', async () => {
  let now = NOW;
  const given = { kind: 'wecom-robot', baseUrl: provider.url, key: 'robot-key' };
  const robot = new WecomRobot(channelSettings.parse(given) as SettingsOf<'wecom-robot'>, {
    guard: GROUND.guard,
    now: () => now,
  });
  const text = `<@all>[点我](http://evil) ${'积水'.repeat(2000)}`;
  for (let i = 0; i < 20; i++)
    expect(await robot.send({ ...MESSAGE, text })).toEqual({ kind: 'sent', providerId: null });
  expect(await robot.send(MESSAGE)).toEqual({ kind: 'limited', retryAfterMs: 60_000 });
  now += 60_000;
  expect(await robot.send({ ...MESSAGE, link: undefined, text: 'a'.repeat(3000) })).toMatchObject({
    kind: 'sent',
  });
  const bodies = provider.bodies('/cgi-bin/webhook/send');
  const contentOf = (index: number, type: string): string =>
    (bodies[index]?.[type] as { content: string } | undefined)?.content ?? '';
  const content = contentOf(0, 'markdown');
  expect(Buffer.byteLength(content)).toBeLessThanOrEqual(4096);
  expect(content).toMatch(/(?:积水|积)…\n\[打开\]\(https:\/\/puan\.example\/orders\/17\)$/u);
  expect(content).not.toContain('<@all>');
  expect(content).not.toContain('[点我]');
  expect(Buffer.byteLength(contentOf(20, 'text'))).toBe(2048);
});
