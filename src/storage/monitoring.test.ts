import { sql } from 'kysely';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { absorbTail, ensureReadingPartitions, IngestWriter, ReadingCopy, WriterTakenError } from './index.ts';
import { type TestDatabase, testDatabase } from './testing.ts';

const NOW = Math.floor(Date.now() / 60_000) * 60_000;

let db: TestDatabase;
let writer: IngestWriter;
beforeAll(async () => {
  db = await testDatabase();
  const { system } = db.storage;
  await ensureReadingPartitions(system, NOW);
  await sql`insert into scenario values (1, 'FLOOD', '防汛防台', '区应急管理局')`.execute(system);
  await sql`insert into standard_version (scenario, version, document, published_at, effective_from)
    values (1, '1', '{}', now(), now())`.execute(system);
  await sql`insert into element (code, standard_id, scenario, name, unit, period_seconds, sensing, is_key, body)
    values ('E', 1, 1, '水深', 'cm', 60, 'iot', true, '{}')`.execute(system);
  await sql`insert into monitored_object (code, name, scenarios, place, place_approximate, lat, lon)
    values ('O', '下立交', '{1}', 1, true, 31, 121)`.execute(system);
  await sql`insert into point (code, object_id, element_code, place, scenarios, simulated)
    select 'P' || g, 1, 'E', 1, '{1}', false from generate_series(1, 3) g`.execute(system);
  writer = await IngestWriter.connect(db.location);
});
afterAll(async () => {
  await writer.close();
  await db.drop();
});

let received = NOW;
async function store(
  rows: readonly (readonly [point: number, at: number, value: number, quality?: number])[],
) {
  received += 1;
  const copy = new ReadingCopy(received, 1);
  for (const [point, at, value, quality = 0] of rows) copy.add(point, at, value, quality, 0);
  await writer.begin();
  await writer.copy(copy.finish());
  await writer.commit();
}

test('what is written as binary rows is read back to the bit, from 1970 to 9999', async () => {
  const rows = fc.sample(
    fc.tuple(
      fc.constant(3),
      fc.integer({ min: 0, max: 253_402_300_799_999 }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: 0, max: 255 }),
    ),
    { numRuns: 500, seed: 7 },
  );
  await store(rows);
  const { rows: stored } = await sql<{ at: number; value: number; quality: number }>`
    select round(extract(epoch from observed_at) * 1000)::float8 as at, value, quality::int from reading
    where point_id = 3`.execute(db.storage.system);
  const key = (at: number, value: number, quality: number): string => `${at} ${value} ${quality}`;
  expect(stored.map((row) => key(row.at, row.value, row.quality)).toSorted()).toEqual(
    rows.map(([, at, value, quality]) => key(at, value, quality)).toSorted(),
  );
  await sql`delete from reading`.execute(db.storage.system);
});

test('the tail behind the mark is counted once, however often it is absorbed', async () => {
  await store([
    [1, NOW - 2000, 5],
    [1, NOW - 1000, 7],
    [2, Date.UTC(2059, 0, 1), 9, 8],
  ]);
  expect(await absorbTail(db.storage.system)).toBe(received);
  expect(await absorbTail(db.storage.system)).toBe(received);
  const counts = await db.storage.system.selectFrom('reading_count').selectAll().execute();
  expect(counts).toMatchObject([{ scenario: 1, replay: false, received: 3, suspect: 1 }]);
  const newest = await db.storage.system.selectFrom('point_state').selectAll().execute();
  // A clock of 2059 is nobody's newest value.
  expect(newest).toMatchObject([
    { point_id: 1, observed_at: NOW - 1000, value: 7, quality: 0, interval_ms: 0 },
  ]);
});

test('an older row that comes after the mark is counted and leaves the newest value alone', async () => {
  await store([[1, NOW - 60_000, 1, 16]]);
  await absorbTail(db.storage.system);
  const [counted] = await db.storage.system.selectFrom('reading_count').selectAll().execute();
  expect(counted).toMatchObject({ received: 4, suspect: 1 });
  const newest = await db.storage.system.selectFrom('point_state').selectAll().execute();
  expect(newest).toMatchObject([{ point_id: 1, value: 7 }]);
});

test('a second process may not write readings into the same database, and is told what to do', async () => {
  const second = IngestWriter.connect(db.location);
  await expect(second).rejects.toThrow(WriterTakenError);
  await expect(second).rejects.toThrow(/另一个浦安进程/u);
});
