import { CHAIN_PROTOCOLS, type ChainProtocol } from '#model/operations';
import { SELF_TEST_PLACE } from '#model/platform';
import type { Sign, SignLevel, Verification } from '#model/standard';
import type { Database } from '#storage';
import { chooseTestSign, type TestPlan } from '#workflow';
import { type Kysely, sql } from 'kysely';

/** How a scenario's chain is tested; `plan` is undefined where its standard has no sign for it. */
export interface ChainPlan {
  readonly scenario: { readonly id: number; readonly code: string; readonly name: string };
  readonly protocol: ChainProtocol;
  readonly plan: TestPlan | undefined;
}

/** By the standard in force at `now` (epoch ms), through the door that most of the scenario's devices use. */
export async function planTest(
  db: Kysely<Database>,
  scenario: number,
  now: number,
): Promise<ChainPlan | undefined> {
  const { rows } = await sql<{ id: number; code: string; name: string }>`
    select id, code, name from scenario where id = ${scenario}`.execute(db);
  const [named] = rows;
  if (!named) return undefined;
  return { scenario: named, protocol: await usualDoor(db, scenario), plan: await signOf(db, scenario, now) };
}

async function signOf(db: Kysely<Database>, scenario: number, now: number): Promise<TestPlan | undefined> {
  const moment = new Date(now);
  const { rows } = await sql<{
    sign: Sign;
    verification: Verification;
    handbook: SignLevel[] | null;
    periodSeconds: number;
    range: [number, number];
  }>`
    select g.body as sign, i.verification, e.period_seconds as "periodSeconds",
      json_build_array(e.range_min, e.range_max) as range,
      (select json_agg(h.level) from handbook_entry h where h.standard_id = g.standard_id and h.item_code = g.item_code) as handbook
    from sign g join element e on e.code = g.element_code
      join warning_item i on i.standard_id = g.standard_id and i.code = g.item_code
    where g.standard_id = (select id from standard_version where scenario = ${scenario} and effective_from <= ${moment}
        and (retired_at is null or retired_at > ${moment}) order by effective_from desc, id desc limit 1)
      and g.body ? 'measure' and e.range_min is not null and e.range_max is not null
    order by g.code`.execute(db);
  return chooseTestSign(rows.map((row) => ({ ...row, handbook: row.handbook ?? [] })));
}

/** The door most of its real devices come in by, of those a test can use. */
async function usualDoor(db: Kysely<Database>, scenario: number): Promise<ChainProtocol> {
  const { rows } = await sql<{ protocol: ChainProtocol }>`
    select protocol from device
    where ${scenario} = any(scenarios) and place is distinct from ${SELF_TEST_PLACE}
      and protocol = any(${[...CHAIN_PROTOCOLS]})
    group by protocol order by count(*) desc, protocol limit 1`.execute(db);
  return rows[0]?.protocol ?? 'hj212';
}
