import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { type TestDatabase, testDatabase } from './testing.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

test('whatever joins rows as they were with rows as they stand never compares each with each, whichever change was planned first', async () => {
  const { rows } = await sql<{ name: string; settings: readonly string[] | null }>`
    select distinct p.proname as name, p.proconfig as settings from pg_trigger t join pg_proc p on p.oid = t.tgfoid
    where not t.tgisinternal and t.tgoldtable is not null and t.tgnewtable is not null and p.prosrc ~ 'was b join stands a'
    order by 1`.execute(db.storage.system);
  expect(rows.map(({ name }) => name)).toEqual([
    'keep_deadline_past',
    'keep_warning_past',
    'keep_work_order_past',
  ]);
  for (const { settings } of rows) expect(settings).toContain('enable_nestloop=off');
});
