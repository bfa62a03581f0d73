// Every route of the OpenAPI document × every role × inside and outside of its subtree (catalog §5.1). A new route without a
// rule in test/matrix/rules.ts fails here.
import { EmbeddedPostgres, PictureStore, Storage } from '#storage';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { samplePhoto } from '../../e2e/photo.ts';
import { Client } from '../../test/client.ts';
import type { Records } from '../../test/matrix/record-kinds.ts';
import { fillCorner } from '../../test/matrix/records.ts';
import { PICTURE } from '../../test/matrix/open-intake.ts';
import type { Rule } from '../../test/matrix/rule.ts';
import { RULES } from '../../test/matrix/rules.ts';
import { sampleOf, type Schema } from '../../test/matrix/sample-body.ts';
import { type Seat, takeSeats } from '../../test/matrix/seats.ts';
import { CORNERS, type Zone, ZONES } from '../../test/matrix/zones.ts';
import { PASSWORD, PuanProcess } from '../../test/puan-process.ts';

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly name: string;
  readonly access: string;
  readonly schema: Schema | undefined;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
}

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Record<string, unknown>>>>>;
}

const puan = new PuanProcess();
let storage: Storage;
let document: Document;
let operations: readonly Operation[] = [];
let seats: readonly Seat[] = [];
const corners = new Map<Zone, Records>();
const tally = { requests: 0, denied: 0, outside: 0, inside: 0 };

beforeAll(async () => {
  await puan.start();
  // The server's own PostgreSQL is found running and is left to it.
  const { address } = await EmbeddedPostgres.start({ dataDir: puan.dataDir, log: () => undefined });
  storage = new Storage(address, () => undefined);
  const nobody = new Client(puan.url);
  const [district, admin] = await Promise.all([
    nobody.as('district', PASSWORD),
    nobody.as('admin', PASSWORD),
  ]);
  const { token } = await admin.ask<{ token: string }>('POST', '/api/v1/tokens', {
    name: '网关',
    kind: 'gateway',
  });
  const founders = { url: puan.url, district, admin, gateway: new Client(puan.url, token) };
  for (const zone of ZONES) corners.set(zone, await fillCorner(storage, founders, zone));
  await new PictureStore(puan.dataDir).put(PICTURE);
  seats = await takeSeats(storage, puan.url);
  document = await nobody.ask<Document>('GET', '/api/openapi.json');
  operations = operationsOf(document);
}, 180_000);
afterAll(async () => {
  await storage.close();
  await puan.remove();
});

function operationsOf({ paths }: Document): readonly Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => {
      const body = one['requestBody'] as { content?: Record<string, { schema?: Schema }> } | undefined;
      const schema = body?.content?.['application/json']?.schema;
      const name = `${method.toUpperCase()} ${path}`;
      return {
        method: method.toUpperCase(),
        path,
        name,
        access: String(one['x-access']),
        schema,
        parameters: one['parameters'] as Operation['parameters'],
      };
    }),
  );
}

const ruleOf = (operation: Operation): Rule => RULES[operation.name] ?? { kind: 'open', why: 'missing' };
const recordOf = (zone: Zone, of: keyof Records): string => corners.get(zone)?.[of] ?? '';

/** The address with the record of a zone in it. */
function addressOf({ path }: Operation, rule: Rule, zone: Zone): string {
  if (rule.kind === 'create') return path + (rule.query?.(zone) ?? '');
  const of = rule.kind === 'record' ? rule.of : undefined;
  const [id, entities] =
    of === undefined ? ['1', 'Things'] : [recordOf(zone, of), `Things(${recordOf(zone, of)})`];
  const filled = path
    .replace('{code}', encodeURIComponent(of === 'platform' ? id : recordOf(zone, 'platform')))
    .replace('{id}', path.includes('calendars') ? 'cn' : id)
    .replace('{year}', '2026')
    .replace('{session}', '1')
    .replace('{entities}', entities)
    .replace('{path}', 'Datastreams')
    .replace('{key}', 'session.idle-minutes');
  if (rule.kind !== 'list' && rule.kind !== 'record') return filled;
  return filled + (typeof rule.query === 'function' ? rule.query(zone) : (rule.query ?? ''));
}

function bodyOf(rule: Rule, zone: Zone): object | undefined {
  if (rule.kind === 'create') return rule.body?.(zone);
  return rule.kind === 'record' ? rule.body : undefined;
}

interface Answer {
  readonly status: number;
  readonly code: string;
  readonly text: string;
}

async function ask(client: Client, operation: Operation, zone: Zone): Promise<Answer> {
  const rule = ruleOf(operation);
  const headers: Record<string, string> = {};
  if (client.token !== undefined) headers['authorization'] = `Bearer ${client.token}`;
  let body: string | Buffer | undefined;
  if (rule.kind === 'record' && rule.raw !== undefined) {
    headers['content-type'] = rule.raw;
    body = samplePhoto(8, 8);
  } else if (operation.schema !== undefined) {
    headers['content-type'] = 'application/json';
    body = JSON.stringify(bodyOf(rule, zone) ?? sampleOf(operation.schema));
  }
  const reply = await fetch(puan.url + addressOf(operation, rule, zone), {
    method: operation.method,
    headers,
    body: body ?? null,
    redirect: 'manual',
  });
  const text = await reply.text();
  tally.requests += 1;
  const code = /"code":"([a-z.-]+)"/u.exec(text)?.[1] ?? '';
  return { status: reply.status, code: reply.status >= 400 ? code : '', text };
}

const holds = (seat: Seat, { access }: Operation): boolean => {
  const held = capabilities.get(seat.username);
  return access === 'session' || (held?.has(access) ?? false);
};
const capabilities = new Map<string, ReadonlySet<string>>();

test('openapi.json is 3.1 and lists every route of the table, with its parameters', async () => {
  const { routes } = await import('./routes.ts');
  const table = routes({ desk: {}, storage: {}, ground: {}, config: {}, intake: {} } as never).map(
    ({ route }) => route,
  );
  expect(document.openapi).toBe('3.1.0');
  expect(operations.map(({ name }) => name).toSorted()).toEqual(
    table
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/gu, '{$1}').replace(/\*$/u, '{path}')}`)
      .toSorted(),
  );
  for (const { path, parameters } of operations) {
    const inPath = [...path.matchAll(/\{(\w+)\}/gu)].map((found) => found[1]);
    const told = parameters.filter((one) => one.in === 'path' && one.required).map((one) => one.name);
    expect(told).toEqual(inPath);
  }
});

test('every route of the document has a rule, and every rule its route', async () => {
  expect(operations.map(({ name }) => name).toSorted()).toEqual(Object.keys(RULES).toSorted());
  for (const seat of seats) {
    const { capabilities: held } = await seat.client.ask<{ capabilities: string[] }>(
      'GET',
      '/api/v1/session',
    );
    capabilities.set(seat.username, new Set(held));
  }
  expect(seats).toHaveLength(30);
});

test('nobody is let in anywhere that is not public, and what is public never asks for a session', async () => {
  const nobody = new Client(puan.url);
  for (const operation of operations) {
    const { status, code } = await ask(nobody, operation, 'far');
    const open = operation.access === 'public';
    const seen = open ? [status < 500, code === 'session.required'] : [status, code];
    expect([operation.name, ...seen]).toEqual([
      operation.name,
      ...(open ? [true, false] : [401, 'session.required']),
    ]);
  }
});

test(
  'a role without the capability is refused before anything is looked at',
  { timeout: 120_000 },
  async () => {
    const wrong: string[] = [];
    for (const operation of operations.filter(({ access }) => access !== 'public' && access !== 'session')) {
      for (const seat of seats.filter((one) => !holds(one, operation))) {
        const { status, code } = await ask(seat.client, operation, seat.zone);
        tally.denied += 1;
        if (status !== 403 || code !== 'access.denied')
          wrong.push(`${seat.username} ${operation.name}: ${status} ${code}`);
      }
    }
    expect(wrong).toEqual([]);
  },
);

test(
  'what lies outside is neither found nor changed, by any role through any route',
  { timeout: 120_000 },
  async () => {
    const wrong: string[] = [];
    const walked = operations.filter((operation) => ['record', 'create'].includes(ruleOf(operation).kind));
    const before = await fingerprint('far');
    for (const operation of walked) {
      const rule = ruleOf(operation);
      for (const seat of seats.filter((one) => holds(one, operation))) {
        for (const zone of ZONES.filter((one) => one !== seat.zone)) {
          const { status, code } = await ask(seat.client, operation, zone);
          tally.outside += 1;
          const refusal = rule.kind === 'create' ? `422 ${rule.refusal}` : '';
          const refused = ['404 record.not-found', '403 access.denied', refusal].includes(
            `${status} ${code}`,
          );
          if (!refused) wrong.push(`${seat.username} → ${zone} ${operation.name}: ${status} ${code}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(await fingerprint('far')).toEqual(before);
  },
);

test('a page shows what lies inside and no trace of what does not', { timeout: 120_000 }, async () => {
  const wrong: string[] = [];
  for (const operation of operations) {
    const rule = ruleOf(operation);
    if (rule.kind !== 'list') continue;
    for (const seat of seats.filter((one) => holds(one, operation))) {
      wrong.push(...(await pageFaults(seat, operation, rule)));
    }
  }
  expect(wrong).toEqual([]);
});

type Listing = Extract<Rule, { kind: 'list' }>;

async function pageFaults(seat: Seat, operation: Operation, rule: Listing): Promise<readonly string[]> {
  // A page that is asked for by place is asked for the places outside, too.
  const zones = typeof rule.query === 'function' ? ZONES : [seat.zone];
  const faults: string[] = [];
  for (const asked of zones) {
    const answer = await ask(seat.client, operation, asked);
    const refused = rule.mayRefuse === true && answer.status === 403;
    if (!refused) faults.push(...faultsOf(answer, { rule, seat, asked }));
  }
  return faults.map((fault) => `${seat.username} ${operation.name} ${fault}`);
}

function faultsOf(
  { status, text }: Answer,
  { rule, seat, asked }: { readonly rule: Listing; readonly seat: Seat; readonly asked: Zone },
): readonly string[] {
  const own = asked === seat.zone;
  const markOf = rule.mark ?? ((zone: Zone) => CORNERS[zone].mark);
  const shown = ZONES.filter((zone) => text.includes(markOf(zone)));
  const outside = shown.filter((zone) => zone !== seat.zone);
  return [
    status === 200 || (!own && status === 404) ? [] : `answers ${status}`,
    outside.length === 0 ? [] : `shows ${outside.join(', ')}`,
    own && rule.shows !== false && !shown.includes(seat.zone) ? 'hides what lies inside' : [],
  ].flat();
}

test(
  'what lies inside is reached by whoever has the capability, and nothing there ends in a 500',
  { timeout: 120_000 },
  async () => {
    const wrong: string[] = [];
    // Reading first; then what changes; what ends a record last.
    const weight = ({ method, name }: Operation): number =>
      method === 'GET' ? 0 : /DELETE|disable|end$/u.test(name) ? 2 : 1;
    const walked = operations.filter((one) => ['record', 'create', 'open'].includes(ruleOf(one).kind));
    for (const operation of walked.toSorted((a, b) => weight(a) - weight(b))) {
      for (const seat of seats.filter((one) => holds(one, operation))) {
        const { status, code } = await ask(seat.client, operation, seat.zone);
        tally.inside += 1;
        const found = operation.method !== 'GET' || ruleOf(operation).kind !== 'record' || status === 200;
        if (status >= 500 || !found) wrong.push(`${seat.username} ${operation.name}: ${status} ${code}`);
      }
    }
    expect(wrong).toEqual([]);
  },
);

test('a gateway’s and a device’s token open nothing but readings', async () => {
  const admin = await new Client(puan.url).as('admin', PASSWORD);
  const issued = async (body: object) =>
    new Client(puan.url, (await admin.ask<{ token: string }>('POST', '/api/v1/tokens', body)).token);
  const machines = [
    await issued({ name: '网关二', kind: 'gateway' }),
    await issued({ name: '设备', kind: 'device', device: 'm-town' }),
  ];
  const theirs = ['reading.write', 'reading.read', 'object.read'];
  const wrong: string[] = [];
  for (const machine of machines) {
    for (const operation of operations.filter(
      ({ access }) => access !== 'public' && access !== 'session' && !theirs.includes(access),
    )) {
      const { status, code } = await ask(machine, operation, 'town');
      if (status !== 403 || code !== 'access.denied') wrong.push(`${operation.name}: ${status} ${code}`);
    }
  }
  expect(wrong).toEqual([]);
});

test('the matrix that was walked is as large as it should be', () => {
  expect(tally.requests).toBeGreaterThan(5000);
  expect(tally.denied).toBeGreaterThan(1500);
  expect(tally.outside).toBeGreaterThan(1300);
  process.stdout.write(
    `矩阵：${operations.length} 条路由 × ${seats.length} 个席位，${tally.requests} 次请求；无权 ${tally.denied}，界外 ${tally.outside}，界内 ${tally.inside}\n`,
  );
});

/** What stands in a corner, counted and summed, so that a change through any route shows. */
async function fingerprint(zone: Zone): Promise<unknown> {
  const { platform } = CORNERS[zone];
  const { rows } = await sql`
    with home as (select place, place_to from platform where code = ${platform})
    select (select json_agg((o.id, o.name, o.retired_at)::text order by o.id) from monitored_object o, home where o.place between home.place and home.place_to) as objects,
      (select json_agg((w.id, w.state, w.acknowledged_at)::text order by w.id) from warning w, home where w.place between home.place and home.place_to) as warnings,
      (select json_agg((w.id, w.state, w.version)::text order by w.id) from work_order w, home where w.place between home.place and home.place_to) as orders,
      (select json_agg((a.id, a.name, a.disabled_at)::text order by a.id) from account a, home where a.place between home.place and home.place_to) as accounts,
      (select json_agg((r.id, r.state)::text order by r.id) from account_request r, home where r.place between home.place and home.place_to) as requests,
      (select json_agg((c.id, c.name, c.version)::text order by c.id) from contact c, home where c.place between home.place and home.place_to) as contacts,
      (select json_agg((s.id, s.status, s.version)::text order by s.id) from duty_shift s, home where s.place between home.place and home.place_to) as shifts,
      (select json_agg((l.id, l.text, l.struck_at)::text order by l.id) from duty_log l, home where l.place between home.place and home.place_to) as log,
      (select count(*) from platform_setting s, home where s.place between home.place and home.place_to) as settings`.execute(
    storage.system,
  );
  return rows;
}
