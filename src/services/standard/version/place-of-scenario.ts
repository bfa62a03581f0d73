import type { Tx } from '#storage';
import { sql } from 'kysely';

/** Where a scenario's standard lies: its platform's place. */
export async function placeOfScenario(tx: Tx, scenario: number): Promise<number> {
  const { rows } = await sql<{ place: number | null }>`
    select place from platform where scenario = ${scenario} order by id limit 1`.execute(tx);
  const place = rows[0]?.place;
  if (place === undefined || place === null) throw new Error(`scenario ${scenario} has no platform`);
  return place;
}
