import { afterAll, beforeAll, expect, test } from 'vitest';

import { Client } from '../../test/client.ts';
import { PASSWORD, PuanProcess } from '../../test/puan-process.ts';

const puan = new PuanProcess();
const WHO = ['village.sample', 'flood.handler', 'auditor', 'security', 'gateway'] as const;
type Who = (typeof WHO)[number];
const people = new Map<string, Client>();
let admin: Client;

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly access: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
}
let operations: readonly Operation[] = [];
let document: {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Record<string, unknown>>>>>;
};

/** Objects with a point, a warning and its order each: inside and outside of everybody's scope. */
const PLACES = [
  { code: 'in-village', scenario: 'FLOOD', element: 'FLOOD.UNDERPASS', village: '310115125001' },
  { code: 'in-town', scenario: 'FLOOD', element: 'FLOOD.UNDERPASS', town: '310115125' },
  { code: 'elsewhere', scenario: 'GAS', element: 'GAS.CH4_SPACE', town: '310115103' },
] as const;

beforeAll(async () => {
  await puan.start();
  const nobody = new Client(puan.url);
  admin = await nobody.as('admin', PASSWORD);
  const { token } = await admin.ask<{ token: string }>('POST', '/api/v1/tokens', {
    name: '网关',
    kind: 'gateway',
  });
  const gateway = new Client(puan.url, token);
  people.set('gateway', gateway);
  for (const name of WHO.filter((one) => one !== 'gateway'))
    people.set(name, await nobody.as(name, PASSWORD));
  document = await admin.ask('GET', '/api/openapi.json');
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => ({
      method: method.toUpperCase(),
      path,
      access: String(one['x-access']),
      parameters: one['parameters'] as Operation['parameters'],
    })),
  );
  for (const { code, scenario, element, ...where } of PLACES) {
    const made = { code, name: code, scenarios: [scenario], lat: 31.2, lon: 121.6, ...where };
    await admin.ask('POST', '/api/v1/objects', made);
    await admin.ask('POST', '/api/v1/points', { code, object: code, element });
    await gateway.ask('POST', '/api/v1/readings', [{ point: code, observedAt: Date.now(), value: 45 }]);
  }
  for (let orders = 0; orders < PLACES.length;) {
    orders = (await admin.ask<{ items: unknown[] }>('GET', '/api/v1/work-orders')).items.length;
  }
}, 120_000);
afterAll(() => puan.remove());

const as = (who: string): Client => people.get(who) ?? admin;
/** A request that names no record there is: rights are judged before. */
const address = ({ path }: Operation): string => path.replaceAll('{id}', '1');

async function statusOf(client: Client, operation: Operation): Promise<{ status: number; code: string }> {
  const reply = await client.send<{ code?: string } | null>(operation.method, address(operation));
  return { status: reply.status, code: reply.body?.code ?? '' };
}

test('openapi.json is 3.1 and lists every route of the table, with its parameters', async () => {
  const { routes } = await import('./routes.ts');
  const table = routes({ desk: {}, storage: {}, ground: {}, config: {} } as never).map(({ route }) => route);
  expect(document.openapi).toBe('3.1.0');
  expect(operations.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(
    table.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/gu, '{$1}')}`).toSorted(),
  );
  for (const { path, parameters } of operations) {
    const inPath = [...path.matchAll(/\{(\w+)\}/gu)].map((found) => found[1]);
    expect(parameters.filter((one) => one.in === 'path' && one.required).map((one) => one.name)).toEqual(
      inPath,
    );
  }
});

test('asked by nobody, every documented route exists and lets nobody in', async () => {
  const nobody = new Client(puan.url);
  for (const operation of operations) {
    const { status, code } = await statusOf(nobody, operation);
    const name = `${operation.method} ${operation.path}`;
    // What anybody may ask is answered or refused by its own rules, never for want of a session.
    const seen = operation.access === 'public' ? [status < 500, code === 'session.required'] : [status, code];
    const wanted = operation.access === 'public' ? [true, false] : [401, 'session.required'];
    expect([name, ...seen]).toEqual([name, ...wanted]);
  }
});

async function capabilitiesOf(who: Who): Promise<ReadonlySet<string>> {
  return new Set((await as(who).ask<{ capabilities: string[] }>('GET', '/api/v1/session')).capabilities);
}

test.each(WHO)('%s is let through exactly the routes whose capability they have', async (who) => {
  const held = await capabilitiesOf(who);
  const walked = operations.filter(
    ({ method, path, access }) => access !== 'public' && !(method === 'DELETE' && path.endsWith('/session')),
  );
  expect(walked.length).toBeGreaterThan(25);
  const wrong: string[] = [];
  let refused = 0;
  for (const operation of walked) {
    const { status, code } = await statusOf(as(who), operation);
    const may = operation.access === 'session' || held.has(operation.access);
    const denied = status === 403 && code === 'access.denied';
    if (denied === may || status >= 500)
      wrong.push(`${operation.method} ${operation.path}: ${status} ${code}`);
    if (denied) refused += 1;
  }
  expect(wrong).toEqual([]);
  expect(refused).toBeGreaterThan(0);
});

async function codesOf(who: string, list: string): Promise<readonly string[]> {
  const page = await as(who).ask<{ items: { code: string; object: { code: string } | string }[] }>(
    'GET',
    `/api/v1/${list}?limit=500`,
  );
  return page.items
    .map((row) => (list === 'objects' || list === 'points' ? row.code : nameOf(row.object)))
    .toSorted();
}
const nameOf = (object: { code: string } | string): string =>
  typeof object === 'string' ? object : object.code;

const ALL = ['elsewhere', 'in-town', 'in-village'];
test.each([
  ['village.sample', ['in-village']],
  ['town.zhangjiang', ['in-town', 'in-village']],
  ['flood.handler', ['in-town', 'in-village']],
  ['gas.admin', ['elsewhere']],
  ['water.admin', []],
  ['district', ALL],
  ['admin', ALL],
])('%s sees the objects, points, warnings and orders of %j and no others', async (who, codes) => {
  if (!people.has(who)) people.set(who, await new Client(puan.url).as(who, PASSWORD));
  for (const list of ['objects', 'points', 'warnings', 'work-orders']) {
    expect([list, await codesOf(who, list)]).toEqual([list, codes]);
  }
  const map = await as(who).ask<{ objects: { code: string }[] }>('GET', '/api/v1/map');
  expect(map.objects.map((one) => one.code).toSorted()).toEqual(codes);
});

test('what lies outside the scope is not found by its number either, and not acknowledged or advanced', async () => {
  const ids = async (list: string): Promise<readonly { readonly id: number; readonly code: string }[]> =>
    (
      await admin.ask<{ items: { id: number; code: string; object: { code: string } }[] }>(
        'GET',
        `/api/v1/${list}?limit=500`,
      )
    ).items.map((row) => ({ id: row.id, code: list === 'objects' ? row.code : nameOf(row.object) }));
  const gas = await new Client(puan.url).as('gas.admin', PASSWORD);
  for (const list of ['objects', 'warnings', 'work-orders']) {
    for (const { id, code } of await ids(list)) {
      const { status } = await gas.send('GET', `/api/v1/${list}/${id}`);
      expect([list, code, status]).toEqual([list, code, code === 'elsewhere' ? 200 : 404]);
    }
  }
  const flood = (await ids('warnings')).find((one) => one.code === 'in-town')?.id;
  const order = (await ids('work-orders')).find((one) => one.code === 'in-town')?.id;
  expect((await gas.send('POST', `/api/v1/warnings/${flood}/acknowledge`)).status).toBe(404);
  const step = { action: 'dispatch', unit: '燃气公司' };
  expect((await gas.send('POST', `/api/v1/work-orders/${order}/advance`, step)).status).toBe(404);
  const readings = await gas.send<{ code: string }>('GET', '/api/v1/readings?point=in-town');
  expect([readings.status, readings.body.code]).toEqual([404, 'record.not-found']);
});

test('a scenario’s administrator registers objects of that scenario only', async () => {
  const gas = await new Client(puan.url).as('gas.admin', PASSWORD);
  const made = { code: 'gas-own', name: 'x', scenarios: ['GAS'], lat: 31.2, lon: 121.6 };
  expect((await gas.send('POST', '/api/v1/objects', made)).status).toBe(201);
  const foreign = { ...made, code: 'gas-foreign', scenarios: ['FLOOD'] };
  expect((await gas.send('POST', '/api/v1/objects', foreign)).status).toBe(403);
  const point = { code: 'gas-foreign', object: 'in-town', element: 'FLOOD.UNDERPASS' };
  expect((await gas.send('POST', '/api/v1/points', point)).status).toBe(404);
  const device = { code: 'gas-device', protocol: 'http', points: [{ factor: 'x', point: 'in-town' }] };
  expect((await gas.send('POST', '/api/v1/devices', device)).status).toBe(404);
});
