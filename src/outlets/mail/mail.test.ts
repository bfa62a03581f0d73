// Mail by SMTP, to a real server on this machine.
import type { AddressInfo } from 'node:net';

import { channelSettings, type SettingsOf } from '#contract/command';
import { AddressGuard } from '#outlets/call';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, expect, test } from 'vitest';

import { GROUND, MESSAGE } from '../testing.ts';
import { MailSender } from './mail-sender.ts';

const MAIL = { ...MESSAGE, to: 'zhang@example.cn' };
let server: SMTPServer | undefined;
let got: { to: string[]; text: string }[] = [];

afterEach(async () => {
  got = [];
  await new Promise<void>((resolve) => (server ? server.close(resolve) : resolve()));
  server = undefined;
});

async function open(options: SMTPServerOptions = {}): Promise<number> {
  server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) =>
      username === 'puan' && password === 'mail-pass'
        ? done(null, { user: username })
        : done(Object.assign(new Error(`no such ${password}`), { responseCode: 535 })),
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        got.push({ to, text: Buffer.concat(parts).toString('utf8') });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  const listening = server.listen(0, '127.0.0.1');
  await new Promise((resolve) => listening.once('listening', resolve));
  return (listening.address() as AddressInfo).port;
}

const sender = (port: number, more: object = {}, ground = GROUND) =>
  new MailSender(
    channelSettings.parse({
      kind: 'mail',
      host: '127.0.0.1',
      port,
      security: 'none',
      from: '浦安 <puan@example.cn>',
      ...more,
    }) as SettingsOf<'mail'>,
    ground,
  );

test('one person gets one letter under the same number in every attempt', async () => {
  const mail = sender(await open(), { username: 'puan', password: 'mail-pass' });
  expect(await mail.send(MAIL)).toEqual({ kind: 'sent', providerId: '<N-17-1@puan>' });
  await mail.send(MAIL);
  expect(got.map(({ to }) => to)).toEqual([['zhang@example.cn'], ['zhang@example.cn']]);
  for (const { text } of got) expect(text).toContain('Message-ID: <N-17-1@puan>');
});

test('a wrong password is for good and never repeated', async () => {
  const refused = await sender(await open(), { username: 'puan', password: 'wrong-pass' }).send(MAIL);
  expect(refused).toMatchObject({ kind: 'refused', forGood: true, code: '535' });
  expect(JSON.stringify(refused)).not.toContain('wrong-pass');
});

test.each([
  [550, { kind: 'refused', forGood: true, code: '550' }],
  [451, { kind: 'refused', forGood: false, code: '451' }],
  [452, { kind: 'limited', retryAfterMs: 60_000 }],
])('the answer %i of the server is told apart, without the address', async (responseCode, expected) => {
  const port = await open({
    onRcptTo: ({ address }, _session, done) =>
      done(Object.assign(new Error(`not ${address}`), { responseCode })),
  });
  const result = await sender(port).send(MAIL);
  expect(result).toMatchObject(expected);
  expect(JSON.stringify(result)).not.toContain('zhang@example.cn');
});

test('a title cannot add headers or readers, nor an address a second one', async () => {
  const mail = sender(await open());
  await mail.send({ ...MAIL, title: '积水\r\nBcc: evil@example.cn' });
  expect(got[0]?.to).toEqual(['zhang@example.cn']);
  expect(got[0]?.text).not.toMatch(/^Bcc:/mu);
  for (const to of ['a@b.cn, c@d.cn', 'a', '<a@b.cn>\r\nRCPT TO:<c@d.cn>'])
    expect(await mail.send({ ...MAIL, to })).toMatchObject({ forGood: true, code: 'malformed' });
  expect(got).toHaveLength(1);
});

test('without a certificate that holds nothing is said; STARTTLS is not left out where it is asked for', async () => {
  const port = await open();
  expect(await sender(port, { security: 'starttls' }).send(MAIL)).toMatchObject({ kind: 'refused' });
  expect(await sender(port, { security: 'tls' }).send(MAIL)).toMatchObject({
    kind: 'refused',
    forGood: false,
  });
  expect(got).toEqual([]);
});

test('an address inside is not dialled unless listed; in clear nothing leaves the machine; a server may be away', async () => {
  const strict = { guard: new AddressGuard([]), now: GROUND.now };
  expect(await sender(25, {}, strict).send(MAIL)).toMatchObject({ forGood: true, code: 'inside' });
  expect(await sender(25, { host: 'localhost' }, strict).send(MAIL)).toMatchObject({ code: 'inside' });
  expect(await sender(25, { host: '203.0.113.1' }).send(MAIL)).toMatchObject({ code: 'in-clear' });
  expect(await sender(9).send(MAIL)).toMatchObject({ forGood: false, code: 'unreachable' });
});
