// A browser is called through its maker's push service: sealed for it alone (RFC 8291), signed by us (RFC 8292).
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';

import { channelSettings, type SettingsOf } from '#contract/command';
import { AddressGuard } from '#outlets/call';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { GROUND, MESSAGE, Receiver } from '../testing.ts';
import { makeVapidKeys, WebPushSender } from './web-push-sender.ts';

const service = new Receiver();
const keys = makeVapidKeys();
const browser = createECDH('prime256v1');
browser.generateKeys();
const auth = randomBytes(16);
let to = '';

beforeEach(async () => {
  service.got.length = 0;
  service.answer = () => ({ status: 201, body: '' });
  await service.open();
  const p256dh = browser.getPublicKey().toString('base64url');
  to = JSON.stringify({
    endpoint: `${service.url}/push/1`,
    keys: { p256dh, auth: auth.toString('base64url') },
  });
});
afterEach(() => service.close());

const sender = (guard = GROUND.guard) =>
  new WebPushSender(
    channelSettings.parse({
      kind: 'web-push',
      subject: 'mailto:it@example.cn',
      ...keys,
    }) as SettingsOf<'web-push'>,
    { guard, now: GROUND.now },
  );

function open(sealed: Buffer): unknown {
  const salt = sealed.subarray(0, 16);
  const theirs = sealed.subarray(21, 86);
  const shared = browser.computeSecret(theirs);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), browser.getPublicKey(), theirs]);
  const ikm = Buffer.from(hkdfSync('sha256', shared, auth, info, 32));
  const key = Buffer.from(hkdfSync('sha256', ikm, salt, 'Content-Encoding: aes128gcm\0', 16));
  const nonce = Buffer.from(hkdfSync('sha256', ikm, salt, 'Content-Encoding: nonce\0', 12));
  const body = sealed.subarray(86);
  const decipher = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(body.subarray(-16));
  const clear = Buffer.concat([decipher.update(body.subarray(0, -16)), decipher.final()]);
  return JSON.parse(clear.subarray(0, clear.lastIndexOf(2)).toString('utf8'));
}

test('the browser can read it and the service can check who sent it; another attempt replaces the first', async () => {
  expect(await sender().send({ ...MESSAGE, to })).toEqual({ kind: 'sent', providerId: null });
  await sender().send({ ...MESSAGE, to });
  const [first, second] = service.got;
  expect(open(Buffer.from(first?.body ?? '', 'latin1'))).toEqual({
    id: MESSAGE.id,
    title: MESSAGE.title,
    text: MESSAGE.text,
    link: MESSAGE.link,
  });
  expect(first?.headers).toMatchObject({ urgency: 'high', 'content-encoding': 'aes128gcm' });
  expect(first?.headers['topic']).toBe(second?.headers['topic']);
  const [, token = '', shown] = /t=([^,]+), k=(.+)$/u.exec(first?.headers.authorization ?? '') ?? [];
  expect(shown).toBe(keys.publicKey);
  const point = Buffer.from(keys.publicKey, 'base64url');
  const x = point.subarray(1, 33).toString('base64url');
  const y = point.subarray(33).toString('base64url');
  const key = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
  const [head, claims, signature = ''] = token.split('.');
  const signed = Buffer.from(`${head}.${claims}`);
  const dsa = { key, dsaEncoding: 'ieee-p1363' } as const;
  expect(verify('sha256', signed, dsa, Buffer.from(signature, 'base64url'))).toBe(true);
});

test.each([
  [410, { kind: 'refused', forGood: true, code: 'http-410' }],
  [404, { kind: 'refused', forGood: true, code: 'http-404' }],
  [429, { kind: 'limited', retryAfterMs: 60_000 }],
  [500, { kind: 'refused', forGood: false }],
])('%i of the push service is told apart', async (status, expected) => {
  service.answer = () => ({ status, body: '' });
  expect(await sender().send({ ...MESSAGE, to })).toMatchObject(expected);
});

test('a browser cannot lead the server inside, and what is no subscription is not sent', async () => {
  expect(await sender(new AddressGuard([])).send({ ...MESSAGE, to })).toMatchObject({ code: 'inside' });
  const clear = to.replace(service.url, 'http://example.com');
  const wrong = ['', '{}', 'zhang.san', clear, to.replace(/"auth":"[^"]+"/u, '"auth":"AA"')];
  for (const one of wrong)
    expect(await sender().send({ ...MESSAGE, to: one })).toMatchObject({ forGood: true, code: 'malformed' });
  expect(service.got).toEqual([]);
});
