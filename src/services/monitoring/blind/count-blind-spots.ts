import { scenarioCodeOf } from '#model/platform';
import type { Storage } from '#storage';
import { sql } from 'kysely';

/** Towns by the scenario's code in which nothing watches any more; of every scenario that is watched anywhere, 0 included. */
export async function countBlindSpots(storage: Storage): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ scenario: number; n: number }>`
    select scenario, count(*) filter (where state = 'blind') as n from blind_spot where village = '' group by scenario
    order by scenario`.execute(storage.system);
  return new Map(rows.map(({ scenario, n }) => [scenarioCodeOf(scenario) ?? String(scenario), n]));
}
