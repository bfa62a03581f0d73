// SMS, calls and flash messages through whatever HTTP face the provider has, and what it tells afterwards.
import { channelSettings, type SettingsOf } from '#contract/command';
import { AddressGuard } from '#outlets/call';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { GROUND, MESSAGE, NOW, Receiver } from '../testing.ts';
import { PhoneGateway } from './phone-gateway.ts';
import { readPhoneReceipt, signReceipt } from './read-phone-receipt.ts';

const provider = new Receiver();
const SMS = { ...MESSAGE, to: '13800000001', text: '积水 27 cm，"立即"处置\n回复 1 接单' };

beforeEach(async () => {
  provider.got.length = 0;
  provider.answer = () => ({ body: { result: { code: 0, ids: ['S-9'] } } });
  await provider.open();
});
afterEach(() => provider.close());

const set = (more: object = {}): SettingsOf<'sms'> =>
  channelSettings.parse({
    kind: 'sms',
    url: `${provider.url}/send?to={phone}`,
    headers: { Authorization: 'Bearer {secret}' },
    body: '{"mobile":"{phone}","content":"{text}","extra":{"id":"{id}","t":{seconds}}}',
    secret: 'sms-secret',
    success: { pointer: '/result/code', equals: ['0'] },
    idPointer: '/result/ids/0',
    limited: ['1005'],
    forGood: ['2001'],
    receiptSecret: 'receipt-secret-16',
    ...more,
  }) as SettingsOf<'sms'>;

test('the template is filled so that it stays JSON, and the answer gives the number by which receipts come', async () => {
  expect(await new PhoneGateway(set(), GROUND).send(SMS)).toEqual({ kind: 'sent', providerId: 'S-9' });
  const [got] = provider.got;
  expect(got?.headers['authorization']).toBe('Bearer sms-secret');
  expect(got?.url.searchParams.get('to')).toBe('13800000001');
  expect(provider.bodies('/send')[0]).toEqual({
    mobile: '13800000001',
    content: SMS.text,
    extra: { id: 'N-17-1', t: NOW / 1000 },
  });
});

test('a form and a GET are written as they ask', async () => {
  await new PhoneGateway(set({ contentType: 'form', body: 'p={phone}&c={text}' }), GROUND).send(SMS);
  expect(new URLSearchParams(provider.got[0]?.body).get('c')).toBe(SMS.text);
  await new PhoneGateway(set({ method: 'GET', url: `${provider.url}/get?c={text}` }), GROUND).send(SMS);
  expect(provider.got[1]).toMatchObject({ method: 'GET', body: '' });
  expect(provider.got[1]?.url.searchParams.get('c')).toBe(SMS.text);
});

test.each([
  [{ result: { code: 1005 } }, { kind: 'limited', retryAfterMs: 60_000 }],
  [{ result: { code: '2001', for: '13800000001' } }, { kind: 'refused', forGood: true, code: '2001' }],
  [{ result: { code: 7 } }, { kind: 'refused', forGood: false, code: '7' }],
  [{}, { kind: 'refused', forGood: false, code: 'unreadable' }],
])('the answer %j is no success, and no phone is repeated', async (body, expected) => {
  provider.answer = () => ({ body });
  const result = await new PhoneGateway(set(), GROUND).send(SMS);
  expect(result).toMatchObject(expected);
  expect(JSON.stringify(result)).not.toContain('13800000001');
});

test.each([
  [429, { 'retry-after': '7' }, { kind: 'limited', retryAfterMs: 7000 }],
  [503, {}, { kind: 'refused', forGood: false, code: 'http-503' }],
  [401, {}, { kind: 'refused', forGood: true, code: 'http-401' }],
  [302, { location: 'http://127.0.0.1:1/' }, { kind: 'refused', forGood: true, code: 'http-302' }],
])('HTTP %i is told apart, and a redirect is not followed', async (status, headers, expected) => {
  provider.answer = () => ({ status, headers, body: '' });
  expect(await new PhoneGateway(set(), GROUND).send(SMS)).toMatchObject(expected);
  expect(provider.got).toHaveLength(1);
});

test('a provider that is away may be back; one inside the house is not called unless listed', async () => {
  const closed = set({ url: 'http://127.0.0.1:9/x' });
  expect(await new PhoneGateway(closed, GROUND).send(SMS)).toMatchObject({
    forGood: false,
    code: 'unreachable',
  });
  const strict = { guard: new AddressGuard([]), now: GROUND.now };
  expect(await new PhoneGateway(set(), strict).send(SMS)).toMatchObject({ forGood: true, code: 'inside' });
  const named = set({ url: provider.url.replace('127.0.0.1', 'localhost') });
  expect(await new PhoneGateway(named, strict).send(SMS)).toMatchObject({ forGood: true, code: 'inside' });
  expect(provider.got).toEqual([]);
});

test('an answer without end is cut off, not kept', async () => {
  provider.answer = () => ({ body: `{"result":{"code":0},"x":"${'a'.repeat(200_000)}"}` });
  expect(await new PhoneGateway(set(), GROUND).send(SMS)).toMatchObject({
    kind: 'refused',
    code: 'unreadable',
  });
});

test.each(['', '13800000001,13800000002', 'abc', '1\r\n2'])(
  '“%s” is no phone: nothing is sent',
  async (to) => {
    expect(await new PhoneGateway(set(), GROUND).send({ ...SMS, to })).toMatchObject({ code: 'malformed' });
    expect(provider.got).toEqual([]);
  },
);

function receipt(body: string, { secret = 'receipt-secret-16', at = NOW } = {}) {
  const seconds = String(Math.floor(at / 1000));
  const headers = { 'x-puan-timestamp': seconds, 'x-puan-signature': signReceipt(secret, seconds, body) };
  return { method: 'POST', query: {}, headers, body, now: NOW };
}

test('delivered, answered by reply and by key are read; alone or many', () => {
  const many = JSON.stringify({
    receipts: [
      { id: 'S-9', state: 'delivered', at: NOW },
      { from: '13800000001', state: 'answered', text: '1' },
    ],
  });
  expect(readPhoneReceipt(set(), receipt(many))).toMatchObject({
    receipts: [
      { providerId: 'S-9', from: null, state: 'delivered', at: NOW, text: null },
      { providerId: null, from: '13800000001', state: 'answered', at: null, text: '1' },
    ],
  });
  const one = JSON.stringify({ id: 'V-1', state: 'answered', text: '1' });
  expect(readPhoneReceipt(set(), receipt(one))).toMatchObject({ receipts: [{ providerId: 'V-1' }] });
});

test('what is signed otherwise, old, changed, of nothing, or not expected is refused', () => {
  const body = JSON.stringify({ id: 'S-9', state: 'delivered' });
  const reasons = [
    readPhoneReceipt(set(), receipt(body, { secret: 'another-secret-16' })),
    readPhoneReceipt(set(), { ...receipt(body), body: body.replace('S-9', 'S-8') }),
    readPhoneReceipt(set(), receipt(body, { at: NOW - 3_600_000 })),
    readPhoneReceipt(set(), receipt('{"state":"delivered"}')),
    readPhoneReceipt(set({ receiptSecret: undefined }), receipt(body)),
    readPhoneReceipt(set(), { ...receipt(body), headers: {} }),
  ].map((reading) => (reading.kind === 'refused' ? reading.reason : 'read'));
  expect(reasons).toEqual(['unsigned', 'unsigned', 'stale', 'malformed', 'not-set', 'unsigned']);
});
