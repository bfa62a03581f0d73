import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { migrate } from './migrate.ts';
import { emptyDatabase, type TestDatabase } from './testing.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await emptyDatabase();
});
afterAll(() => db.drop());

const YELLOW = '{"level":"yellow","steps":[{"code":"1","text":"到场"}]}';
const RED = '{"level":"red","steps":[{"code":"1","text":"封闭下立交"}]}';

const freeze = async (entry: string): Promise<number | undefined> =>
  (await sql<{ id: number }>`select freeze_handbook(${entry}::jsonb) as id`.execute(db.storage.system))
    .rows[0]?.id;

test('orders of an earlier version keep what they were opened under, each text held once, and get no new past', async () => {
  const { system } = db.storage;
  await migrate(system, '0071-small-gaps');
  await sql`insert into monitored_object (id, code, name, scenarios, place, place_approximate, lat, lon)
    overriding system value values (1, 'U1', '下立交', '{1}', 100, true, 31.2, 121.5)`.execute(system);
  for (const [code, entry] of [
    ['GD-1', YELLOW],
    ['GD-2', RED],
    ['GD-3', YELLOW],
  ])
    await sql`insert into work_order (code, object_id, item_code, place, scenario, level, loop, state, unit, handbook, limits,
        standard_version, limit_class, opened_at, simulated, source)
      values (${code}, 1, 'FLOOD.I06', 100, 1, 2, 'small', 'dispatched', '', ${entry}, '{}', '1', 'T-std', now(), false, 'patrol')`.execute(
      system,
    );
  const written = async () =>
    (await sql<{ at: string }>`select written_at::text as at from work_order order by code`.execute(system))
      .rows;
  const before = await written();

  await migrate(system);

  const { rows } = await sql<{ code: string; entry: object }>`
    select o.code, h.entry from work_order o join order_handbook h on h.id = o.handbook_id order by o.code`.execute(
    system,
  );
  expect(rows).toEqual([
    { code: 'GD-1', entry: JSON.parse(YELLOW) as object },
    { code: 'GD-2', entry: JSON.parse(RED) as object },
    { code: 'GD-3', entry: JSON.parse(YELLOW) as object },
  ]);
  expect(await written()).toEqual(before);
  expect((await sql`select from work_order_past`.execute(system)).rows).toEqual([]);
  expect((await sql`select from order_handbook`.execute(system)).rows).toHaveLength(2);
});

test('what is frozen again has the number it had, also where many freeze it at once', async () => {
  const entry = '{"level":"orange","steps":[]}';
  const numbers = await Promise.all(Array.from({ length: 20 }, () => freeze(entry)));
  expect(new Set(numbers).size).toBe(1);
  expect(await freeze('{"steps": [], "level": "orange"}')).toBe(numbers[0]);
  expect(await freeze(RED)).not.toBe(numbers[0]);
});
