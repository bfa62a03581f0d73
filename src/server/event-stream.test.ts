import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { Client } from '../../test/client.ts';
import { PASSWORD, PuanProcess } from '../../test/puan-process.ts';

const puan = new PuanProcess();
let admin: Client;
let gateway: Client;
let gas: Client;
let flood: Client;

/** Ends by itself once its session is over; listened to from the beginning, for that takes a heartbeat. */
let leaver: Listener;

beforeAll(async () => {
  await puan.start();
  const as = (name: string): Promise<Client> => new Client(puan.url).as(name, PASSWORD);
  [admin, gas, flood] = await Promise.all([as('admin'), as('gas.admin'), as('flood.admin')]);
  const named = { name: '测试网关', kind: 'gateway' };
  gateway = new Client(puan.url, (await admin.ask<{ token: string }>('POST', '/api/v1/tokens', named)).token);
  const person = await as('flood.head');
  leaver = await Listener.open(person);
  await person.ask('DELETE', '/api/v1/session');
}, 120_000);
afterAll(() => puan.remove());

/** Red at once, of items that become a warning without being verified. */
const RED = {
  FLOOD: { element: 'FLOOD.UNDERPASS', value: 45 },
  GAS: { element: 'GAS.THIRD', value: 4 },
} as const;

/** A new object with a point; the first reading there is red at once and raises a warning and its order. */
async function breach(code: string, scenario: 'FLOOD' | 'GAS' = 'FLOOD'): Promise<number> {
  const { element, value } = RED[scenario];
  const body = { code, name: code, scenarios: [scenario], lat: 31.2, lon: 121.6 };
  const { id } = await admin.ask<{ id: number }>('POST', '/api/v1/objects', body);
  await admin.ask('POST', '/api/v1/points', { code, object: code, element });
  await gateway.ask('POST', '/api/v1/readings', [{ point: code, observedAt: Date.now(), value }]);
  return id;
}

interface Heard {
  readonly id: number;
  readonly type: string;
  readonly data: { readonly text?: string; readonly object?: number };
}

/** A client of the event stream that notes what it hears. */
class Listener {
  readonly heard: Heard[] = [];
  ended = false;
  /** The stream has said that it is live; events may follow in the same breath. */
  #ready = false;
  #text = '';
  readonly #stop = new AbortController();

  static async open(client: Client, lastEventId?: number | string, query = ''): Promise<Listener> {
    const listener = new Listener();
    const headers: Record<string, string> = { authorization: `Bearer ${client.token}` };
    if (lastEventId !== undefined) headers['last-event-id'] = String(lastEventId);
    const reply = await fetch(`${puan.url}/api/v1/events${query}`, {
      headers,
      signal: listener.#stop.signal,
    });
    if (reply.headers.get('content-type') !== 'text/event-stream; charset=utf-8')
      throw new Error(`no stream was opened: ${reply.status} ${await reply.text()}`);
    void listener.#read(reply);
    while (!listener.#ready && !listener.ended) await sleep(10);
    return listener;
  }

  async #read(reply: Response): Promise<void> {
    const decoder = new TextDecoder();
    try {
      for await (const chunk of reply.body ?? []) {
        this.#text += decoder.decode(chunk, { stream: true });
        this.#ready ||= this.#text.includes(': ready');
        this.#take();
      }
    } catch {
      // The test has heard enough.
    }
    this.ended = true;
  }

  #take(): void {
    for (;;) {
      const found = /event: (\S+)\nid: (\d+)\ndata: (.*)\n\n/u.exec(this.#text);
      if (!found) return;
      this.#text = this.#text.slice(found.index + found[0].length);
      const data = JSON.parse(found[3] ?? '') as Heard['data'];
      this.heard.push({ id: Number(found[2]), type: found[1] ?? '', data });
    }
  }

  typesOf(object: number): readonly string[] {
    return this.heard.filter(({ data }) => data.object === object).map(({ type }) => type);
  }

  types(): readonly string[] {
    return this.heard.map((event) => event.type);
  }

  close(): void {
    this.#stop.abort();
  }
}

async function quiet(...listeners: readonly Listener[]): Promise<void> {
  for (let same = 0, before = ''; same < 8;) {
    await sleep(100);
    const now = JSON.stringify(listeners.map((one) => one.heard.length));
    same = now === before ? same + 1 : 0;
    before = now;
  }
}

test('from reading to order, those whom it concerns hear each step once, in the order of the numbers', async () => {
  const listener = await Listener.open(flood);
  await breach('underpass');
  await expect.poll(() => listener.types(), { timeout: 10_000 }).toContain('work-order.raised');
  expect(listener.types()).toEqual(
    expect.arrayContaining(['alarm.raised', 'warning.raised', 'work-order.raised']),
  );
  const ids = listener.heard.map((event) => event.id);
  expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => a - b));
  listener.close();
});

test('gas hears nothing of the flood and flood nothing of gas; the auditors and the gateway hear of neither', async () => {
  const as = (name: string): Promise<Client> => new Client(puan.url).as(name, PASSWORD);
  const everyone = {
    gas: await Listener.open(gas),
    flood: await Listener.open(flood),
    district: await Listener.open(await as('district')),
    auditor: await Listener.open(await as('auditor')),
    security: await Listener.open(await as('security')),
    gateway: await Listener.open(gateway),
  };
  const underpass = await breach('other-underpass');
  const station = await breach('station', 'GAS');
  await expect.poll(() => everyone.gas.types(), { timeout: 10_000 }).toContain('work-order.raised');
  await quiet(...Object.values(everyone));
  const objects = (listener: Listener) => new Set(listener.heard.map((event) => event.data.object));
  expect(objects(everyone.gas)).toContain(station);
  expect(objects(everyone.gas)).not.toContain(underpass);
  expect(objects(everyone.flood)).not.toContain(station);
  expect(objects(everyone.district)).toContain(station);
  for (const who of ['auditor', 'security', 'gateway'] as const) {
    // A gateway may read the objects it writes for, and hears that they were registered and are watched; of warnings and orders nothing.
    const heard = everyone[who].types().filter((type) => !/^(?:object|coverage)\./u.test(type));
    expect([who, heard]).toEqual([who, []]);
  }
  for (const listener of Object.values(everyone)) listener.close();
});

test('a stream that was cut resumes after its last event without a loss or a repetition', async () => {
  const whole = await Listener.open(admin, 0);
  await expect.poll(() => whole.heard.length).toBeGreaterThan(3);
  const half = whole.heard[Math.floor(whole.heard.length / 2)]?.id ?? 0;
  const resumed = await Listener.open(admin, half);
  for (let n = 0; n < 20; n += 1) await breach(`flood-${n}`);
  await quiet(whole, resumed);
  expect(resumed.heard.length).toBeGreaterThan(0);
  expect(resumed.heard).toEqual(whole.heard.filter((event) => event.id > half));
  const cut: Heard[] = [];
  let last = 0;
  // Cut after every few events, as a phone in a pump house does.
  while (last < (whole.heard.at(-1)?.id ?? 0)) {
    const piece = await Listener.open(admin, last);
    await expect.poll(() => piece.heard.length).toBeGreaterThan(0);
    piece.close();
    const taken = piece.heard.slice(0, 5);
    cut.push(...taken);
    last = taken.at(-1)?.id ?? last;
  }
  expect(cut).toEqual(whole.heard);
  whole.close();
  resumed.close();
});

test('a page whose stream opens after its lists were asked for hears what happened meanwhile, and nothing older', async () => {
  const before = await Listener.open(flood);
  const object = await breach('BACK-1');
  await expect.poll(() => before.typesOf(object), { timeout: 10_000 }).toContain('work-order.raised');
  before.close();
  const page = await Listener.open(flood, undefined, '?back=10000');
  await expect.poll(() => page.typesOf(object)).toEqual(before.typesOf(object));
  page.close();
  for (const query of ['', '?back=0', '?back=rubbish', '?back=-5']) {
    const late = await Listener.open(flood, undefined, query);
    await quiet(late);
    expect(late.typesOf(object)).toEqual([]);
    late.close();
  }
});

test.each(['rubbish', '-1', '9999999999999999', '99999999999999999999'])(
  'a Last-Event-ID of %s hears what happens from now on',
  async (id) => {
    const listener = await Listener.open(admin, id);
    const before = listener.heard.length;
    await admin.ask('POST', '/api/v1/replay-sessions', { name: id, devices: [await device(`d${id}`)] });
    await expect.poll(() => listener.types().slice(before)).toContain('replay-session.opened');
    listener.close();
  },
);

async function device(code: string): Promise<string> {
  await admin.ask('POST', '/api/v1/devices', { code, protocol: 'http', points: [] });
  return code;
}

test('who reads warnings hears what is shelved and taken out of service in their own scenario, and of every rule', async () => {
  const [here, elsewhere] = [await Listener.open(flood), await Listener.open(gas)];
  const object = await breach('shelved-underpass');
  await flood.ask('POST', '/api/v1/shelves', {
    target: { scope: 'object', object },
    level: 'blue',
    minutes: 5,
    reasonKind: 'exercise',
    reason: '演练',
  });
  const now = Date.now();
  await flood.ask('POST', '/api/v1/service-windows', {
    kind: 'out-of-service',
    object: 'shelved-underpass',
    owner: '养护公司',
    from: now,
    reason: '泵房改造',
  });
  await flood.ask('POST', '/api/v1/suppression-rules', {
    scenario: 'FLOOD',
    name: '演练规则',
    cause: { kind: 'item', code: 'FLOOD.I01', object: null, level: 'red' },
    item: 'FLOOD.I02',
    level: 'blue',
    reach: 'same',
    objects: [],
    reason: '演练用的规则',
  });
  await expect
    .poll(() => here.types(), { timeout: 10_000 })
    .toEqual(expect.arrayContaining(['shelf.changed', 'service-window.changed', 'suppression-rule.changed']));
  await expect.poll(() => elsewhere.types(), { timeout: 10_000 }).toContain('suppression-rule.changed');
  expect(elsewhere.types()).not.toContain('shelf.changed');
  expect(elsewhere.types()).not.toContain('service-window.changed');
  here.close();
  elsewhere.close();
});

test('the stream needs a session', async () => {
  const reply = await fetch(`${puan.url}/api/v1/events`);
  expect([reply.status, ((await reply.json()) as { code: string }).code]).toEqual([401, 'session.required']);
});

test('a stream ends when its session has ended', async () => {
  await expect.poll(() => leaver.ended, { timeout: 27_000 }).toBe(true);
});
