import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { type TestDatabase, testDatabase } from '../testing.ts';
import { ensureReadingPartitions, forgetReplayedReadings } from './partitions.ts';

const NOON = Date.UTC(2026, 8, 23, 4);
const DAY = 86_400_000;

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

async function store(receivedAt: number, source: number): Promise<void> {
  await sql`insert into reading (observed_at, received_at, value, point_id, quality, source)
    values (now(), ${new Date(receivedAt)}, 1, 1, 0, ${source})`.execute(db.storage.system);
}

test('replayed rows go after their time, live rows stay for good', async () => {
  const { system } = db.storage;
  await ensureReadingPartitions(system, NOON);
  await ensureReadingPartitions(system, NOON + 2 * DAY);
  await store(NOON, 16);
  await store(NOON + 15 * 60_000, 16);
  await store(NOON + 15 * 60_000, 0);
  await store(NOON + 2 * DAY, 16);
  for (let more = true; more;) more = await forgetReplayedReadings(system, NOON + DAY);
  const { rows } = await sql<{ day: number; source: number }>`
    select extract(day from received_at)::int as day, source from reading order by received_at`.execute(
    system,
  );
  expect(rows).toEqual([
    { day: 23, source: 0 },
    { day: 25, source: 16 },
  ]);
});

test('making partitions twice changes nothing', async () => {
  await ensureReadingPartitions(db.storage.system, NOON + 2 * DAY);
  await store(NOON + 2 * DAY + 60 * 60_000, 0);
  const { rows } =
    await sql`select from reading where received_at >= ${new Date(NOON + 2 * DAY + 60 * 60_000)}`.execute(
      db.storage.system,
    );
  expect(rows).toHaveLength(1);
});
