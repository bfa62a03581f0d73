// Sign-in through the city operation centre's provider, against a real one: a whole Puan, a whole `oidc-provider`, HTTP between.
import { createHash } from 'node:crypto';
import { connect } from 'node:net';

import { ERROR_STATUS } from '#base';
import { decodeJwt, type JWTPayload, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { Client } from '../../../../test/client.ts';
import {
  CLIENT_ID,
  CLIENT_SECRET,
  IdentityProviderServer,
  OTHER_CLIENT_ID,
} from '../../../../test/identity-provider.ts';
import { PASSWORD, PuanProcess } from '../../../../test/puan-process.ts';
import { Visitor } from '../../../../test/visitor.ts';

const VILLAGE = '310115125001';
const idp = new IdentityProviderServer();
let puan: PuanProcess;
let admin: Client;

beforeAll(async () => {
  await idp.listen();
  puan = new PuanProcess({ env: idp.settings });
  await puan.start();
  admin = await new Client(puan.url).as('admin', PASSWORD);
}, 120_000);
afterAll(async () => {
  await puan.remove();
  await idp.close();
});
afterEach(() => {
  idp.tamper = undefined;
  idp.down = false;
});

const start = (from = '/'): string => `${puan.url}/api/v1/identity/start?from=${encodeURIComponent(from)}`;
const isCallback = (url: URL): boolean => url.origin === puan.url && url.pathname.endsWith('/callback');

interface Line {
  readonly id: number;
  readonly priority: number;
  readonly enabled: boolean;
  readonly effect: 'grant' | 'bar';
  readonly claim: string;
  readonly value: string;
  readonly role: string | null;
  readonly platform: string | null;
  readonly platformClaim: string | null;
  readonly note: string | null;
}
const line = (value: string, role: string, where: Partial<Line> = { platformClaim: 'org_code' }): Line => ({
  id: 0,
  priority: 100,
  enabled: true,
  effect: 'grant',
  claim: 'roles',
  value,
  role,
  platform: null,
  platformClaim: null,
  note: null,
  ...where,
});

interface Table {
  readonly items: readonly Line[];
  readonly version: string;
}
async function change(edit: (items: readonly Line[]) => readonly Line[]): Promise<Table> {
  const security = await new Client(puan.url).as('security', PASSWORD);
  const table = await security.ask<Table>('GET', '/api/v1/identity/mappings');
  return security.ask('PUT', '/api/v1/identity/mappings', {
    items: edit(table.items),
    version: table.version,
  });
}

/** Goes through the provider as somebody and gives where the browser ends up. */
async function signIn(
  person: object,
  visitor = new Visitor(),
  from = '/',
): Promise<{ visitor: Visitor; at: string; client: Client }> {
  idp.next = {
    sub: 'village.one',
    name: '川和路 居村处置',
    roles: ['village'],
    org_code: VILLAGE,
    ...person,
  };
  const answer = await visitor.walk(start(from), isCallback);
  const { location = '' } = await visitor.open(answer);
  return {
    visitor,
    at: location.slice(puan.url.length),
    client: new Client(puan.url, visitor.cookie('puan_session')),
  };
}
const fault = (code: string): string => `/sign-in?fault=${code}`;
const statusOf = async (client: Client): Promise<number> =>
  (await client.send('GET', '/api/v1/session')).status;

test('a provider that is down is told on the sign-in page, local accounts sign in, and the next try succeeds', async () => {
  expect(await new Client(puan.url).ask('GET', '/api/v1/identity/provider')).toEqual({
    enabled: true,
    name: '城运平台',
  });
  const { status, location } = await new Visitor().open(start());
  expect([status, location]).toEqual([302, puan.url + fault('identity.provider-down')]);
  expect((await new Client(puan.url).as('flood.admin', PASSWORD)).token).toBeDefined();
  await idp.serve(puan.url);
  expect((await new Visitor().open(start())).location).toContain(idp.issuer);
});

test('with only the first table nobody gets in', async () => {
  const { at, visitor } = await signIn({});
  expect(at).toBe(fault('identity.no-mapping'));
  expect(visitor.cookie('puan_session')).toBeUndefined();
});

test('the table is kept by the security administrator alone, line by line and not over one another', async () => {
  for (const client of [admin, await new Client(puan.url).as('village.sample', PASSWORD)]) {
    expect((await client.send('GET', '/api/v1/identity/mappings')).status).toBe(403);
    expect((await client.send('PUT', '/api/v1/identity/mappings', { items: [], version: '' })).status).toBe(
      403,
    );
    expect((await client.send('POST', '/api/v1/identity/mappings/try', { claims: {} })).status).toBe(403);
  }
  const security = await new Client(puan.url).as('security', PASSWORD);
  const seen = await security.ask<Table>('GET', '/api/v1/identity/mappings');
  expect(seen.items.map(({ effect, claim, value }) => [effect, claim, value])).toEqual([
    ['bar', 'enabled', 'false'],
  ]);
  const put = (items: readonly object[], version = seen.version) =>
    security.send<{ code?: string; detail?: string }>('PUT', '/api/v1/identity/mappings', { items, version });
  for (const [wrong, status] of [
    [line('x', 'system-admin'), 400],
    [line('x', 'department-owner'), 400],
    [line('x', 'town-operator', {}), 422],
    [line('x', 'town-operator', { platform: '310115125', platformClaim: 'org_code' }), 422],
    [line('x', 'town-operator', { platform: VILLAGE }), 422],
    [line('x', 'business-admin', { platform: 'PD' }), 422],
    [line('x', 'business-admin', { platform: 'FLOOD' }), 422],
    [line('x', 'handler', { platform: 'nowhere' }), 422],
    [{ ...line('x', 'handler'), id: 4711 }, 422],
    [{ ...line('x', 'handler'), effect: 'bar' }, 422],
    [{ ...line('x', 'handler'), enabled: 'yes' }, 400],
  ] as const) {
    const reply = await put([...seen.items, wrong]);
    expect([wrong, reply.status]).toEqual([wrong, status]);
  }
  const table = await change((items) => [
    ...items,
    line('village', 'village-handler'),
    line('town', 'town-operator'),
    line('lingang', 'business-admin', { platform: 'lingang' }),
  ]);
  expect(table.items).toHaveLength(4);
  // Whoever saw an older table does not overwrite this one.
  expect(await put(seen.items)).toMatchObject({ status: 409, body: { code: 'record.changed' } });
  const tried = await security.ask('POST', '/api/v1/identity/mappings/try', {
    claims: { roles: 'village', org_code: `${VILLAGE}000` },
  });
  expect(tried).toMatchObject({
    barred: false,
    grants: [
      { role: 'village-handler', roleName: '居村处置', platform: VILLAGE, platformName: '川和路居委会' },
    ],
    refusals: [],
  });
  const unknown = await security.ask('POST', '/api/v1/identity/mappings/try', {
    claims: { roles: ['town'], org_code: '999' },
  });
  expect(unknown).toMatchObject({ grants: [], refusals: [{ reason: 'unknown-organisation', seen: '999' }] });
});

test('a village user comes in through the provider, lands where they wanted to go and sees that village only', async () => {
  const made = (code: string, village: string) => ({
    code,
    name: code,
    scenarios: ['FLOOD'],
    lat: 31.2,
    lon: 121.6,
    village,
  });
  await admin.ask('POST', '/api/v1/objects', made('idp-own', VILLAGE));
  await admin.ask('POST', '/api/v1/objects', made('idp-other', '310115125002'));
  const { at, client, visitor } = await signIn({}, new Visitor(), '/map?x=1');
  expect(at).toBe('/map?x=1');
  expect(visitor.cookie('puan_identity')).toBeUndefined();
  const session = await client.ask<{ user: object; roles: object[]; expiresAt: number }>(
    'GET',
    '/api/v1/session',
  );
  expect(session).toMatchObject({
    user: { username: 'oidc:village.one', name: '川和路 居村处置' },
    roles: [{ role: 'village-handler', platform: VILLAGE }],
  });
  expect(session.expiresAt).toBeLessThanOrEqual(Date.now() + 8 * 3_600_000);
  const { items } = await client.ask<{ items: { code: string }[] }>('GET', '/api/v1/objects');
  expect(items.map(({ code }) => code)).toEqual(['idp-own']);
});

test('the session cookie is kept from scripts and other sites, the ticket too, and both answers from caches', async () => {
  const visitor = new Visitor();
  const began = await visitor.open(start());
  expect(began.headers.getSetCookie().join()).toMatch(
    /^puan_identity=v1\.[^;]+; Path=\/api\/v1\/identity\/callback; HttpOnly; SameSite=Lax; Max-Age=600$/u,
  );
  expect(began.headers.get('cache-control')).toBe('no-store');
  const asked = new URL(began.location ?? '');
  expect(Object.fromEntries(asked.searchParams)).toMatchObject({
    response_type: 'code',
    code_challenge_method: 'S256',
    client_id: CLIENT_ID,
    redirect_uri: `${puan.url}/api/v1/identity/callback`,
  });
  // What the browser carries says nothing to it or to whoever reads over its shoulder.
  expect(Buffer.from(visitor.cookie('puan_identity')?.slice(3) ?? '', 'base64url').toString()).not.toContain(
    'nonce',
  );
  const done = await visitor.open(await visitor.walk(asked.href, isCallback));
  expect(done.headers.getSetCookie().find((one) => one.startsWith('puan_session='))).toMatch(
    /HttpOnly; SameSite=Strict/u,
  );
  expect(done.headers.get('cache-control')).toBe('no-store');
});

test('roles are what the claims say at the newest sign-in, the person stays the same', async () => {
  const person = { sub: 'mover', name: '调动' };
  const first = await (await signIn(person)).client.ask<{ user: { id: number } }>('GET', '/api/v1/session');
  const moved = await (
    await signIn({ ...person, name: '调动后', roles: ['town'], org_code: '310115125000' })
  ).client.ask('GET', '/api/v1/session');
  expect(moved).toMatchObject({
    user: { id: first.user.id, name: '调动后' },
    roles: [{ role: 'town-operator', platform: '310115125' }],
  });
  expect((moved as { roles: object[] }).roles).toHaveLength(1);
  const lingang = await (
    await signIn({ ...person, roles: ['lingang'] })
  ).client.ask('GET', '/api/v1/session');
  expect(lingang).toMatchObject({ roles: [{ role: 'business-admin', platform: 'lingang' }] });
});

test('whoever the provider shuts or no longer maps loses account and sessions, and comes back with the claims', async () => {
  const person = { sub: 'leaver' };
  const { client } = await signIn(person);
  expect(await statusOf(client)).toBe(200);
  expect((await signIn({ ...person, enabled: false })).at).toBe(fault('identity.barred'));
  await expect.poll(() => statusOf(client)).toBe(401);
  const back = await signIn({ ...person, enabled: true });
  expect([back.at, await statusOf(back.client)]).toEqual(['/', 200]);
  expect((await signIn({ ...person, roles: [] })).at).toBe(fault('identity.no-mapping'));
  await expect.poll(() => statusOf(back.client)).toBe(401);
});

test('an account of ours with the same name is never taken over, and nobody gets in with a password', async () => {
  const { client } = await signIn({ sub: 'flood.admin', preferred_username: 'flood.admin' });
  expect(await client.ask('GET', '/api/v1/session')).toMatchObject({
    user: { username: 'oidc:flood.admin' },
  });
  // A subject that reads as no name gets a digest for one.
  const odd = { sub: "o'odd / 名" };
  const digest = createHash('sha256').update(`${idp.issuer}\n${odd.sub}`).digest('base64url').slice(0, 22);
  expect(await (await signIn(odd)).client.ask('GET', '/api/v1/session')).toMatchObject({
    user: { username: `oidc:${digest}` },
  });
  for (const password of ['nobody', '', 'null', PASSWORD]) {
    const reply = await new Client(puan.url).send('POST', '/api/v1/session', {
      username: 'oidc:flood.admin',
      password,
    });
    expect([password, reply.status >= 400 && reply.status < 500]).toEqual([password, true]);
  }
});

test('a name that would disguise itself is shown without its disguise', async () => {
  const { client } = await signIn({ sub: 'disguised', name: '\u202E\u0007甲\u0000' });
  expect(await client.ask('GET', '/api/v1/session')).toMatchObject({ user: { name: '甲' } });
});

// What comes back and was not asked for, or not by this browser.

async function answerFor(person: object = {}): Promise<{ visitor: Visitor; answer: URL }> {
  const visitor = new Visitor();
  idp.next = { sub: 'village.one', name: '居村', roles: ['village'], org_code: VILLAGE, ...person };
  return { visitor, answer: new URL(await visitor.walk(start(), isCallback)) };
}
async function refused(visitor: Visitor, answer: URL): Promise<string | undefined> {
  const { status, location } = await visitor.open(answer.href);
  expect([status, visitor.cookie('puan_session')]).toEqual([302, undefined]);
  return location?.slice(puan.url.length);
}

test('a wrong state, none, or an answer without the browser’s cookie is refused', async () => {
  for (const state of ['wrong', '', undefined]) {
    const { visitor, answer } = await answerFor();
    if (state === undefined) answer.searchParams.delete('state');
    else answer.searchParams.set('state', state);
    expect(await refused(visitor, answer)).toBe(fault('identity.not-started-here'));
  }
  // A code that was put into another browser: login CSRF.
  const { answer } = await answerFor();
  expect(await refused(new Visitor(), answer)).toBe(fault('identity.not-started-here'));
  const victim = new Visitor();
  await victim.open(start());
  expect(await refused(victim, answer)).toBe(fault('identity.not-started-here'));
});

test('an attacker’s code under the victim’s own state is refused: it was not asked for with this verifier', async () => {
  const { answer } = await answerFor({ sub: 'attacker' });
  const { visitor, answer: own } = await answerFor();
  own.searchParams.set('code', answer.searchParams.get('code') ?? '');
  expect(await refused(visitor, own)).toBe(fault('identity.expired'));
});

test('a cookie that was changed, or made up, is none', async () => {
  for (const forge of [
    // Not at the end, where the last bits of base64 say nothing.
    (value: string) => `${value.slice(0, -10)}${value.at(-10) === 'A' ? 'B' : 'A'}${value.slice(-9)}`,
    () => 'v1.AAAA',
    () => 'rubbish',
    () => 'v1.',
  ]) {
    const { visitor, answer } = await answerFor();
    visitor.setCookie('puan_identity', forge(visitor.cookie('puan_identity') ?? ''));
    expect(await refused(visitor, answer)).toBe(fault('identity.not-started-here'));
  }
});

test('an answer is taken once: the same again is refused, with and without the cookie', async () => {
  const { visitor, answer } = await answerFor();
  const ticket = visitor.cookie('puan_identity') ?? '';
  expect((await visitor.open(answer.href)).location).toBe(`${puan.url}/`);
  visitor.setCookie('puan_session');
  expect(await refused(visitor, answer)).toBe(fault('identity.not-started-here'));
  const reply = await fetch(answer, { redirect: 'manual', headers: { cookie: `puan_identity=${ticket}` } });
  expect(reply.headers.get('location')).toBe(fault('identity.expired'));
});

test('an answer of a foreign issuer (mix-up) is refused before the code goes anywhere', async () => {
  for (const iss of ['https://evil.example', `${idp.issuer}/`, '']) {
    const { visitor, answer } = await answerFor();
    answer.searchParams.set('iss', iss);
    expect([iss, await refused(visitor, answer)]).toEqual([iss, fault('identity.proof-invalid')]);
  }
  const { visitor, answer } = await answerFor();
  answer.searchParams.delete('iss');
  expect(await refused(visitor, answer)).toBe(fault('identity.proof-invalid'));
});

test('an error of the provider is told in our words, not in its own', async () => {
  const { visitor, answer } = await answerFor();
  answer.searchParams.delete('code');
  answer.searchParams.set('error', 'access_denied');
  answer.searchParams.set('error_description', '<script>alert(1)</script>');
  expect(await refused(visitor, answer)).toBe(fault('identity.provider-refused'));
});

test('a made-up code is refused', async () => {
  const { visitor, answer } = await answerFor();
  answer.searchParams.set('code', 'made-up');
  expect(await refused(visitor, answer)).toBe(fault('identity.expired'));
});

const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
/** By a secret that both sides know: whoever has it could have written it. */
const signedWithSecret = (payload: JWTPayload): Promise<string> =>
  new SignJWT(payload).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(CLIENT_SECRET));
const resigned = (edit: object) => (token: string) => idp.sign({ ...decodeJwt(token), ...edit });

test.each<[string, (token: string) => string | Promise<string>]>([
  ['without a signature (alg none)', (token) => `${base64({ alg: 'none' })}.${token.split('.')[1]}.`],
  [
    'with another header over the same signature',
    (token) => `${base64({ alg: 'RS256', kid: 'other' })}.${token.split('.').slice(1).join('.')}`,
  ],
  ['signed with the client’s secret', (token) => signedWithSecret(decodeJwt(token))],
  [
    'whose content was changed',
    (token) => {
      const [header, , signature] = token.split('.');
      return `${header}.${base64({ ...decodeJwt(token), sub: 'somebody' })}.${signature}`;
    },
  ],
  ['with another nonce', resigned({ nonce: 'another' })],
  ['without a nonce', resigned({ nonce: undefined })],
  ['of another issuer', resigned({ iss: 'https://evil.example' })],
  ['for another client', resigned({ aud: OTHER_CLIENT_ID })],
  [
    'for several, on behalf of another',
    resigned({ aud: [CLIENT_ID, OTHER_CLIENT_ID], azp: OTHER_CLIENT_ID }),
  ],
  ['that has expired', resigned({ iat: 1_700_000_000, exp: 1_700_000_600 })],
  ['without an end', resigned({ exp: undefined })],
  ['without a subject', resigned({ sub: undefined })],
  ['of another person than the access token', resigned({ sub: 'somebody.else' })],
  ['that is rubbish', () => 'a.b.c'],
])('an ID token %s opens no session', async (_what, tamper) => {
  const { visitor, answer } = await answerFor();
  idp.tamper = tamper;
  expect(await refused(visitor, answer)).toBe(fault('identity.proof-invalid'));
});

test('a provider that dies between question and answer is said to be down', async () => {
  const { visitor, answer } = await answerFor();
  idp.down = true;
  expect(await refused(visitor, answer)).toBe(fault('identity.provider-down'));
});

test.each([
  '//evil.example',
  '/\\evil.example',
  'https://evil.example',
  '/%2f%2fevil.example',
  '/\t/evil.example',
  'javascript:alert(1)',
  '/api/v1/session',
  '\\evil',
])('a return address of %j is refused before the provider is asked', async (from) => {
  const { status, body } = await new Visitor().open(start(from));
  expect([status, (JSON.parse(body) as { code: string }).code]).toEqual([400, 'input.invalid']);
});

test('oversized and doubled parameters are refused as what they are', async () => {
  const visitor = new Visitor();
  for (const query of [
    `code=${'x'.repeat(9000)}&state=1`,
    'code=a&code=b&state=1',
    'state=%00',
    'state=%ff',
    'state=a&state=b',
  ]) {
    const { status } = await visitor.open(`${puan.url}/api/v1/identity/callback?${query}`);
    expect([query.slice(0, 30), [302, 400].includes(status)]).toEqual([query.slice(0, 30), true]);
  }
  expect((await visitor.open(`${puan.url}/api/v1/identity/start?from=/${'a'.repeat(3000)}`)).status).toBe(
    400,
  );
});

test('a made-up Host is refused and leads nowhere', async () => {
  const told = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(new URL(puan.url).port), '127.0.0.1');
    socket.on('error', reject);
    socket.setEncoding('utf8').once('data', (text: string) => {
      socket.destroy();
      resolve(text);
    });
    socket.write('GET /api/v1/identity/start HTTP/1.1\r\nHost: [\r\n\r\n');
  });
  expect(told).toMatch(/^HTTP\/1\.1 400 /u);
});

// The back channel.

const EVENTS = { 'http://schemas.openid.net/event/backchannel-logout': {} };
const seconds = (): number => Math.floor(Date.now() / 1000);
let numbers = 0;
const notice = (edit: object = {}): Record<string, unknown> => ({
  iss: idp.issuer,
  aud: CLIENT_ID,
  iat: seconds(),
  exp: seconds() + 120,
  jti: `jti-${(numbers += 1)}-${Date.now()}`,
  events: EVENTS,
  sub: 'village.one',
  ...edit,
});
async function tell(
  body: string,
  type = 'application/x-www-form-urlencoded',
): Promise<{ status: number; code: string; ended: number }> {
  const reply = await fetch(`${puan.url}/api/v1/identity/backchannel-logout`, {
    method: 'POST',
    body,
    headers: { 'content-type': type },
  });
  return { status: reply.status, code: '', ended: 0, ...((await reply.json()) as object) };
}
const form = (token: string): string => new URLSearchParams({ logout_token: token }).toString();

test('the provider’s own notice ends the session it names, at once', async () => {
  const { client, visitor } = await signIn({ sub: 'logging.out' });
  const other = await signIn({ sub: 'logging.out' });
  expect([await statusOf(client), await statusOf(other.client)]).toEqual([200, 200]);
  expect(visitor.cookie('puan_session')).toBeDefined();
  const { ended } = await tell(
    form(await idp.sign(notice({ sub: 'logging.out', sid: 'no-such-session' }), { typ: 'logout+jwt' })),
  );
  expect([ended, await statusOf(client)]).toEqual([0, 200]);
  expect((await tell(form(await idp.sign(notice({ sub: 'logging.out' }))))).ended).toBe(2);
  expect([await statusOf(client), await statusOf(other.client)]).toEqual([401, 401]);
});

test('the session that the provider names ends, another of the same person goes on', async () => {
  const sids: string[] = [];
  idp.tamper = (token) => {
    sids.push(String(decodeJwt(token)['sid']));
    return token;
  };
  const desk = await signIn({ sub: 'two.places' });
  const phone = await signIn({ sub: 'two.places' });
  expect(new Set(sids).size).toBe(2);
  await idp.logOut('two.places', sids[0] ?? '');
  expect([await statusOf(desk.client), await statusOf(phone.client)]).toEqual([401, 200]);
});

test.each<[string, () => string | Promise<string>]>([
  ['for another client', () => idp.sign(notice({ aud: OTHER_CLIENT_ID }))],
  ['of another issuer', () => idp.sign(notice({ iss: 'https://evil.example' }))],
  ['with a nonce: it is an ID token', () => idp.sign(notice({ nonce: 'x' }))],
  ['without the event', () => idp.sign(notice({ events: {} }))],
  [
    'with an event of the wrong form',
    () => idp.sign(notice({ events: { 'http://schemas.openid.net/event/backchannel-logout': 'yes' } })),
  ],
  ['without a number', () => idp.sign(notice({ jti: undefined }))],
  ['that names nobody', () => idp.sign(notice({ sub: undefined }))],
  ['that names something that is no text', () => idp.sign({ ...notice(), sub: 7 as unknown as string })],
  ['of an hour ago', () => idp.sign(notice({ iat: seconds() - 3600, exp: seconds() + 60 }))],
  ['that has expired', () => idp.sign(notice({ iat: seconds() - 120, exp: seconds() - 60 }))],
  ['from the future', () => idp.sign(notice({ iat: seconds() + 3600, exp: seconds() + 7200 }))],
  ['without a moment', () => idp.sign(notice({ iat: undefined }))],
  ['of another kind', () => idp.sign(notice(), { typ: 'at+jwt' })],
  ['without a signature', () => `${base64({ alg: 'none' })}.${base64(notice())}.`],
  ['signed with a shared secret', () => signedWithSecret(notice())],
  ['that is rubbish', () => 'rubbish'],
  ['of nothing', () => ''],
])('a logout token %s ends nothing', async (_what, make) => {
  const { client } = await signIn({});
  expect(await tell(form(await make()))).toMatchObject({ status: 400, code: 'identity.logout-invalid' });
  expect(await statusOf(client)).toBe(200);
});

test('a notice is taken once, and only as the form the standard has', async () => {
  const token = await idp.sign(notice({ sub: 'nobody.here' }));
  expect(await tell(form(token))).toMatchObject({ status: 200, ended: 0 });
  expect(await tell(form(token))).toMatchObject({ status: 400, code: 'identity.logout-invalid' });
  expect(await tell(`${form(token)}&${form(token)}`)).toMatchObject({ status: 400 });
  expect(await tell('')).toMatchObject({ status: 400 });
  expect(await tell(JSON.stringify({ logout_token: token }), 'application/json')).toMatchObject({
    status: 415,
  });
  expect(await tell(form('x'.repeat(70_000)))).toMatchObject({ status: 413 });
});

test('every refusal was one of ours and is counted by its code; none was a bug', async () => {
  const text = await (await fetch(`${puan.url}/metrics`)).text();
  const counted = [...text.matchAll(/code="(identity\.[^"]+)"/gu)].map((found) => found[1] ?? '');
  for (const code of [
    'not-started-here',
    'expired',
    'proof-invalid',
    'provider-down',
    'provider-refused',
    'no-mapping',
    'barred',
    'logout-invalid',
  ]) {
    expect(counted).toContain(`identity.${code}`);
  }
  for (const code of counted) expect(Object.keys(ERROR_STATUS)).toContain(code);
  expect([/code="internal"/u.test(text), puan.crashes]).toEqual([false, 0]);
});
