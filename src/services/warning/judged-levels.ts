import type { Tx } from '#storage';
import { judgedLevel } from '#workflow';
import { sql } from 'kysely';

/** How alarms count that a person has verified with another level than their signs': the level to count, by alarm and level told. */
export async function judgedLevels(
  tx: Tx,
  alarms: readonly number[],
): Promise<(alarm: number, level: number) => number> {
  const { rows } = await sql<{ alarm: number; signs: number; given: number }>`
    select distinct on (alarm_id) alarm_id as alarm, signs_level as signs, given_level as given from verification
    where alarm_id = any(${[...new Set(alarms)]}::bigint[]) and decision = 'confirmed' and given_level <> signs_level
    order by alarm_id, id desc`.execute(tx);
  const judged = new Map(rows.map((row) => [row.alarm, row]));
  return (alarm, level) => judgedLevel(level, judged.get(alarm));
}
