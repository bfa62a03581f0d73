import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { Rights, type Scope } from '#model/platform';
import { type Ground, RequestContext, SystemContext } from '#services/context';
import { loadObjectKinds, loadPlatforms } from '#services/platform';
import { getCoverage, listLacks, loadStandard, takeCoverage } from '#services/standard';
import { EmbeddedPostgres, migrate, openVault, Storage } from '#storage';
import { sql } from 'kysely';

import { percentile, print } from './machine.ts';

const OBJECTS = 100_000;
const RUNS = 20;
const STANDARDS = path.resolve('standards');

const LOOKERS: readonly { readonly who: string; readonly scope: Scope }[] = [
  { who: 'district', scope: { places: [{ from: 1, to: 999_999 }], scenarios: [] } },
  { who: 'one scenario', scope: { places: [{ from: 1010, to: 1019 }], scenarios: [1] } },
  { who: 'one town', scope: { places: [{ from: 121_000, to: 121_999 }], scenarios: [] } },
];

/** Stock-taking of 100,000 objects of all scenarios, and what the page of coverage asks for. */
export async function coverage(): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'puan-bench-'));
  const postgres = await EmbeddedPostgres.start({ dataDir: folder, log: () => undefined });
  const storage = new Storage(postgres.address, () => undefined);
  const clock = { now: () => Date.now() };
  const ground: Ground = { storage, clock, poke: () => undefined, vault: openVault(folder) };
  try {
    await migrate(storage.system);
    const system = new SystemContext(ground);
    await loadPlatforms(system, path.join(STANDARDS, 'platforms.json'));
    await loadStandard(system, STANDARDS);
    await loadObjectKinds(system, path.join(STANDARDS, 'ledger/object-kinds.json'));
    await fill(storage);
    await takeStock(storage, system);
    for (const looker of LOOKERS) await look(ground, looker);
  } finally {
    await storage.close();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Objects of one kind each, a quarter of their elements without a point, some points silent; figures for every town and kind. */
async function fill(storage: Storage): Promise<void> {
  const db = storage.system;
  await sql`insert into monitored_object (code, name, scenarios, place, town, village, place_approximate, lat, lon)
    select 'B' || n, '对象' || n, array[1 + n % 17]::int2[], v.place, t.code, v.code, false, 31.2, 121.6
    from generate_series(1, ${OBJECTS}::int) n
    join (select row_number() over (order by id) - 1 as i, count(*) over () as all, * from platform where kind = 'village') v
      on v.i = n % v.all
    join platform t on t.id = v.parent_id`.execute(db);
  await sql`insert into point (code, object_id, element_code, place, scenarios, simulated)
    select o.code || '.' || e.n, o.id, e.element, o.place, o.scenarios, false from monitored_object o
    cross join lateral (select k.elements from object_kind k where k.scenario = o.scenarios[1]
      order by md5(k.code || (o.id % 50)) limit 1) k
    cross join lateral unnest(k.elements) with ordinality e(element, n) where (o.id + e.n) % 4 <> 0`.execute(
    db,
  );
  await sql`insert into point_state select id, now() - random() * interval '12 minutes', 1, 0, 0 from point`.execute(
    db,
  );
  await sql`insert into ledger_entry (kind_id, scenario, place, town, quantity, source, as_of, edited_by, edited_at)
    select k.id, k.scenario, t.place, t.code, 30, '测量', '2026-01-01', 'bench', now()
    from object_kind k cross join platform t where t.kind = 'town'`.execute(db);
  await sql`vacuum analyze`.execute(db);
}

async function takeStock(storage: Storage, system: SystemContext): Promise<void> {
  const note = `${OBJECTS} 个对象`;
  print({ name: 'coverage first stock', value: await once(() => takeCoverage(system)), unit: 'ms', note });
  await sql`vacuum analyze object_coverage`.execute(storage.system);
  print({ name: 'coverage next stock', value: await once(() => takeCoverage(system)), unit: 'ms', note });
}

async function look(ground: Ground, { who, scope }: (typeof LOOKERS)[number]): Promise<void> {
  const grant = {
    role: 'business-admin' as const,
    platform: 'PD',
    platformName: '区总平台',
    scope,
    actingFor: null,
  };
  const actor = {
    accountId: 1,
    username: 'bench',
    name: '测量',
    rights: new Rights([grant]),
    address: '127.0.0.1',
  };
  const asked: Readonly<Record<string, (context: RequestContext) => Promise<unknown>>> = {
    figures: (context) => getCoverage(context, { query: {} }),
    'blind, first page': (context) => listLacks(context, { query: { gap: 'blind', limit: 50 } }),
    'unregistered, first page': (context) =>
      listLacks(context, { query: { gap: 'unregistered', limit: 50 } }),
  };
  for (const [what, ask] of Object.entries(asked)) {
    const times: number[] = [];
    for (let i = 0; i < RUNS; i += 1) times.push(await once(() => ask(new RequestContext(ground, actor))));
    print({
      name: `coverage ${what}, ${who} p95`,
      value: percentile(times, 0.95),
      unit: 'ms',
      note: `${OBJECTS} 个对象，${RUNS} 次`,
    });
  }
}

async function once(run: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await run();
  return Math.round((performance.now() - began) * 10) / 10;
}
