import { SCRIPT_SOURCE } from '#model/monitoring';
import { SELF_TEST_PLACE } from '#model/platform';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import type { MismatchRow } from './checks.ts';

/**
 * Readings that were counted as received on a day against the rows that lie there, by scenario, live and replayed apart. Both come
 * from one commit, so they are equal to the row; the rows of that day are all there until the first of them are packed, a day after
 * they came. What was received after the last count is left out on both sides.
 */
export async function checkReadings(
  tx: Tx,
  day: { readonly name: string; readonly from: number; readonly to: number; readonly place: number },
): Promise<readonly MismatchRow[]> {
  const { rows } = await sql<{
    scenario: number;
    name: string;
    replay: boolean;
    script: boolean;
    counted: number;
    stored: number;
  }>`
    with mark as (select least(counted_to, ${new Date(day.to)}::timestamptz - interval '1 microsecond') as upto from ingest_mark),
    by_point as (
      select r.point_id, r.source >= 16 as replay, r.source = 16 + ${SCRIPT_SOURCE}::int as script, count(*) as n from reading r
      where r.received_at >= ${new Date(day.from)} and r.received_at < ${new Date(day.to)}
        and r.received_at <= (select upto from mark)
      group by 1, 2, 3
    ), stored as (
      select p.scenarios[1] as scenario, b.replay, b.script, sum(b.n)::float8 as n from by_point b join point p on p.id = b.point_id
      where p.place <> ${SELF_TEST_PLACE} group by 1, 2, 3
    ), counted as (
      select scenario, replay, script, received::float8 as n from reading_count where day = ${day.name}::date
    )
    select scenario, g.name, replay, script, coalesce(c.n, 0) as counted, coalesce(s.n, 0) as stored
    from counted c full join stored s using (scenario, replay, script) join scenario g on g.id = scenario
    where coalesce(c.n, 0) <> coalesce(s.n, 0)`.execute(tx);
  return rows.map(({ scenario, name, replay, script, counted, stored }) => ({
    subject_kind: 'readings',
    subject_id: null,
    place: day.place,
    scenario,
    since: day.from,
    text: `${name} ${day.name} ${kindText(replay, script)}读数收下 ${counted} 条，库中 ${stored} 条，差 ${counted - stored} 条`,
  }));
}

function kindText(replay: boolean, script: boolean): string {
  if (script) return '演练脚本';
  return replay ? '回放' : '实时';
}
