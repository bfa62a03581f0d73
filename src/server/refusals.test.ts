import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import { ERROR_STATUS } from '#base';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { Client } from '../../test/client.ts';
import { PASSWORD, PuanProcess } from '../../test/puan-process.ts';

const puan = new PuanProcess();
let admin: Client;
let gateway: Client;

beforeAll(async () => {
  await puan.start();
  admin = await new Client(puan.url).as('admin', PASSWORD);
  const named = { name: '测试网关', kind: 'gateway' };
  gateway = new Client(puan.url, (await admin.ask<{ token: string }>('POST', '/api/v1/tokens', named)).token);
  await admin.ask('POST', '/api/v1/objects', object('door'));
  await admin.ask('POST', '/api/v1/points', { code: 'door', object: 'door', element: 'FLOOD.UNDERPASS' });
}, 120_000);
afterAll(() => puan.remove());

function object(code: string, name = '下立交'): object {
  return { code, name, scenarios: ['FLOOD'], lat: 31.2, lon: 121.6 };
}

interface Refused {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly type: string;
}

interface Asked {
  readonly method?: string;
  readonly token?: string | undefined;
  readonly type?: string;
  readonly body?: string;
}

/** Asks and gives what the problem document says; every refusal must be one, in Chinese, with its own status. */
async function refused(path: string, asked: Asked = {}): Promise<Refused> {
  const { method = 'GET', token = admin.token, type, body } = asked;
  const headers: Record<string, string> = {};
  if (type !== undefined) headers['content-type'] = type;
  if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
  const reply = await fetch(puan.url + path, { method, headers, body: body ?? null });
  const text = await reply.text();
  expect([path, reply.headers.get('content-type')]).toEqual([
    path,
    'application/problem+json; charset=utf-8',
  ]);
  const problem = JSON.parse(text) as Refused & { title: string };
  expect(problem.status).toBe(reply.status);
  expect(Object.keys(ERROR_STATUS)).toContain(problem.code);
  expect(problem.detail).toMatch(/[\u4E00-\u9FFF]/u);
  return problem;
}

const post = (path: string, body: unknown, asked: Asked = {}): Promise<Refused> =>
  refused(path, {
    method: 'POST',
    type: 'application/json',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...asked,
  });

test('10 MB of readings, or 2 MB for a small route, is 413 and names the limit that holds there', async () => {
  const ten = `[${' '.repeat(10 * 1024 * 1024)}]`;
  expect(await post('/api/v1/readings', ten, { token: gateway.token })).toMatchObject({
    status: 413,
    code: 'input.too-large',
    detail: expect.stringContaining('8 MB'),
  });
  const two = JSON.stringify(object('big', 'x'.repeat(2 * 1024 * 1024)));
  expect(await post('/api/v1/objects', two)).toMatchObject({
    status: 413,
    detail: expect.stringContaining('1 MB'),
  });
});

test.each([
  ['/api/v1/readings', 'text/plain'],
  ['/api/v1/objects', 'text/plain'],
  ['/api/v1/objects', 'application/x-www-form-urlencoded'],
])('POST %s as %s is 415 and says what is taken', async (path, type) => {
  const token = path.endsWith('readings') ? gateway.token : admin.token;
  expect(await post(path, 'a=b', { type, token })).toMatchObject({
    status: 415,
    code: 'input.unsupported-media-type',
    detail: expect.stringContaining('application/json'),
  });
});

test.each(['{"code":', '', 'NaN', '[{"value":NaN}]'])('a body of %j is malformed JSON: 400', async (body) => {
  expect(await post('/api/v1/objects', body)).toMatchObject({ status: 400, code: 'input.malformed-json' });
  if (body === '') return;
  expect(await post('/api/v1/readings', body, { token: gateway.token })).toMatchObject({
    status: 400,
    code: 'input.malformed-json',
  });
});

test('wrong types are 400 and every wrong field is named', async () => {
  const body = { code: 7, name: null, scenarios: 'FLOOD', lat: '31', lon: 400 };
  const { status, code, detail } = await post('/api/v1/objects', body);
  expect([status, code]).toEqual([400, 'input.invalid']);
  for (const field of ['code', 'name', 'scenarios', 'lat', 'lon']) expect(detail).toContain(field);
  expect(await post('/api/v1/objects', [])).toMatchObject({ status: 400 });
  expect(await post('/api/v1/readings', {}, { token: gateway.token })).toMatchObject({
    status: 400,
    code: 'input.invalid',
  });
  expect(await refused('/api/v1/objects?limit=abc')).toMatchObject({
    status: 400,
    detail: expect.stringContaining('limit'),
  });
  expect(await refused('/api/v1/objects?limit=1&limit=2')).toMatchObject({ status: 400 });
});

test.each([
  ['GET', '/api/v1/nothing'],
  ['GET', '/api/v2/objects'],
  ['PATCH', '/api/v1/objects'],
  ['DELETE', '/api/v1/objects'],
  ['GET', '/assets/none.js'],
  ['POST', '/api/openapi.json'],
])('%s %s is no route: 404 with the address in the sentence', async (method, path) => {
  expect(await refused(path, { method })).toMatchObject({
    status: 404,
    code: 'route.not-found',
    detail: expect.stringContaining(`${method} ${path}`),
  });
});

test('an address that cannot be decoded is 400', async () => {
  expect(await refused('/api/v1/objects/%zz')).toMatchObject({ status: 400, code: 'input.invalid' });
});

test('without a session 401; with one that never was, or was ended, 401', async () => {
  const bare = await fetch(`${puan.url}/api/v1/warnings`);
  expect([bare.status, ((await bare.json()) as Refused).code]).toEqual([401, 'session.required']);
  expect(await refused('/api/v1/warnings', { token: 'made-up' })).toMatchObject({
    status: 401,
    code: 'session.expired',
  });
  const person = await new Client(puan.url).as('gas.admin', PASSWORD);
  await person.ask('GET', '/api/v1/session');
  await person.ask('DELETE', '/api/v1/session');
  expect(await refused('/api/v1/warnings', { token: person.token })).toMatchObject({
    status: 401,
    code: 'session.expired',
  });
});

test('a token of another kind is 403: a gateway reads no warnings, a person writes no readings', async () => {
  expect(await refused('/api/v1/warnings', { token: gateway.token })).toMatchObject({
    status: 403,
    code: 'access.denied',
    detail: expect.stringContaining('warning.read'),
  });
  expect(await post('/api/v1/readings', [])).toMatchObject({ status: 403, code: 'access.denied' });
});

test('unknown points, words, null and nested rows are named by index while good rows are stored', async () => {
  const at = Date.now();
  const rows = [
    { point: 'door', observedAt: at, value: 1 },
    { point: 'nobody', observedAt: at, value: 1 },
    { point: 'door', observedAt: at, value: 'abc' },
    { point: 'door', observedAt: at, value: null },
    [[{ point: 'door' }]],
    { point: 'door', observedAt: '2059-01-01T00:00:00+08:00', value: 2 },
    { point: 'door\u0000', observedAt: at, value: 2 },
  ];
  const reply = await gateway.ask<{ accepted: number; rejected: { index: number; code: string }[] }>(
    'POST',
    '/api/v1/readings',
    rows,
  );
  expect(reply.accepted).toBe(2);
  expect(reply.rejected.map(({ index, code }) => [index, code])).toEqual([
    [1, 'reading.unknown-point'],
    [2, 'reading.bad-value'],
    [3, 'reading.bad-value'],
    [4, 'reading.not-an-object'],
    [6, 'reading.unknown-point'],
  ]);
  const page = await gateway.ask<{ items: { value: number }[] }>(
    'GET',
    '/api/v1/readings?point=door&to=2060-01-01T00:00:00Z',
  );
  expect(page.items.map((row) => row.value)).toEqual([1, 2]);
});

test.each([
  ['NUL', 'a\u0000b'],
  ['half a surrogate pair', 'a\ud800b'],
])('%s in any text field is refused with the field’s name, and readings go on', async (_what, text) => {
  const issues = (field: string) => ({
    status: 400,
    code: 'input.invalid',
    detail: expect.stringContaining(field),
  });
  expect(await post('/api/v1/objects', object(text))).toMatchObject(issues('code'));
  expect(await post('/api/v1/objects', object('x', text))).toMatchObject(issues('name'));
  expect(await post('/api/v1/points', { code: text, object: 'door', element: 'x' })).toMatchObject(
    issues('code'),
  );
  const device = { code: 'd', protocol: 'hj212', points: [{ factor: text, point: 'door' }] };
  expect(await post('/api/v1/devices', device)).toMatchObject(issues('points.0.factor'));
  expect(await post('/api/v1/replay-sessions', { name: 'x', devices: [text] })).toMatchObject(
    issues('devices.0'),
  );
  expect(await post('/api/v1/tokens', { name: text, kind: 'gateway' })).toMatchObject(issues('name'));
  expect(await post('/api/v1/session', { username: text, password: 'x' })).toMatchObject(issues('username'));
  expect((await fetch(`${puan.url}/readyz`)).status).toBe(200);
});

test('NUL in a query is refused', async () => {
  expect(await refused('/api/v1/readings?point=%00')).toMatchObject({ status: 400, code: 'input.invalid' });
});

test('control characters in a name are kept as they are, a name of 5,000 characters is 400', async () => {
  const made = await admin.ask<{ id: number; name: string }>('POST', '/api/v1/objects', {
    ...object('bell'),
    name: '钟\u0007\t\u202E楼',
  });
  expect((await admin.ask<{ name: string }>('GET', `/api/v1/objects/${made.id}`)).name).toBe(
    '钟\u0007\t\u202E楼',
  );
  expect(await post('/api/v1/objects', object('long', '名'.repeat(5000)))).toMatchObject({
    status: 400,
    detail: expect.stringContaining('name'),
  });
});

const IDS = ['-1', '0', 'abc', '1.5', '1e3', '99999999999999999999', '9007199254740991', '2147483648'];
test.each(
  IDS.flatMap((id) => [
    ['GET', `/api/v1/warnings/${id}`],
    ['POST', `/api/v1/warnings/${id}/acknowledge`],
    ['GET', `/api/v1/objects/${id}`],
    ['GET', `/api/v1/work-orders/${id}`],
    ['GET', `/api/v1/attachments/${id}`],
    ['DELETE', `/api/v1/replay-sessions/${id}`],
  ]),
)('%s %s is 404 or 400, never 500', async (method, path) => {
  const district = await districtToken();
  expect([400, 404]).toContain((await refused(path, { method, token: district })).status);
});

let district: Promise<Client> | undefined;
async function districtToken(): Promise<string | undefined> {
  district ??= new Client(puan.url).as('district', PASSWORD);
  return (await district).token;
}

test.each(
  [
    'objects',
    'points',
    'devices',
    'quarantine',
    'replay-sessions',
    'warnings',
    'work-orders',
    'items',
    'signs',
    'handbooks',
    'platforms',
  ].flatMap((list) =>
    [
      'rubbish',
      '-1',
      '9999999999999999',
      '999999999999999',
      "1' or '1'='1",
      '9999999999999999_9999999999999999',
      '%00',
    ].map((after) => [list, after] as const),
  ),
)('a list of %s after %j is 400 or a page, never 500', async (list, after) => {
  const path = `/api/v1/${list}?after=${encodeURIComponent(decodeURIComponent(after))}`;
  const reply = await fetch(puan.url + path, {
    headers: { authorization: `Bearer ${await districtToken()}` },
  });
  expect(after === 'rubbish' ? [400] : [200, 400]).toContain(reply.status);
  await reply.text();
});

test.each([
  '/api/v1/readings?point=door&from=9007199254740991',
  '/api/v1/readings?point=door&from=-9007199254740991',
  '/api/v1/readings?point=door&to=8640000000000001',
  '/api/v1/readings?point=door&after=9999999999999999',
  '/api/v1/readings?point=door&after=999999999999999',
  '/api/v1/warnings?after=999999999999999_999999999999999',
  '/api/v1/work-orders?after=999999999999999_999999999999999',
  '/api/v1/warnings?object=99999999999',
  '/api/v1/map?west=1e400',
  '/api/v1/indicators/month?month=9999-12',
  '/api/v1/indicators/month?month=0000-01',
])('GET %s is answered with 200 or 400, never 500', async (path) => {
  const reply = await fetch(puan.url + path, {
    headers: { authorization: `Bearer ${await districtToken()}` },
  });
  expect([200, 400]).toContain(reply.status);
  await reply.text();
});

test('a token that ends at an impossible moment is 400', async () => {
  const body = { name: 'x', kind: 'gateway', expiresAt: 9_007_199_254_740_991 };
  expect(await post('/api/v1/tokens', body)).toMatchObject({ status: 400 });
});

/** Writes to the HJ 212 door and waits until it is closed or `ms` have passed. */
async function speak(bytes: Uint8Array | string, ms = 1500): Promise<'cut' | 'open'> {
  const socket = connect(puan.hj212Port, '127.0.0.1');
  await once(socket, 'connect');
  // A reset shows as an error, and then as a close.
  socket.on('error', () => undefined);
  for (let at = 0; at < bytes.length && !socket.destroyed; at += 65_536) {
    if (!socket.write(bytes.slice(at, at + 65_536)))
      await Promise.race([once(socket, 'drain').catch(() => undefined), sleep(ms)]);
  }
  const until = Date.now() + ms;
  while (!socket.destroyed && Date.now() < until) await sleep(20);
  const cut = socket.destroyed;
  socket.destroy();
  return cut ? 'cut' : 'open';
}

test('half frames, garbage and 10 MB without a header neither stop the HJ 212 door nor anybody else', async () => {
  await speak('##0101QN=20160801085857223;ST=32;CN=10', 100);
  await speak('##9999', 100);
  await speak('##ABCD\r\n##0000\r\n####0010', 100);
  await speak(
    Uint8Array.from({ length: 50_000 }, (_, i) => (i * 7919) % 256),
    100,
  );
  expect(await speak(new Uint8Array(10 * 1024 * 1024).fill(65), 5000)).toBe('cut');
  const frame =
    '##0101QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&1C80\r\n';
  await speak(frame, 300);
  await expect
    .poll(
      async () =>
        (await admin.ask<{ items: { code: string }[] }>('GET', '/api/v1/quarantine')).items.map(
          (one) => one.code,
        ),
      { timeout: 6000 },
    )
    .toEqual(['010000A8900016F000169DC0']);
  const metrics = await (await fetch(`${puan.url}/metrics`)).text();
  for (const reason of ['unknown-device', 'no-header']) {
    expect(metrics).toContain(`puan_frames_refused_total{protocol="hj212",reason="${reason}"}`);
  }
  expect((await fetch(`${puan.url}/readyz`)).status).toBe(200);
});

test('the metrics others read are there by name', async () => {
  const text = await (await fetch(`${puan.url}/metrics`)).text();
  const families = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gmu)].map((found) => found[1]);
  for (const name of [
    'puan_readings_accepted_total',
    'puan_readings_stored_total',
    'puan_readings_rejected_total',
    'puan_frames_refused_total',
    'puan_warnings_open',
    'puan_work_orders_open',
    'puan_work_orders_overdue',
    'puan_event_lag_seconds',
  ]) {
    expect(families).toContain(name);
  }
  expect(text).toMatch(/^puan_readings_rejected_total\{reason="reading\.unknown-point"\} \d+$/mu);
  expect(text).toMatch(/^puan_warnings_open\{level="red"\} \d+$/mu);
});

test('nothing of all this was a bug of ours: no 500 was answered and nothing crashed', async () => {
  const text = await (await fetch(`${puan.url}/metrics`)).text();
  expect([/code="internal"/u.test(text), puan.crashes, puan.errors]).toEqual([false, 0, '']);
});
