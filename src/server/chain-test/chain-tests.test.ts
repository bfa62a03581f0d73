// A real Puan is asked to test a chain, whole and broken on purpose.
import type { ChainGrid, ChainTest } from '#contract/operations';
import { EmbeddedPostgres, Storage } from '#storage';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import { Client } from '../../../test/client.ts';
import { PASSWORD, PuanProcess } from '../../../test/puan-process.ts';

const puan = new PuanProcess();
let storage: Storage;
let admin: Client;

beforeAll(async () => {
  await puan.start();
  const { address } = await EmbeddedPostgres.start({ dataDir: puan.dataDir, log: () => undefined });
  storage = new Storage(address, () => undefined);
  admin = await new Client(puan.url).as('district', PASSWORD);
}, 300_000);
afterAll(async () => {
  await storage.close();
  await puan.remove();
});

const newest = async (scenario: string): Promise<ChainTest | undefined> => {
  const grid = await admin.ask<ChainGrid>('GET', '/api/v1/chain-tests');
  return grid.scenarios.find((one) => one.scenario === scenario)?.newest ?? undefined;
};

/** Asks for a test and waits for its end. */
async function testChain(scenario: string): Promise<ChainTest> {
  const { id } = await admin.ask<ChainTest>('POST', '/api/v1/chain-tests', { scenario });
  return vi.waitFor(
    async () => {
      const one = await admin.ask<ChainTest>('GET', `/api/v1/chain-tests/${id}`);
      expect(['waiting', 'running']).not.toContain(one.state);
      return one;
    },
    { timeout: 120_000, interval: 200 },
  );
}

interface GatewayFacts {
  readonly id: number;
  readonly protocol: string;
  readonly name: string;
  readonly port: number | null;
  readonly limits: object;
}

const count = async (what: string): Promise<number> => {
  const { rows } = await sql
    .raw<{ n: number }>(`select count(*)::int as n from ${what}`)
    .execute(storage.system);
  return rows[0]?.n ?? 0;
};

test('a test reading walks from the gateway to the closed warning, and counts nowhere', async () => {
  const done = await testChain('FLOOD');
  expect(done.reason).toBeNull();
  expect(done.state).toBe('passed');
  expect(done.stages.map(({ stage, ok }) => [stage, ok])).toEqual(
    ['gateway', 'stored', 'sign', 'alarm', 'warning', 'order', 'receipt', 'recovery', 'closing'].map(
      (name) => [name, true],
    ),
  );
  // Somebody of another scenario may not ask for it.
  const handler = await new Client(puan.url).as('met.admin', PASSWORD);
  expect((await handler.send('POST', '/api/v1/chain-tests', { scenario: 'FLOOD' })).status).toBe(403);
  // It was real: there is a warning, and its order was cleared as a test.
  expect(await count(`warning where place = -1 and state = 'closed'`)).toBe(1);
  expect(await count(`work_order where place = -1 and state = 'closed' and verdict = 'test'`)).toBe(1);
  // And it is nobody's business.
  const paths = ['/api/v1/warnings', '/api/v1/work-orders', '/api/v1/objects', '/api/v1/devices'];
  const pages = await Promise.all(paths.map((page) => admin.ask('GET', `${page}?limit=500`)));
  expect(JSON.stringify(pages)).not.toMatch(/自检|ZJ-|PUANZIJIAN/u);
  expect(await count('reading_count')).toBe(0);
  expect(await count(`duty_log where text like '%自检%'`)).toBe(0);
  expect(await count(`work_order where place = -1 and state <> 'closed'`)).toBe(0);
  expect(await count(`replay_session where state = 'running'`)).toBe(0);
}, 180_000);

test('a gateway that is shut breaks the chain there: a fault, a line in the duty log, and both end with it', async () => {
  const { items } = await admin.ask<{ items: GatewayFacts[] }>('GET', '/api/v1/gateways');
  const gateway = items.find(({ protocol }) => protocol === 'hj212');
  const { name, port, limits } = gateway ?? {};
  const turn = (enabled: boolean) =>
    admin.ask('PUT', `/api/v1/gateways/${gateway?.id}`, { name, port, limits, enabled });
  await turn(false);
  const broken = await testChain('FLOOD');
  expect(broken).toMatchObject({ state: 'broken', brokenStage: 'gateway', reason: 'hj212 网关没有监听' });
  expect(await count(`fault where kind = 'chain-broken' and state = 'open'`)).toBe(1);
  await vi.waitFor(
    async () => expect(await count(`duty_log where text like '%链路自检断在“网关”%'`)).toBe(1),
    {
      timeout: 30_000,
    },
  );
  await turn(true);
  expect(await testChain('FLOOD')).toMatchObject({ state: 'passed' });
  expect(await count(`fault where kind = 'chain-broken' and state = 'resolved'`)).toBe(1);
}, 240_000);

test('a part that hangs is named as the stage that was not reached, and what it brings late is closed', async () => {
  await admin.ask('PUT', '/api/v1/platforms/PD/settings/chain-test.limit-seconds', { value: 10 });
  // Whoever follows alarms waits for its cursor.
  const held = storage.system.startTransaction();
  const tx = await held.execute();
  await sql`select from subscription where name = 'warning.follow-alarms' for update`.execute(tx);
  const broken = await testChain('FLOOD');
  expect(broken).toMatchObject({ state: 'broken', brokenStage: 'warning' });
  expect(broken.stages.at(-1)).toMatchObject({ stage: 'warning', ok: false, found: '10 秒内没有等到' });
  await tx.rollback().execute();
  await vi.waitFor(
    async () => expect(await count(`work_order where place = -1 and state <> 'closed'`)).toBe(1),
    {
      timeout: 60_000,
    },
  );
  expect(await testChain('FLOOD')).toMatchObject({ state: 'passed' });
  expect((await newest('FLOOD'))?.state).toBe('passed');
  expect(await count(`warning where place = -1 and state <> 'closed'`)).toBe(0);
}, 300_000);

test.each([
  ['http', 'GAS'],
  ['mqtt', 'POWER'],
])(
  'a scenario whose devices speak %s is tested through that door',
  async (protocol, scenario) => {
    await sql`insert into device (protocol, code, settings, simulated, place, scenarios)
    select ${protocol}, ${`usual-${protocol}`}, '{}'::jsonb, false, 1, array[id] from scenario where code = ${scenario}`.execute(
      storage.system,
    );
    const done = await testChain(scenario);
    expect(done).toMatchObject({ state: 'passed', reason: null, protocol });
    expect(done.stages[0]?.found).toMatch(new RegExp(`报文经 ${protocol} .* 送到并有应答`, 'u'));
  },
  180_000,
);
