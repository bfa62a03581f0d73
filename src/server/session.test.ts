import { afterAll, beforeAll, expect, test } from 'vitest';

import { Client } from '../../test/client.ts';
import { PASSWORD, PuanProcess } from '../../test/puan-process.ts';

const puan = new PuanProcess();
beforeAll(() => puan.start(), 120_000);
afterAll(() => puan.remove());

/** A browser as far as cookies go. */
class Browser {
  readonly cookies = new Map<string, string>();
  readonly seen: string[] = [];

  async ask(method: string, path: string, body?: unknown): Promise<{ status: number; code: string }> {
    const headers: Record<string, string> = {
      'sec-fetch-site': 'same-origin',
      cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    };
    if (body !== undefined) headers['content-type'] = 'application/json';
    const reply = await fetch(puan.url + path, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
    });
    for (const cookie of reply.headers.getSetCookie()) {
      this.seen.push(cookie);
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=');
      this.cookies.set(name, value);
    }
    const text = await reply.text();
    const { code = '' } = text === '' ? {} : (JSON.parse(text) as { code?: string });
    return { status: reply.status, code };
  }

  signIn(username: string): Promise<{ status: number; code: string }> {
    return this.ask('POST', '/api/v1/session', { username, password: PASSWORD });
  }
}

test('the cookie changes at every sign-in, and the one of before opens nothing', async () => {
  const browser = new Browser();
  browser.cookies.set('puan_session', 'set-by-somebody-else');
  await browser.signIn('gas.head');
  const first = browser.cookies.get('puan_session') ?? '';
  expect(first).toMatch(/^[\w-]{43}$/u);
  expect(browser.seen[0]).toContain('HttpOnly; SameSite=Strict');
  await browser.signIn('gas.head');
  expect(browser.cookies.get('puan_session')).not.toBe(first);
  const old = new Client(puan.url, first);
  expect((await old.send('GET', '/api/v1/session')).status).toBe(401);
});

test('a session that is ended elsewhere is over with the next request', async () => {
  const [own, lost] = [new Browser(), new Browser()];
  await own.signIn('gas.leader');
  await lost.signIn('gas.leader');
  expect(await lost.ask('GET', '/api/v1/session')).toMatchObject({ status: 200 });
  expect(await own.ask('DELETE', '/api/v1/sessions')).toMatchObject({ status: 200 });
  expect(await lost.ask('GET', '/api/v1/session')).toEqual({ status: 401, code: 'session.expired' });
  expect(await own.ask('GET', '/api/v1/session')).toMatchObject({ status: 200 });
});

test('a bound phone keeps its secret in a cookie of its own and opens with the PIN', async () => {
  const phone = new Browser();
  await phone.signIn('gas.handler');
  const bound = await phone.ask('POST', '/api/v1/session/device', { name: '手机', pin: '730591' });
  expect(bound.status).toBe(201);
  const cookie = phone.seen.find((one) => one.startsWith('puan_device='));
  for (const part of ['HttpOnly', 'SameSite=Strict', 'Path=/api/v1/session', 'Max-Age=7776000'])
    expect(cookie).toContain(part);
  await phone.ask('DELETE', '/api/v1/session');
  expect((await phone.ask('GET', '/api/v1/session')).status).toBe(401);
  expect(await phone.ask('POST', '/api/v1/session/pin', { pin: '000000' })).toEqual({
    status: 401,
    code: 'session.pin-refused',
  });
  expect((await phone.ask('POST', '/api/v1/session/pin', { pin: '730591' })).status).toBe(200);
  expect((await phone.ask('GET', '/api/v1/work-orders?mine=true')).status).toBe(200);
});

/** Somebody signed in, whom the hostile requests are sent as. */
let person: Client | undefined;

test.each([
  ['POST', '/api/v1/session', { username: 'admin', password: 'x'.repeat(201) }, 400],
  ['POST', '/api/v1/session', { username: 'admin', password: PASSWORD, otp: '0'.repeat(21) }, 400],
  ['POST', '/api/v1/session/pin', { pin: '730591' }, 401],
  ['POST', '/api/v1/session/pin', { pin: 730_591 }, 400],
  ['POST', '/api/v1/session/password', { current: 'x', next: 'y', account: 1 }, 422],
  ['POST', '/api/v1/session/password', { next: 'Riverside-2027' }, 400],
  ['PUT', '/api/v1/session/totp', { code: '123456' }, 409],
  ['PUT', '/api/v1/session/totp', { code: "1' or 1=1--" }, 409],
  ['POST', '/api/v1/session/device', { name: ' ', pin: '730591' }, 400],
  ['POST', '/api/v1/session/device', { name: 'x', pin: '١٢٣٤٥٦' }, 422],
  ['DELETE', '/api/v1/sessions/9007199254740991', undefined, 404],
  ['DELETE', '/api/v1/sessions/-1', undefined, 400],
  ['DELETE', '/api/v1/sessions/1%20or%201=1', undefined, 400],
  ['DELETE', '/api/v1/bound-devices/1', undefined, 404],
  ['DELETE', '/api/v1/bound-devices/2147483648', undefined, 404],
  ['POST', '/api/v1/tokens/1/rotate', { graceMinutes: 10 }, 403],
  ['DELETE', '/api/v1/tokens/1', undefined, 403],
  ['GET', '/api/v1/tokens', undefined, 403],
] as const)('%s %s with %j is refused with %d and a code', async (method, path, body, status) => {
  person ??= await new Client(puan.url).as('village.sample', PASSWORD);
  const reply = await person.send<{ code: string; detail: string }>(method, path, body);
  expect([reply.status, reply.body.detail.length > 5]).toEqual([status, true]);
});

test.each([
  ['POST', '/api/v1/tokens/9007199254740991/rotate', { graceMinutes: 10 }, [400, 404]],
  ['POST', '/api/v1/tokens/1/rotate', { graceMinutes: 9 }, [400]],
  ['POST', '/api/v1/tokens/1/rotate', { graceMinutes: 1441 }, [400]],
  ['DELETE', '/api/v1/tokens/2147483648', undefined, [400, 404]],
  ['GET', '/api/v1/tokens?after=rubbish', undefined, [400]],
  ['GET', '/api/v1/tokens?after=999999999999999', undefined, [200]],
  ['POST', '/api/v1/tokens', { name: 'x', kind: 'gateway', platform: "PD' --" }, [404]],
  ['POST', '/api/v1/tokens', { name: 'x', kind: 'gateway', scenarios: [] }, [400]],
  ['POST', '/api/v1/tokens', { name: 'x', kind: 'admin' }, [400]],
] as const)('an administrator’s %s %s with %j is answered with %j', async (method, path, body, statuses) => {
  const admin = await new Client(puan.url).as('admin', PASSWORD);
  expect(statuses).toContain((await admin.send(method, path, body)).status);
});

test('nothing of all this was a bug of ours', () => {
  expect([puan.crashes, puan.errors]).toEqual([0, '']);
});
