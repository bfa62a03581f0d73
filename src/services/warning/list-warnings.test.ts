import { SCENARIOS } from '#model/platform';
import { RequestContext } from '#services/context';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { type TestDatabase, testDatabase } from '../../storage/testing.ts';
import { personWith, TEST_VAULT } from '../context/testing.ts';
import { listWarnings } from './list-warnings.ts';

const OFFICE = { from: 1010, to: 1019 };
const ELSEWHERE = 200_000;
const { FLOOD, GAS } = SCENARIOS;

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
  const { system } = db.storage;
  for (const [code, { id, name, owner }] of Object.entries({ FLOOD, GAS }))
    await sql`insert into scenario values (${id}, ${code}, ${name}, ${owner})`.execute(system);
  for (const [scenario, place, item, level] of [
    [FLOOD.id, ELSEWHERE, 'FLOOD.I06', 4],
    [GAS.id, OFFICE.from, 'GAS.I01', 4],
    [GAS.id, ELSEWHERE, 'GAS.I03', 1],
  ] as const)
    await sql`with made as (
        insert into monitored_object (code, name, scenarios, place, place_approximate, lat, lon)
        values (${`${item} ${place}`}, '对象', array[${scenario}::int2], ${place}, true, 31.2, 121.6) returning id
      )
      insert into warning (object_id, item_code, place, scenario, state, level, peak_level, reason, opened_at, changed_at, simulated)
      select id, ${item}, ${place}, ${scenario}, 'open', ${level}, ${level}, '', now(), now(), false from made`.execute(
      system,
    );
});
afterAll(() => db.drop());

/** The office of a scenario: its scenario everywhere, and whatever lies at its own numbers. */
function office(): RequestContext {
  const ground = {
    storage: db.storage,
    clock: { now: () => Date.now() },
    poke: () => undefined,
    vault: TEST_VAULT,
  };
  const scope = { places: [OFFICE], scenarios: [FLOOD.id] };
  return new RequestContext(ground, personWith({ roles: ['business-admin'], scope }));
}

test.each([
  [undefined, ['FLOOD.I06', 'GAS.I01']],
  ['FLOOD', ['FLOOD.I06']],
  ['GAS', ['GAS.I01']],
  ['NOBODY', []],
])('an office that asks for scenario %s sees of it what it reaches', async (scenario, items) => {
  const query = { limit: 50, ...(scenario === undefined ? {} : { scenario }) };
  const page = await listWarnings(office(), { query });
  expect(page.items.map(({ item }) => item.code).toSorted()).toEqual(items);
  expect(page.open).toMatchObject({ red: 2, blue: 0 });
});
