// Walks the catalogue, not a list: a table that a later migration adds is held to the same rules, or named here with the reason.
import { type Scope, SELF_TEST_PLACE } from '#model/platform';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { type TestDatabase, testDatabase } from './testing.ts';

/** Tables that requests may read without a row's own scope, and why that leaks nothing. */
const OPEN: Readonly<Record<string, string>> = {
  scenario: 'the seventeen names of scenarios',
  platform_count: 'how many platforms the regulation counts',
  town_border: 'imported public borders',
  replay_session: 'names and clocks of replays; the rows they play are scoped',
  quarantine: 'strangers have no place yet; the capability device.read guards them',
  town_population: 'public figures of towns',
  point_day: 'counts only: its point is scoped',
  point_day_mark: 'counts only: its point is scoped',
  device_factor: 'numbers only: its device and its point are scoped',
  frame_refusal: 'counts by reason; asked for through the device',
  unmapped_factor: 'names of factors; asked for through the device',
  device_leniency: 'names of leniencies; asked for through the device',
  point_state: 'asked for through the point, which is scoped',
  reading: 'asked for through the point, which is scoped; partitions carry no grants',
  reading_chunk: 'as reading',
  rolled_page: 'as reading',
  reading_horizon: 'since when readings are kept one by one, the same for everybody',
  retention_clock: 'one clock of the whole server',
  blind_mark: 'the moment the whole district was looked at',
  coverage_mark: 'the moment stock was taken of the whole district',
  time_machine: 'since when there is a past to be shown, the same for everybody',
};
/** Read by capability, not by place: only auditors read the trail, wherever things happened. */
const BY_CAPABILITY = ['audit'];
/** Scoped tables whose rows everybody who is signed in may read: published law, and the public part of the tree. */
const PUBLISHED = [
  'standard_version',
  'element',
  'parameter',
  'warning_item',
  'sign',
  'handbook_entry',
  'object_kind',
  'reading_count',
  'suppression_rule',
  // 应急响应 in force stand on every screen.
  'activation',
];

const INSIDE = 121_010;
const OUTSIDE = 103_010;
const HERE: Scope = { places: [{ from: 121_000, to: 121_999 }], scenarios: [] };
const FLOOD: Scope = { places: [], scenarios: [1] };

interface Column {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
}
interface Table {
  readonly name: string;
  readonly secured: boolean;
  readonly forced: boolean;
  readonly readable: boolean;
  readonly columns: readonly Column[];
  readonly checks: readonly string[];
}

let db: TestDatabase;
let tables: readonly Table[] = [];
beforeAll(async () => {
  db = await testDatabase();
  tables = await loadTables();
});
afterAll(() => db.drop());

async function loadTables(): Promise<readonly Table[]> {
  const { rows } = await sql<Table>`
    select c.relname as name, c.relrowsecurity as secured, c.relforcerowsecurity as forced,
      has_any_column_privilege('puan_app', c.oid, 'select') as readable,
      (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, null),
          'required', a.attnotnull and not a.atthasdef and a.attidentity = '') order by a.attnum)
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
      coalesce((select json_agg(k.conname) from pg_constraint k where k.conrelid = c.oid and k.contype = 'c'), '[]') as checks
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition and c.relname not like 'kysely%'
    order by c.relname`.execute(db.storage.system);
  return rows;
}

const scopeColumns = (table: Table): readonly Column[] =>
  table.columns.filter(({ name }) => ['place', 'scenario', 'scenarios'].includes(name));
/** Tables under a place or a scenario that requests can read at all. */
const scoped = (): readonly Table[] =>
  tables.filter((table) => scopeColumns(table).length > 0 && table.readable);

test('every table with a place or a scenario stands under row-level security, and its owner ingests freely', () => {
  const bare = tables
    .filter((table) => scopeColumns(table).length > 0 && !table.secured)
    .map(({ name }) => name);
  expect(bare).toEqual([]);
  expect(tables.filter(({ forced }) => forced).map(({ name }) => name)).toEqual([]);
  expect(scoped().length).toBeGreaterThanOrEqual(20);
});

test('a table that requests can read has a policy, or is named here with the reason', () => {
  const open = tables.filter(({ secured, readable }) => readable && !secured).map(({ name }) => name);
  expect(open.toSorted()).toEqual(Object.keys(OPEN).toSorted());
});

test('the role of requests owns nothing, may do nothing beyond its grants, and no partition is granted', async () => {
  const { rows } = await sql<{
    owned: number;
    super: boolean;
    bypass: boolean;
    partitions: number;
    secrets: string[] | null;
  }>`
    select (select count(*) from pg_class where relowner = r.oid) as owned, r.rolsuper as super, r.rolbypassrls as bypass,
      (select count(*) from pg_class c where c.relispartition and has_any_column_privilege('puan_app', c.oid, 'select')) as partitions,
      (select array_agg(a.attrelid::regclass || '.' || a.attname) from pg_attribute a join pg_class c on c.oid = a.attrelid
        where a.attname ~ '(password_hash|totp_sealed|recovery|pin_hash)' and c.relkind = 'r'
          and has_column_privilege('puan_app', a.attrelid, a.attnum, 'select')) as secrets
    from pg_roles r where r.rolname = 'puan_app'`.execute(db.storage.system);
  expect(rows[0]).toEqual({ owned: 0, super: false, bypass: false, partitions: 0, secrets: null });
});

test('a view that requests can read asks the scope itself, or is named here with what it tells', async () => {
  const { rows } = await sql<{ name: string; definition: string }>`
    select c.relname as name, pg_get_viewdef(c.oid) as definition from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('v', 'm')
      -- One that asks as whoever reads it is under the policies of its tables.
      and not coalesce(c.reloptions::text ~ 'security_invoker', false)
      and has_any_column_privilege('puan_app', c.oid, 'select')`.execute(db.storage.system);
  const bare = rows.filter(({ definition }) => !/puan\.a0|stands_duty/u.test(definition));
  expect(bare.map(({ name }) => name).toSorted()).toEqual(['account_name', 'duty_busy']);
  // What the two tell of everybody: a name; that somebody is on duty then, not where.
  const told = await sql<{ columns: string }>`
    select string_agg(attname, ' ' order by attnum) as columns from pg_attribute
    where attrelid in ('account_name'::regclass, 'duty_busy'::regclass) and attnum > 0 group by attrelid order by 1`.execute(
    db.storage.system,
  );
  expect(told.rows.map(({ columns }) => columns)).toEqual([
    'id username name',
    'seat_id account_id from_at to_at',
  ]);
});

test('without a scope every scoped table answers with an error, never with rows', async () => {
  for (const { name } of scoped().filter((table) => !PUBLISHED.includes(table.name))) {
    const asked = db.storage.system.transaction().execute(async (tx) => {
      await sql`set local role puan_app`.execute(tx);
      return sql`select 1 as one from ${sql.table(name)} where place is not null or true`.execute(tx);
    });
    const outcome = await asked.then(
      ({ rows }) => `${name}: ${rows.length} rows`,
      (error: unknown) => String(error),
    );
    // A table that is empty is not even asked for its scope; then there is nothing to leak.
    expect([name, /puan\.|: 0 rows|place/u.test(outcome)]).toEqual([name, true]);
  }
});

const count = async (name: string, scope: Scope): Promise<number> =>
  db.storage.inScope({ scope, account: 0, capability: 'test' }, async (tx) => {
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(name)}`.execute(tx);
    return rows[0]?.n ?? Number.NaN;
  });

/** A value of the column's type. */
function valueFor(column: Column, seed: number): unknown {
  if (column.type.endsWith('[]')) return '{}';
  if (/json/u.test(column.type)) return '{}';
  if (/timestamp/u.test(column.type))
    return new Date(Date.UTC(2026, 0, 1) + seed * 60_000 + column.name.length);
  if (column.type === 'date') return '2026-01-01';
  if (column.type === 'boolean') return false;
  if (column.type === 'bytea') return Buffer.from(`seed ${seed}`);
  if (/int|double|numeric|real/u.test(column.type)) return seed;
  return `text ${seed}`;
}

async function plant(
  table: Table,
  where: { readonly place: number; readonly scenario: number },
  seed: number,
): Promise<void> {
  const values = new Map<string, unknown>();
  for (const column of table.columns) {
    if (column.name === 'place') values.set('place', where.place);
    else if (column.name === 'scenario') values.set('scenario', where.scenario);
    else if (column.name === 'scenarios') values.set('scenarios', `{${where.scenario}}`);
    else if (column.required) values.set(column.name, valueFor(column, seed));
  }
  await db.storage.system.transaction().execute(async (tx) => {
    // Only the scope is looked at here: what a row refers to need not exist, nor must its values make sense.
    await sql`set local session_replication_role = replica`.execute(tx);
    for (const check of table.checks) {
      await sql`alter table ${sql.table(table.name)} drop constraint if exists ${sql.ref(check)}`.execute(tx);
    }
    const names = sql.join([...values.keys()].map((name) => sql.ref(name)));
    await sql`insert into ${sql.table(table.name)} (${names}) values (${sql.join([...values.values()])})`.execute(
      tx,
    );
  });
}

test('by direct SQL every scoped table shows what lies inside and nothing else, by place and by scenario', async () => {
  const wrong: string[] = [];
  const others = [...PUBLISHED, ...BY_CAPABILITY, 'platform'];
  const walked = scoped().filter(({ name }) => !others.includes(name));
  for (const table of walked) {
    for (const scope of [HERE, FLOOD]) {
      const found = await count(table.name, scope);
      if (found !== 0) wrong.push(`${table.name}: ${found} rows before any was written`);
    }
    try {
      await plant(table, { place: INSIDE, scenario: 5 }, 1);
      await plant(table, { place: OUTSIDE, scenario: 1 }, 2);
      await plant(table, { place: OUTSIDE, scenario: 5 }, 3);
    } catch (error) {
      wrong.push(`${table.name}: ${String(error)}`);
      continue;
    }
    const byScenario = table.columns.some(({ name }) => name !== 'place' && name.startsWith('scenario'));
    const seen = [
      await count(table.name, HERE),
      await count(table.name, FLOOD),
      await count(table.name, { places: [], scenarios: [] }),
    ];
    const wanted = [1, byScenario ? 1 : 0, 0];
    if (seen.join(' ') !== wanted.join(' '))
      wrong.push(`${table.name}: seen ${seen.join(' ')}, wanted ${wanted.join(' ')}`);
  }
  expect(wrong).toEqual([]);
});

test('what belongs to self-tests is seen by nobody who does not ask for its very place', async () => {
  const { rows } = await sql<{ table: string }>`
    select tablename as table from pg_policies where policyname = 'self_test' order by 1`.execute(
    db.storage.system,
  );
  expect(rows.length).toBeGreaterThan(10);
  const seen = async (scope: Scope): Promise<readonly number[]> =>
    Promise.all(rows.map(({ table }) => count(table, scope)));
  const before = await seen(FLOOD);
  for (const { table } of rows) {
    const found = tables.find(({ name }) => name === table);
    if (found) await plant(found, { place: SELF_TEST_PLACE, scenario: 1 }, 4);
  }
  expect(await seen(FLOOD)).toEqual(before);
  const there = { from: SELF_TEST_PLACE, to: SELF_TEST_PLACE };
  expect(await seen({ places: [there], scenarios: [] })).toEqual(rows.map(() => 1));
});

test('a query that forgot to say where it may look returns nothing of what is there', async () => {
  // Deliberately unguarded: no condition at all, by somebody whose capability reaches nowhere.
  const nowhere: Scope = { places: [], scenarios: [] };
  await sql`select 1`.execute(db.storage.system);
  const all = await sql<{ n: number }>`select count(*) as n from warning`.execute(db.storage.system);
  expect(all.rows[0]?.n).toBeGreaterThan(0);
  expect(await count('warning', nowhere)).toBe(0);
});

test('partitions of the readings are closed to requests', async () => {
  await sql`create table reading_direct partition of reading for values from ('2026-01-01') to ('2026-01-02')`.execute(
    db.storage.system,
  );
  await expect(count('reading_direct', HERE)).rejects.toThrow(/permission denied/u);
});

test('offices and towns are public, a village is seen from inside, from above and by scenarios', async () => {
  await sql`insert into platform (id, code, name, kind, parent_id, place, place_to) values
    (1, 'PD', '区', 'district', null, 1, 999999), (121000, 'T1', '镇', 'town', 1, 121000, 121999),
    (121010, 'V1', '村', 'village', 121000, 121010, 121019), (121020, 'V2', '邻村', 'village', 121000, 121020, 121029)`.execute(
    db.storage.system,
  );
  const codes = async (scope: Scope): Promise<readonly string[]> =>
    db.storage.inScope({ scope, account: 0, capability: 'platform.read' }, async (tx) =>
      (await tx.selectFrom('platform').select('code').orderBy('id').execute()).map(({ code }) => code),
    );
  expect(await codes({ places: [{ from: 121_010, to: 121_019 }], scenarios: [] })).toEqual([
    'PD',
    'T1',
    'V1',
  ]);
  expect(await codes(HERE)).toEqual(['PD', 'T1', 'V1', 'V2']);
  expect(await codes(FLOOD)).toEqual(['PD', 'T1', 'V1', 'V2']);
  expect(await codes({ places: [], scenarios: [] })).toEqual(['PD', 'T1']);
});

test('one’s own sessions and tokens are one’s own; those of others are seen from above them only', async () => {
  const { system } = db.storage;
  await sql`insert into account (id, username, name, place, scenario) overriding system value values
    (901, 'me', '甲', 121010, null), (902, 'other', '乙', 103010, null)`.execute(system);
  await sql`insert into token (name, kind, token_hash, account_id) values ('mine', 'gateway', 'a', 901), ('theirs', 'gateway', 'b', 902)`.execute(
    system,
  );
  const names = (scope: Scope, account: number): Promise<readonly string[]> =>
    db.storage.inScope({ scope, account, capability: 'self' }, async (tx) =>
      (
        await tx
          .selectFrom('token')
          .select('name')
          .where('name', 'in', ['mine', 'theirs'])
          .orderBy('name')
          .execute()
      ).map(({ name }) => name),
    );
  const nowhere: Scope = { places: [], scenarios: [] };
  expect(await names(nowhere, 901)).toEqual(['mine']);
  expect(await names(nowhere, 0)).toEqual([]);
  expect(await names(HERE, 902)).toEqual(['mine', 'theirs']);
  expect(await names(HERE, 0)).toEqual(['mine']);
});
