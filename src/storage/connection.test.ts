import { setTimeout as sleep } from 'node:timers/promises';

import type { Scope } from '#model/platform';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { type TestDatabase, testDatabase } from './testing.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
  await sql`insert into scenario values (1, 'FLOOD', '防汛防台', '区应急管理局'), (5, 'GAS', '燃气', '区建交委')`.execute(
    db.storage.system,
  );
  await sql`insert into monitored_object (code, name, scenarios, place, place_approximate, lat, lon) values
    ('U1', '下立交一', '{1}', 100, true, 31.2, 121.5),
    ('G1', '燃气站一', '{5}', 200, true, 31.1, 121.6),
    ('B1', '两个场景', '{1,5}', 300, true, 31.0, 121.7)`.execute(db.storage.system);
});
afterAll(() => db.drop());

const asking = (scope: Scope) => ({ scope, account: 0, capability: 'object.read' });
const codes = (scope: Scope): Promise<readonly string[]> =>
  db.storage.inScope(asking(scope), async (tx) =>
    (await tx.selectFrom('monitored_object').select('code').orderBy('code').execute()).map((row) => row.code),
  );

test('a scenario sees its objects wherever they stand, a territory sees all objects in it', async () => {
  expect(await codes({ places: [], scenarios: [1] })).toEqual(['B1', 'U1']);
  expect(await codes({ places: [{ from: 150, to: 250 }], scenarios: [] })).toEqual(['G1']);
  expect(await codes({ places: [{ from: 100, to: 100 }], scenarios: [5] })).toEqual(['B1', 'G1', 'U1']);
  expect(await codes({ places: [], scenarios: [] })).toEqual([]);
});

test('an object may not be written outside the scope', async () => {
  const write = db.storage.inScope(asking({ places: [{ from: 100, to: 150 }], scenarios: [] }), (tx) =>
    tx
      .insertInto('monitored_object')
      .values({
        code: 'X',
        name: 'x',
        scenarios: [5],
        place: 400,
        place_approximate: true,
        lat: 31,
        lon: 121,
        simulated: false,
        town: null,
        village: null,
        owner: null,
        operator: null,
      })
      .execute(),
  );
  await expect(write).rejects.toThrow(/row-level security/u);
});

test('a forgotten scope is an error, not a leak', async () => {
  const role = db.storage.system.transaction().execute(async (tx) => {
    await sql`set local role puan_app`.execute(tx);
    return tx.selectFrom('monitored_object').selectAll().execute();
  });
  await expect(role).rejects.toThrow(/puan\.a0/u);
});

test('moments come back as epoch milliseconds', async () => {
  const { rows } = await sql<{ at: number; old: number }>`
    select '2024-09-19T17:00:00.123+08:00'::timestamptz as at, '-infinity'::timestamptz as old`.execute(
    db.storage.system,
  );
  expect(rows[0]).toEqual({ at: Date.UTC(2024, 8, 19, 9, 0, 0, 123), old: Number.NEGATIVE_INFINITY });
});

test.each([0, 100, 120, 123])('a moment with %i ms in its second is read to the millisecond', async (ms) => {
  const at = Date.UTC(2024, 8, 19, 9, 0, 0, ms);
  const { rows } = await sql<{ at: number }>`select ${new Date(at)}::timestamptz as at`.execute(
    db.storage.system,
  );
  expect(rows[0]?.at).toBe(at);
});

test('it is closed only when the database has let go of its connections, so that the database can stop in peace', async () => {
  const other = await testDatabase();
  const { storage } = other;
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(storage.system);
  const pid = rows[0]?.pid ?? 0;
  process.kill(pid, 'SIGSTOP');
  const closed = storage.close().then(() => 'closed');
  try {
    expect(await Promise.race([closed, sleep(200, 'waiting')])).toBe('waiting');
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  expect(await closed).toBe('closed');
  await other.drop();
});
