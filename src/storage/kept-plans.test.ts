import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { keepPlans } from './kept-plans.ts';
import type { Tx } from './connection.ts';
import { type TestDatabase, testDatabase } from './testing.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

/** What the session of a transaction keeps, by the text that was asked. */
async function kept(tx: Tx, like: string): Promise<readonly { generic: number; custom: number }[]> {
  const { rows } = await sql<{ generic: number; custom: number }>`
    select generic_plans as generic, custom_plans as custom from pg_prepared_statements
    where statement like ${`%${like}%`} and statement not like '%pg_prepared_statements%'`.execute(tx);
  return rows;
}

const name = async (tx: Tx, id: number): Promise<unknown> =>
  (await sql<{ name: string }>`select code as name from scenario where id = ${id} /* kept? */`.execute(tx))
    .rows[0]?.name;

test('while a transaction keeps its plans a statement is planned once, whatever it is asked for; the answers are of each', async () => {
  await sql`insert into scenario values (1, 'FLOOD', '防汛防台', '区应急管理局'), (5, 'GAS', '燃气', '区建交委')`.execute(
    db.storage.system,
  );
  await db.storage.system.transaction().execute(async (tx) => {
    await keepPlans(tx);
    expect([await name(tx, 1), await name(tx, 5), await name(tx, 1)]).toEqual(['FLOOD', 'GAS', 'FLOOD']);
    expect(await kept(tx, 'kept?')).toEqual([{ generic: 3, custom: 0 }]);
  });
});

test('with the transaction it ends: the next one plans anew, also after an undone one', async () => {
  await db.storage.system.connection().execute(async (session) => {
    await session
      .transaction()
      .execute(async (tx) => {
        await keepPlans(tx);
        throw new Error('undone');
      })
      .catch(() => undefined);
    await session.transaction().execute(async (tx) => {
      const { rows } = await sql<{ mode: string }>`select current_setting('plan_cache_mode') as mode`.execute(
        tx,
      );
      expect(rows[0]?.mode).toBe('auto');
      await sql`select ${1}::int as one /* plain */`.execute(tx);
      expect(await kept(tx, '/* plain */')).toEqual([]);
    });
  });
});

test('a kept plan under a request sees what the scope of each request lets it see', async () => {
  await sql`insert into monitored_object (code, name, scenarios, place, place_approximate, lat, lon) values
    ('U1', '下立交一', '{1}', 100, true, 31.2, 121.5), ('G1', '燃气站一', '{5}', 200, true, 31.1, 121.6)`.execute(
    db.storage.system,
  );
  const codes = (scenario: number): Promise<readonly string[]> =>
    db.storage.inScope(
      { scope: { places: [], scenarios: [scenario] }, account: 0, capability: 'object.read' },
      async (tx) => {
        await keepPlans(tx);
        const { rows } = await sql<{ code: string }>`
          select code from monitored_object where id > ${0} order by code`.execute(tx);
        return rows.map((row) => row.code);
      },
    );
  for (let turn = 0; turn < 4; turn += 1) expect([await codes(1), await codes(5)]).toEqual([['U1'], ['G1']]);
});

test('a statement that fails is no harm to the next', async () => {
  const half = (tx: Tx, by: number): Promise<unknown> =>
    sql`select 10 / ${by}::int as half /* divided */`.execute(tx).then(({ rows }) => rows[0]);
  const at = (by: number): Promise<unknown> =>
    db.storage.system.transaction().execute(async (tx) => {
      await keepPlans(tx);
      return half(tx, by);
    });
  await expect(at(0)).rejects.toThrow(/division by zero/u);
  expect(await at(5)).toEqual({ half: 2 });
  await expect(at(0)).rejects.toThrow(/division by zero/u);
  expect(await at(2)).toEqual({ half: 5 });
});
