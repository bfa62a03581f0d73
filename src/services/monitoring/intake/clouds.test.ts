import { createHash, createHmac } from 'node:crypto';

import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { MINUTE } from '../testing.ts';
import { forgetMessages } from './keep-message.ts';
import { listMessages } from './list-messages.ts';
import { listSources } from './list-sources.ts';
import { createSource, updateSource } from './save-source.ts';
import { IntakeStation, SECRET } from './testing.ts';
import { verifyOnenet } from './verify-onenet.ts';

let at: IntakeStation;
beforeAll(async () => {
  at = await IntakeStation.open();
});
afterAll(() => at.close());

const refusedBy = (code: string) => expect.objectContaining({ code }) as Error;
const REFUSED = refusedBy('intake.refused');
const message = (deviceId: string, payload: object, more: object = {}) => ({
  timestamp: at.station.now,
  messageType: 'dataReport',
  deviceId,
  IMEI: `imei-${deviceId}`,
  payload,
  ...more,
});

test('a gas detector behind CTWing is read by its factor map, and the same message again is one reading', async () => {
  const point = await at.station.point('gas-1', 'GAS.CH4_SPACE', 5);
  await at.source('ctwing', 'ct-gas');
  await at.device('ctwing', 'dev-1', { concentration: 'gas-1' });
  const body = message('dev-1', { concentration: 12.5, battery: 88 });
  expect(await at.push('ctwing', 'ct-gas', body)).toEqual({ taken: 1, kept: 0, refused: 0 });
  expect(await at.push('ctwing', 'ct-gas', body)).toEqual({ taken: 1, kept: 0, refused: 0 });
  expect(await at.station.stored(point)).toMatchObject([{ value: 12.5, at: at.station.now, source: 0 }]);
  // By its IMEI, where the platform's own number is new.
  await at.device('ctwing', 'imei-dev-2', { concentration: 'gas-1' });
  at.station.now += MINUTE;
  await at.push('ctwing', 'ct-gas', message('dev-2', { concentration: 13 }));
  expect(await at.station.stored(point)).toHaveLength(2);
  await at.refused('ct-gas');
  const { rows } =
    await sql`select device_code, factor from unmapped_factor where protocol = 'ctwing'`.execute(
      at.station.db.storage.system,
    );
  expect(rows).toEqual([{ device_code: 'dev-1', factor: 'battery' }]);
});

test('bytes of a transparent product are read by the layout; without one they are kept as they came', async () => {
  const point = await at.station.point('gas-2', 'GAS.CH4_SPACE', 5);
  await at.device('ctwing', 'dev-3', { lel: 'gas-2' });
  const layout = [{ factor: 'lel', at: 1, type: 'u16' }] as const;
  await at.source('ctwing', 'ct-bytes', { settings: { layout } });
  const id = await at.source('ctwing', 'ct-bare');
  const body = message('dev-3', { APPdata: Buffer.from([0, 0, 25]).toString('base64') });
  expect(await at.push('ctwing', 'ct-bytes', body)).toMatchObject({ taken: 1 });
  expect(await at.station.stored(point)).toMatchObject([{ value: 25 }]);
  expect(await at.push('ctwing', 'ct-bare', body)).toEqual({ taken: 0, kept: 1, refused: 0 });
  const kept = await listMessages(at.station.request(), { params: { id }, query: { limit: 50 } });
  expect(kept.items).toMatchObject([{ device: 'dev-3', messageType: 'APPdata' }]);
  expect(await at.refused('ct-bare')).toEqual({ 'unread-kind': 1 });
});

test('kinds that are not read are kept for a month; strangers wait in quarantine; rubbish is counted, not answered with an error', async () => {
  const id = await at.source('ctwing', 'ct-odd');
  const answer = { messageType: 'commandResponse' };
  expect(await at.push('ctwing', 'ct-odd', message('x', {}, answer))).toMatchObject({ kept: 1 });
  expect(await at.push('ctwing', 'ct-odd', message('stranger', { a: 1 }))).toMatchObject({ refused: 1 });
  for (const rubbish of ['{', '7', '[]', 'null', '{"deviceId":"x","messageType":"dataReport","timestamp":1}'])
    expect((await at.push('ctwing', 'ct-odd', rubbish)).taken).toBe(0);
  expect(await at.refused('ct-odd')).toEqual({
    'unread-kind': 1,
    'unknown-device': 1,
    'not-readable': 1,
    'not-an-object': 2,
    'no-payload': 1,
  });
  const { rows } = await sql`select code, address from quarantine where protocol = 'ctwing'`.execute(
    at.station.db.storage.system,
  );
  expect(rows).toEqual([{ code: 'stranger', address: '192.0.2.9' }]);
  const { items } = await listSources(at.station.request(), { query: { limit: 50, search: 'odd' } });
  expect(items).toMatchObject([
    { id, path: '/ingest/ctwing/ct-odd', accepted: 1, messages: 1, lastAt: at.station.now },
  ]);
  expect(items[0]?.refused.find(({ reason }) => reason === 'unknown-device')?.text).toContain('隔离区');
  expect((await forgetMessages(at.intake.system, at.station.now + 1)).rows).toBeGreaterThan(0);
});

const md5 = (text: string): string => createHash('md5').update(text).digest('base64');

test('OneNET verifies the address and signs the characters of msg; one changed character is refused', async () => {
  const point = await at.station.point('gas-3', 'GAS.CH4_SPACE', 5);
  await at.source('onenet', 'one-gas', { auth: 'onenet' });
  await at.device('onenet', '77', { '3300_0_5700': 'gas-3' });
  const asked = { source: 'one-gas', msg: 'hello', nonce: 'n1' };
  const signature = md5(`${SECRET}n1hello`);
  expect(await verifyOnenet(at.intake, { ...asked, signature })).toBe('hello');
  await expect(verifyOnenet(at.intake, { ...asked, signature: 'AAAA' })).rejects.toThrow(REFUSED);
  await expect(verifyOnenet(at.intake, { ...asked, source: 'nobody', signature })).rejects.toThrow(REFUSED);
  // Blanks and the order of members as the sender has them.
  const msg = `{ "at":${at.station.now}, "type":1,"ds_id":"3300_0_5700", "value":7.50,"dev_id":77 }`;
  const body = (text: string) => `{"msg":${text},"nonce":"n2","msg_signature":"${md5(`${SECRET}n2${msg}`)}"}`;
  expect(await at.push('onenet', 'one-gas', body(msg))).toEqual({ taken: 1, kept: 0, refused: 0 });
  await expect(at.push('onenet', 'one-gas', body(msg.replace('7.50', '7.5')))).rejects.toThrow(REFUSED);
  await expect(at.push('onenet', 'one-gas', '{"msg":{}}')).rejects.toThrow(REFUSED);
  expect(await at.station.stored(point)).toMatchObject([{ value: 7.5 }]);
  const online = JSON.stringify({ at: 1, type: 2, status: 1, dev_id: 77 });
  const answer = JSON.stringify({ at: 1, type: 7, dev_id: 77 });
  const list = `[${online},${answer}]`;
  const signed = `{"msg":${list},"nonce":"n3","msg_signature":"${md5(`${SECRET}n3${list}`)}"}`;
  expect(await at.push('onenet', 'one-gas', signed)).toEqual({ taken: 1, kept: 1, refused: 0 });
  expect(await at.refused('one-gas')).toMatchObject({ secret: 3, 'unread-kind': 1 });
});

test('secret, signature, address and switch are one refusal outside, and each counted by its reason inside', async () => {
  await at.source('ctwing', 'ct-list', { addresses: ['10.1.0.0/16', '2001:db8::/32'] });
  const body = message('x', {}, { messageType: 'other' });
  const from = (address: string) => at.push('ctwing', 'ct-list', body, { address });
  expect(await from('10.1.7.7')).toMatchObject({ kept: 1 });
  expect(await from('::ffff:10.1.7.7')).toMatchObject({ kept: 1 });
  expect(await from('2001:db8::1')).toMatchObject({ kept: 1 });
  await expect(from('10.2.0.1')).rejects.toThrow(REFUSED);
  await expect(at.push('ctwing', 'ct-list', body, { token: 'wrong' })).rejects.toThrow(REFUSED);
  await expect(at.push('ctwing', 'nobody', body)).rejects.toThrow(REFUSED);
  await expect(at.push('video', 'ct-list', body)).rejects.toThrow(REFUSED);
  expect(await at.refused('ct-list')).toMatchObject({ address: 2 });
  expect((await at.refused(''))['unknown-source']).toBeGreaterThanOrEqual(2);
});

test('a body signed by HMAC is taken for five minutes; the token may come as a header', async () => {
  await at.source('ctwing', 'ct-hmac', { auth: 'hmac' });
  await at.source('ctwing', 'ct-head', { auth: 'header' });
  const body = JSON.stringify(message('x', {}, { messageType: 'other' }));
  const seconds = Math.floor(at.station.now / 1000);
  const sign = (t: number, text: string) =>
    `t=${t},v1=${createHmac('sha256', SECRET).update(`${t}.${text}`).digest('hex')}`;
  const signed = (signature: string) => at.push('ctwing', 'ct-hmac', body, { token: undefined, signature });
  expect(await signed(sign(seconds, body))).toMatchObject({ kept: 1 });
  for (const wrong of [sign(seconds - 301, body), sign(seconds, `${body} `), 't=1', ''])
    await expect(signed(wrong)).rejects.toThrow(REFUSED);
  expect(await at.push('ctwing', 'ct-head', body, { token: undefined, header: SECRET })).toMatchObject({
    kept: 1,
  });
  await expect(at.push('ctwing', 'ct-head', body)).rejects.toThrow(REFUSED);
});

test('a source writes no further than its platform reaches', async () => {
  // 川沙’s source, a point that stands elsewhere.
  const point = await at.station.point('gas-9', 'GAS.CH4_SPACE', 5);
  await at.source('ctwing', 'ct-town', { platform: '310115103' });
  await at.device('ctwing', 'dev-9', { lel: 'gas-9' });
  await at.push('ctwing', 'ct-town', message('dev-9', { lel: 1 }));
  expect(await at.station.stored(point)).toEqual([]);
  expect(await at.refused('ct-town')).toMatchObject({ 'foreign-point': 1 });
});

test('a secret is told once, sealed, and renewed at once; a source that is switched off takes nothing', async () => {
  const request = at.station.request();
  const { source, secret } = await createSource(request, {
    body: {
      code: 'ct-fresh',
      kind: 'ctwing',
      name: '新',
      platform: 'PD',
      auth: 'url',
      addresses: [],
      settings: {},
      simulated: false,
    },
  });
  expect(secret).toMatch(/^[\w-]{32}$/u);
  const { rows } = await sql<{ all: string }>`select string_agg(t::text, '') as all from (
    select s::text as t from intake_source s union all select a::text from audit a) x`.execute(
    at.station.db.storage.system,
  );
  expect(rows[0]?.all).not.toContain(secret);
  const body = message('x', {}, { messageType: 'other' });
  const { id, version, name, auth, addresses, settings } = source;
  const kept = { name, auth, addresses, settings };
  const renewed = await updateSource(at.station.request(), {
    params: { id },
    body: { ...kept, version, renew: true, enabled: true },
  });
  await expect(at.push('ctwing', 'ct-fresh', body, { token: secret ?? '' })).rejects.toThrow(REFUSED);
  const token = renewed.secret ?? '';
  expect(await at.push('ctwing', 'ct-fresh', body, { token })).toMatchObject({ kept: 1 });
  const off = { ...kept, version: version + 1, renew: false, enabled: false };
  await updateSource(at.station.request(), { params: { id }, body: off });
  await expect(at.push('ctwing', 'ct-fresh', body, { token })).rejects.toThrow(REFUSED);
  await expect(
    updateSource(at.station.request(), { params: { id }, body: { ...off, version } }),
  ).rejects.toThrow(refusedBy('record.changed'));
});

test('when nothing can be stored nothing is answered: the cloud sends again and it stands once', async () => {
  const point = await at.station.point('gas-4', 'GAS.CH4_SPACE', 5);
  await at.source('ctwing', 'ct-crash');
  await at.device('ctwing', 'dev-4', { lel: 'gas-4' });
  at.station.now += MINUTE;
  const body = message('dev-4', { lel: 3 });
  await at.station.cutWriter();
  await expect(at.push('ctwing', 'ct-crash', body)).rejects.toThrow(refusedBy('service.unavailable'));
  await expect
    .poll(
      () =>
        at.push('ctwing', 'ct-crash', body).then(
          ({ taken }) => taken,
          () => 0,
        ),
      { timeout: 20_000 },
    )
    .toBe(1);
  expect(await at.station.stored(point)).toHaveLength(1);
});
