// A new version of the standard, through the doors of a running server: drafted by one, published by another, live at its moment.
import { setTimeout as sleep } from 'node:timers/promises';

import type { StandardFile } from '#model/standard';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import { Client } from '../../test/client.ts';
import { PASSWORD, PuanProcess } from '../../test/puan-process.ts';

interface Draft {
  readonly id: number;
  readonly version: number;
  readonly document: StandardFile;
}
interface Warned {
  readonly items: readonly { readonly object: { readonly code: string }; readonly level: string }[];
}

const puan = new PuanProcess();
let writer: Client;
let approver: Client;
let gateway: Client;

beforeAll(async () => {
  await puan.start();
  const nobody = new Client(puan.url);
  writer = await nobody.as('flood.admin', PASSWORD);
  approver = await nobody.as('flood.head', PASSWORD);
  const admin = await nobody.as('admin', PASSWORD);
  const named = { name: '测试网关', kind: 'gateway' };
  gateway = new Client(puan.url, (await admin.ask<{ token: string }>('POST', '/api/v1/tokens', named)).token);
  for (const code of ['before', 'after']) {
    const body = { code, name: `下立交 ${code}`, scenarios: ['FLOOD'], lat: 31.2, lon: 121.6 };
    await writer.ask('POST', '/api/v1/objects', body);
    await writer.ask('POST', '/api/v1/points', { code, object: code, element: 'FLOOD.UNDERPASS' });
  }
}, 120_000);
afterAll(() => puan.remove());

/** The underpass is red at 20 cm at once, instead of at 40. */
function redAt20(document: StandardFile): StandardFile {
  return {
    ...document,
    signs: document.signs.map((sign) =>
      sign.code === 'FLOOD.S06'
        ? {
            ...sign,
            levels: {
              yellow: { limit: 10, onDelaySeconds: 120 },
              orange: { limit: 15, onDelaySeconds: 120 },
              red: { limit: 20, onDelaySeconds: 0 },
            },
          }
        : sign,
    ),
  };
}

async function openLevels(): Promise<readonly (readonly [string, string])[]> {
  const { items } = await writer.ask<Warned>('GET', '/api/v1/warnings?state=open');
  return items.map(({ object, level }) => [object.code, level] as const);
}

test('22 cm is nothing until the moment and red from then on, with nobody restarting anything', async () => {
  const made = await writer.ask<Draft>('POST', '/api/v1/standard-drafts', {
    scenario: 'FLOOD',
    reason: '下立交封交线下调',
  });
  const saved = await writer.ask<Draft>('PUT', `/api/v1/standard-drafts/${made.id}`, {
    version: made.version,
    document: redAt20(made.document),
  });
  const sent = await writer.ask<Draft>('POST', `/api/v1/standard-drafts/${made.id}/submit`, {
    version: saved.version,
  });
  const self = await writer.send('POST', `/api/v1/standard-drafts/${made.id}/publish`, {
    version: sent.version,
  });
  expect(self.status).toBe(403);
  const moment = Date.now() + 6000;
  await approver.ask('POST', `/api/v1/standard-drafts/${made.id}/publish`, {
    version: sent.version,
    effectiveFrom: moment,
  });

  await gateway.ask('POST', '/api/v1/readings', [{ point: 'before', observedAt: Date.now(), value: 22 }]);
  expect(await openLevels()).toEqual([]);
  await sleep(moment - Date.now() + 1);
  await gateway.ask('POST', '/api/v1/readings', [{ point: 'after', observedAt: moment, value: 22 }]);
  // What stood there before is judged by the new version, too, though nothing new was said.
  await vi.waitFor(
    async () =>
      expect(new Map(await openLevels())).toEqual(
        new Map([
          ['after', 'red'],
          ['before', 'red'],
        ]),
      ),
    { timeout: 10_000 },
  );
  await vi.waitFor(
    async () => {
      const { items } = await writer.ask<{ items: { state: string; reviewedBy: string | null }[] }>(
        'GET',
        '/api/v1/standard-versions?scenario=FLOOD',
      );
      expect(items.map(({ state }) => state)).toEqual(['in-force', 'retired']);
    },
    { timeout: 10_000 },
  );
});

interface Deployed {
  readonly evaluator: { readonly heldAt: number | null; readonly points: number; readonly judged: number };
  readonly lag: Readonly<Record<'held' | 'announced' | 'shown', number | null>>;
  readonly screens: readonly { readonly announcedAt: number | null; readonly shownAt: number | null }[];
  readonly platforms: readonly { readonly code: string; readonly screens: number; readonly shown: number }[];
  readonly tookEffectAt: number | null;
}

test('who deploys sees when evaluator, screen and platform had the version; a screen is believed about itself only', async () => {
  const nobody = new Client(puan.url);
  const deployer = await nobody.as('tech.admin', PASSWORD);
  const { items } = await writer.ask<{ items: { id: number }[] }>(
    'GET',
    '/api/v1/standard-versions?scenario=FLOOD',
  );
  const old = await deployer.ask<Deployed>('GET', `/api/v1/standard-versions/${items[0]?.id}/deployment`);
  // The one that has said nothing since took it over at the moment, too.
  expect(old.evaluator).toMatchObject({ points: 2, judged: 2 });
  expect(old.lag.held).toBeGreaterThan(0);
  expect((await writer.send('GET', `/api/v1/standard-versions/${items[0]?.id}/deployment`)).status).toBe(403);

  const screen = new Screen(puan.url, writer);
  const stream = await screen.until(/"stream":"([0-9a-f-]+)"/u);
  const made = await writer.ask<Draft>('POST', '/api/v1/standard-drafts', {
    scenario: 'FLOOD',
    reason: '核验各处是否到位',
  });
  const sent = await writer.ask<Draft>('POST', `/api/v1/standard-drafts/${made.id}/submit`, {
    version: made.version,
  });
  const { publishedVersion } = await approver.ask<{ publishedVersion: { id: number } }>(
    'POST',
    `/api/v1/standard-drafts/${made.id}/publish`,
    { version: sent.version },
  );
  const at = `/api/v1/standard-versions/${publishedVersion.id}`;
  await screen.until(/event: standard.published/u);
  const seen = async (): Promise<Deployed> => deployer.ask<Deployed>('GET', `${at}/deployment`);
  await vi.waitFor(async () => expect((await seen()).evaluator.heldAt).not.toBeNull(), { timeout: 10_000 });
  expect((await seen()).screens).toMatchObject([
    { announcedAt: expect.any(Number) as number, shownAt: null },
  ]);

  expect(await approver.ask('POST', `${at}/shown`, { stream })).toEqual({ taken: false });
  expect(await writer.ask('POST', `${at}/shown`, { stream })).toEqual({ taken: true });
  const { lag, screens, platforms, tookEffectAt } = await seen();
  expect(tookEffectAt).not.toBeNull();
  expect(screens).toMatchObject([{ shownAt: expect.any(Number) as number }]);
  expect(lag.shown).toBeGreaterThanOrEqual(lag.announced ?? Number.NaN);
  expect(platforms.find(({ code }) => code === 'FLOOD')).toMatchObject({ screens: 1, shown: 1 });
  expect(platforms.find(({ code }) => code === 'PD')).toMatchObject({ screens: 0, shown: 0 });
  screen.close();
  await vi.waitFor(async () => expect((await seen()).screens).toEqual([]), { timeout: 10_000 });
  process.stdout.write(`发布到判定 ${lag.held} 毫秒，到屏幕 ${lag.announced} 毫秒\n`);
});

/** A browser's event stream, as far as a test needs one. */
class Screen {
  #text = '';
  readonly #stop = new AbortController();

  constructor(url: string, client: Client) {
    void this.#read(url, client).catch(() => undefined);
  }

  async #read(url: string, { token }: Client): Promise<void> {
    const headers = { authorization: `Bearer ${token}` };
    const { body } = await fetch(`${url}/api/v1/events`, { headers, signal: this.#stop.signal });
    const decoder = new TextDecoder();
    for await (const bytes of body ?? []) this.#text += decoder.decode(bytes, { stream: true });
  }

  /** The first group of the pattern, once it has come. */
  async until(pattern: RegExp): Promise<string> {
    const found = await vi.waitFor(
      () => {
        const match = pattern.exec(this.#text);
        if (!match) throw new Error(`nothing like ${String(pattern)} has come`);
        return match;
      },
      { timeout: 10_000 },
    );
    return found[1] ?? '';
  }

  close(): void {
    this.#stop.abort();
  }
}

test('a version still to come is called off: the one before lives on', async () => {
  const made = await writer.ask<Draft>('POST', '/api/v1/standard-drafts', {
    scenario: 'FLOOD',
    reason: '再下调一次封交线',
  });
  const sent = await writer.ask<Draft>('POST', `/api/v1/standard-drafts/${made.id}/submit`, {
    version: made.version,
  });
  await approver.ask('POST', `/api/v1/standard-drafts/${made.id}/publish`, {
    version: sent.version,
    effectiveFrom: Date.now() + 3_600_000,
  });
  const { items } = await writer.ask<{ items: { id: number; state: string }[] }>(
    'GET',
    '/api/v1/standard-versions?scenario=FLOOD',
  );
  const coming = items.find(({ state }) => state === 'coming');
  await approver.ask('POST', `/api/v1/standard-versions/${coming?.id}/cancel`, {
    reason: '依据文件撤回，重新起草',
  });
  const again = await writer.ask<{ items: { state: string }[] }>(
    'GET',
    '/api/v1/standard-versions?scenario=FLOOD',
  );
  expect(again.items.map(({ state }) => state).toSorted()).toEqual([
    'cancelled',
    'in-force',
    'retired',
    'retired',
  ]);
  expect(puan.errors).toBe('');
});

interface Rehearsed {
  readonly id: number;
  readonly state: string;
  readonly done: number;
  readonly isOfPresentText: boolean;
  readonly result: Record<'draft' | 'current', { readonly byLevel: { readonly red: number } }> | null;
}

test('a draft is rehearsed over what was measured, beside the version in force, in a thread of its own; edited since, it says so', async () => {
  const made = await writer.ask<Draft>('POST', '/api/v1/standard-drafts', {
    scenario: 'FLOOD',
    reason: '封交线提到 30 厘米',
  });
  const signs = made.document.signs.map((sign) =>
    sign.code === 'FLOOD.S06' ? { ...sign, levels: { red: { limit: 30, onDelaySeconds: 0 } } } : sign,
  );
  const path = `/api/v1/standard-drafts/${made.id}`;
  const saved = await writer.ask<Draft>('PUT', path, {
    version: made.version,
    document: { ...made.document, signs },
  });
  const span = { from: Date.now() - 3_600_000, to: Date.now() + 60_000 };
  const asked = await writer.ask<Rehearsed>('POST', `${path}/rehearsals`, { ...span, objects: ['after'] });
  expect(asked).toMatchObject({ state: 'waiting', result: null });
  const look = () => approver.ask<Rehearsed>('GET', `/api/v1/rehearsals/${asked.id}`);
  await vi.waitFor(async () => expect((await look()).state).toBe('done'), { timeout: 20_000, interval: 200 });
  const done = await look();
  expect(done).toMatchObject({ done: 1, isOfPresentText: true });
  expect(done.result?.current.byLevel.red).toBe(1);
  expect(done.result?.draft.byLevel.red).toBe(0);

  const again = await writer.send('POST', `/api/v1/rehearsals/${asked.id}/cancel`, {});
  expect(again.status).toBe(409);
  const backwards = await writer.send('POST', `${path}/rehearsals`, { from: span.to, to: span.from });
  expect(backwards.status).toBe(422);
  await writer.ask('PUT', path, { version: saved.version, document: made.document });
  expect((await look()).isOfPresentText).toBe(false);
});
