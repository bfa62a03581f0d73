import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { migrate } from './migrate.ts';
import { type TestDatabase, testDatabase } from './testing.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

test('a database of this version is left as it is', async () => {
  await expect(migrate(db.storage.system)).resolves.toBeUndefined();
});

test('one that a newer version has brought further is left alone, and the sentence says what to do', async () => {
  await sql`insert into kysely_migration (name, timestamp) values ('9999-later', now()::text)`.execute(
    db.storage.system,
  );
  await expect(migrate(db.storage.system)).rejects.toThrow(/与本版本不一致，没有动它。.*请换回那个版本/u);
});
