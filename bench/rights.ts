import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import type { Scope } from '#model/platform';
import { EmbeddedPostgres, migrate, scopeCondition, Storage } from '#storage';
import { sql } from 'kysely';

import { percentile, print } from './machine.ts';

const ROWS = 1_000_000;
const RUNS = 60;
const PAGE = 51;

/** Who looks, and the condition that says by hand what row-level security says by itself. */
const LOOKERS: readonly { readonly who: string; readonly scope: Scope }[] = [
  { who: 'district', scope: { places: [{ from: 1, to: 999_999 }], scenarios: [] } },
  { who: 'one scenario', scope: { places: [{ from: 1010, to: 1019 }], scenarios: [1] } },
  { who: 'four scenarios', scope: { places: [{ from: 1000, to: 1999 }], scenarios: [1, 2, 3, 4] } },
  { who: 'one town', scope: { places: [{ from: 121_000, to: 121_999 }], scenarios: [] } },
  { who: 'one village', scope: { places: [{ from: 121_010, to: 121_019 }], scenarios: [] } },
  {
    who: 'four villages far apart',
    scope: {
      places: [101_010, 109_030, 118_050, 131_020].map((from) => ({ from, to: from + 9 })),
      scenarios: [],
    },
  },
  { who: 'nowhere', scope: { places: [], scenarios: [] } },
];

const LISTS: readonly { readonly name: string; readonly where: ReturnType<typeof sql> }[] = [
  { name: 'first page', where: sql`true` },
  { name: 'first page of open ones', where: sql`state = 'open'` },
];

/** What row-level security costs: the first page of a million warnings as each looks at it, with it and without. */
export async function rights(): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'puan-bench-'));
  const postgres = await EmbeddedPostgres.start({ dataDir: folder, log: () => undefined });
  const storage = new Storage(postgres.address, () => undefined);
  try {
    await migrate(storage.system);
    await fill(storage);
    for (const looker of LOOKERS) {
      for (const list of LISTS) await measure(storage, looker, list);
    }
  } finally {
    await storage.close();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fill(storage: Storage): Promise<void> {
  const db = storage.system;
  await sql`insert into scenario select i, 'S' || i, 'S' || i, '' from generate_series(1, 17) i`.execute(db);
  await sql`insert into monitored_object (code, name, scenarios, place, place_approximate, lat, lon)
    values ('M', '测量对象', '{1}', 121010, false, 31.2, 121.6)`.execute(db);
  // 36 towns of 40 villages; one warning in a hundred is open; opened over three years.
  await sql`insert into warning (object_id, item_code, place, scenario, state, level, peak_level, reason, opened_at, changed_at, simulated)
    select 1, 'I' || i, 100000 + (i % 36) * 1000 + 10 + ((i / 36) % 40) * 10, 1 + (i % 17),
      case when i % 100 = 0 then 'open' else 'closed' end, 1, 1, '', now() - i * interval '95 seconds', now(), false
    from generate_series(1, ${ROWS}::int) i`.execute(db);
  await sql`vacuum analyze warning`.execute(db);
}

async function measure(
  storage: Storage,
  { who, scope }: (typeof LOOKERS)[number],
  { name, where }: (typeof LISTS)[number],
): Promise<void> {
  const narrowed = scopeCondition(scope, 'warning');
  const page = sql`select * from warning where ${where} and ${narrowed} order by opened_at desc, id desc limit ${PAGE}`;
  const places = scope.places.map(({ from, to }) => sql`place between ${from} and ${to}`);
  const byHand = sql.join([...places, sql`scenario = any(${[...scope.scenarios]}::int2[])`], sql` or `);
  const same = sql`select * from warning where ${where} and (${byHand}) order by opened_at desc, id desc limit ${PAGE}`;
  const asking = { scope, account: 1, capability: 'warning.read' };
  const withIt = await times(() => storage.inScope(asking, (tx) => page.execute(tx)));
  const without = await times(() => storage.system.transaction().execute((tx) => same.execute(tx)));
  const [guarded, bare] = [percentile(withIt, 0.95), percentile(without, 0.95)].map(
    (ms) => Math.round(ms * 100) / 100,
  );
  print({
    name: `rights ${name}, ${who} p95`,
    value: guarded ?? Number.NaN,
    unit: 'ms',
    peer: 'the same condition by hand, no row-level security',
    peer_value: bare ?? Number.NaN,
    ratio: Math.round(((bare ?? 0) / (guarded ?? 1)) * 100) / 100,
    note: `${ROWS} 条预警，每页 50 条，${RUNS} 次，含设定范围的一次往返`,
  });
}

async function times(run: () => Promise<unknown>): Promise<readonly number[]> {
  for (let i = 0; i < 5; i += 1) await run();
  const found: number[] = [];
  for (let i = 0; i < RUNS; i += 1) {
    const began = performance.now();
    await run();
    found.push(performance.now() - began);
  }
  return found;
}
