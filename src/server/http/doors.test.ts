import type { Obligation } from '#contract/http';
import { NO_RIGHTS, Rights, ROLES } from '#model/platform';
import type { Actor } from '#services/context';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { App } from '../app.ts';
import { routes } from '../routes.ts';
import { EventStreams } from './event-stream.ts';
import { openApi } from './openapi.ts';
import { createHttpServer } from './server.ts';

/** Whoever asks holds every role, and owes what the test says. */
let owes: Obligation | undefined;
let asked: { token: string; automatic: boolean | undefined }[] = [];
let streams: EventStreams;
let server: FastifyInstance;
let operations: readonly (readonly [method: string, path: string, access: string])[];

beforeAll(() => {
  const scope = { places: [{ from: 1, to: 999_999 }], scenarios: [] };
  const grants = ROLES.map((role) => ({ role, platform: 'PD', platformName: '', scope, actingFor: null }));
  const actor: Actor = { accountId: 1, username: 'x', name: 'x', rights: new Rights(grants), address: '' };
  const app = {
    config: { publicUrl: 'https://puan.example.cn' },
    desk: {},
    storage: {},
    ground: { clock: { now: () => 0 } },
    identity: {},
    refused: () => undefined,
    log: { error: () => undefined, warn: () => undefined },
    findActor: async (token: string, _address: string, automatic?: boolean) => {
      asked.push({ token, automatic });
      return owes === undefined ? { ...actor, rights: NO_RIGHTS } : { ...actor, owes };
    },
  } as unknown as App;
  const bound = routes(app);
  server = createHttpServer(app, bound);
  streams = new EventStreams({ findActor: app.findActor, events: {}, newestSeq: async () => 0 } as never);
  server.get('/api/v1/events', (request, reply) => streams.open(request, reply));
  const document = openApi(bound.map(({ route }) => route)) as {
    paths: Record<string, Record<string, { 'x-access': string }>>;
  };
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => [method.toUpperCase(), path, one['x-access']] as const),
  );
});
afterAll(async () => {
  streams.close();
  await server.close();
});

async function codeOf(method: string, path: string, headers: Record<string, string>): Promise<string> {
  const url = path.replaceAll(/\{\w+\}/gu, '1');
  const reply = await server.inject({ method: method as 'GET', url, headers });
  if (reply.statusCode < 400) return 'answered';
  // SensorThings' faults have the form of OData.
  const { code, error } = reply.json<{ code?: string; error?: { code: string } }>();
  return error?.code ?? code ?? '';
}

const ALWAYS = ['GET /api/v1/session', 'DELETE /api/v1/session', 'POST /api/v1/session/password'];
const ENROLLING = ['POST /api/v1/session/totp', 'PUT /api/v1/session/totp', 'POST /api/v1/session/device'];

test.each([
  ['password', 'session.password-change-required', ALWAYS],
  ['second-factor', 'session.second-factor-required', [...ALWAYS, ...ENROLLING]],
] as const)(
  'a session that owes its %s is let through no documented route but those that pay it',
  async (debt, code, open) => {
    owes = debt;
    const walked = operations.filter(([, , access]) => access !== 'public');
    expect(walked.length).toBeGreaterThan(40);
    const through: string[] = [];
    for (const [method, path] of walked) {
      if ((await codeOf(method, path, { authorization: 'Bearer x' })) !== code)
        through.push(`${method} ${path}`);
    }
    expect(through.toSorted()).toEqual([...open].toSorted());
    expect(await codeOf('GET', '/api/v1/events', { cookie: 'puan_session=x' })).toBe(code);
  },
);

const COOKIE = { cookie: 'puan_session=x' };
const CROSS = 'access.cross-site';

test.each([
  [{ ...COOKIE, 'sec-fetch-site': 'cross-site' }],
  [{ ...COOKIE, 'sec-fetch-site': 'same-site' }],
  [{ ...COOKIE, 'sec-fetch-site': 'cross-site', origin: 'https://puan.example.cn' }],
  [{ ...COOKIE, origin: 'https://evil.example' }],
  [{ ...COOKIE, origin: 'http://puan.example.cn.evil.example' }],
  [{ ...COOKIE, origin: 'null' }],
  [{ origin: 'https://evil.example' }],
])(
  'whatever would change something is refused on every route when another site made the browser ask: %j',
  async (headers) => {
    owes = undefined;
    const changing = operations.filter(([method]) => method !== 'GET');
    expect(changing.length).toBeGreaterThan(20);
    for (const [method, path] of changing) {
      expect([method, path, await codeOf(method, path, headers)]).toEqual([method, path, CROSS]);
    }
  },
);

test.each([
  [{ ...COOKIE, 'sec-fetch-site': 'same-origin', origin: 'http://localhost' }],
  [{ ...COOKIE, 'sec-fetch-site': 'none' }],
  [{ ...COOKIE, origin: 'http://localhost' }],
  [{ ...COOKIE, origin: 'https://puan.example.cn' }],
  [{ ...COOKIE }],
  [{ authorization: 'Bearer x', 'sec-fetch-site': 'cross-site', origin: 'https://partner.example' }],
])('our own pages, and scripts that show a token, are let through: %j', async (headers) => {
  owes = undefined;
  expect(await codeOf('POST', '/api/v1/objects', headers)).toBe('access.denied');
});

test('reading is not refused to a link on another site', async () => {
  owes = undefined;
  const headers = { ...COOKIE, 'sec-fetch-site': 'cross-site' };
  expect(await codeOf('GET', '/api/v1/objects', headers)).toBe('access.denied');
});

test('a page that asks by itself says so, and an event stream always counts as that', async () => {
  asked = [];
  owes = 'password';
  await codeOf('GET', '/api/v1/objects', COOKIE);
  await codeOf('GET', '/api/v1/objects', { ...COOKIE, 'puan-automatic': '1' });
  await codeOf('GET', '/api/v1/events', COOKIE);
  expect(asked.map((one) => one.automatic)).toEqual([false, true, true]);
});
