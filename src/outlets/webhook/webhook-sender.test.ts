import { channelSettings } from '#contract/command';
import { openSender } from '#outlets/channel';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { GROUND, MESSAGE, NOW, Receiver } from '../testing.ts';
import { signWebhook } from './sign-webhook.ts';

const receiver = new Receiver();
const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

beforeEach(async () => {
  receiver.answer = () => ({ body: 'ok' });
  await receiver.open();
});
afterEach(() => receiver.close());

test('a notification goes as a signed webhook under its own number', async () => {
  const settings = channelSettings.parse({ kind: 'webhook', url: `${receiver.url}/in`, secret });
  const sender = openSender(settings, GROUND);
  expect(await sender.send(MESSAGE)).toEqual({ kind: 'sent', providerId: 'N-17-1' });
  const [got] = receiver.got;
  const body = Buffer.from(got?.body ?? '', 'latin1').toString('utf8');
  expect(JSON.parse(body)).toMatchObject({ type: 'notification', id: 'N-17-1', to: 'zhang.san' });
  expect(got?.headers['webhook-signature']).toBe(
    signWebhook(secret, { id: 'N-17-1', timestamp: NOW / 1000, body }),
  );
  receiver.answer = () => ({ status: 410, body: '' });
  expect(await sender.send(MESSAGE)).toMatchObject({ kind: 'refused', forGood: true, code: 'http-410' });
});

test('a receiver that has said 200 has taken it, whatever else it says', async () => {
  receiver.answer = () => ({ body: 'a'.repeat(200_000) });
  const settings = channelSettings.parse({ kind: 'webhook', url: receiver.url, secret });
  expect(await openSender(settings, GROUND).send(MESSAGE)).toMatchObject({ kind: 'sent' });
});
