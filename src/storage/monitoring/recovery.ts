import { SCRIPT_SOURCE, SUSPECT_BITS } from '#model/monitoring';
import { SELF_TEST_PLACE } from '#model/platform';
import { type Kysely, type RawBuilder, sql } from 'kysely';

import type { Database } from '../tables/database.ts';

/**
 * Readings that belong to the life their point leads now: live rows, or those of the session it plays in. `reading` and
 * `session` are aliases; the session's is null for a point that is live.
 */
function ofPresentSession(reading: string, session: string): RawBuilder<boolean> {
  const r = sql.ref(reading);
  const t = sql.ref(session);
  return sql`(case when ${t}.id is null then ${r}.source < 16
    else ${r}.source >= 16 and ${r}.received_at >= ${t}.opened_at end)`;
}

/**
 * Brings the kept figures up to the last committed reading: newest value per point and counts per day, from the
 * readings after the flush mark. Gives the receiving time of the newest reading, epoch ms (0 when there is none).
 */
export async function absorbTail(db: Kysely<Database>): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await sql`insert into point_state (point_id, observed_at, value, quality)
      select distinct on (r.point_id) r.point_id, r.observed_at, r.value, r.quality
      from reading r join point p on p.id = r.point_id
      left join device d on d.id = p.device_id left join replay_session t on t.id = d.replay_session_id
      where r.received_at > (select flushed_to from ingest_mark) and r.quality & 8 = 0 and ${ofPresentSession('r', 't')}
      order by r.point_id, r.observed_at desc
      on conflict (point_id) do update set observed_at = excluded.observed_at, value = excluded.value, quality = excluded.quality,
        same_since = case when point_state.value = excluded.value then point_state.same_since else excluded.observed_at end
      where point_state.observed_at < excluded.observed_at`.execute(tx);
    await absorbDays(tx);
    await sql`insert into reading_count as c (day, scenario, replay, script, received, suspect)
      select (r.received_at at time zone 'Asia/Shanghai')::date, p.scenarios[1], r.source >= 16, r.source = 16 + ${SCRIPT_SOURCE}::int, count(*),
        count(*) filter (where r.quality & ${SUSPECT_BITS} <> 0)
      from reading r join point p on p.id = r.point_id
      where r.received_at > (select counted_to from ingest_mark) and p.place <> ${SELF_TEST_PLACE}::int
      group by 1, 2, 3, 4
      on conflict (day, scenario, replay, script) do update
        set received = c.received + excluded.received, suspect = c.suspect + excluded.suspect`.execute(tx);
    const { rows } = await sql<{ newest: number }>`
      update ingest_mark set flushed_to = t.newest, counted_to = t.newest from (
        select greatest(m.counted_to, (select max(received_at) from reading r where r.received_at > m.flushed_to)) as newest
        from ingest_mark m
      ) t returning extract(epoch from t.newest)::float8 * 1000 as newest`.execute(tx);
    const newest = rows[0]?.newest ?? 0;
    return Number.isFinite(newest) ? newest : 0;
  });
}

/**
 * Live readings by the Beijing day they were observed on, and their marks; as the hot path counts them. The day of a point knows
 * up to which reading it is counted.
 */
async function absorbDays(tx: Kysely<Database>): Promise<void> {
  await sql`with tail as (
      select (r.observed_at at time zone 'Asia/Shanghai')::date as day, r.point_id, r.observed_at, r.quality,
        r.received_at, r.received_at - r.observed_at <= make_interval(secs => greatest(e.period_seconds, 60)) as in_time
      from reading r join point p on p.id = r.point_id join element e on e.code = p.element_code
        left join point_day c on c.point_id = r.point_id and c.day = (r.observed_at at time zone 'Asia/Shanghai')::date
      where r.received_at > (select flushed_to from ingest_mark) and r.source < 16
        and r.received_at > coalesce(c.counted_to, '-infinity')
    ), marked as (
      insert into point_day_mark as m (day, point_id, mark, count)
      select day, point_id, 1 << bit, count(*) from tail, generate_series(0, 14) bit where quality >> bit & 1 = 1
      group by 1, 2, 3
      on conflict (day, point_id, mark) do update set count = m.count + excluded.count
    )
    insert into point_day as d (day, point_id, received, suspect, in_time, last_at, counted_to)
    select day, point_id, count(*), count(*) filter (where quality & ${SUSPECT_BITS} <> 0), count(*) filter (where in_time), max(observed_at),
      max(received_at)
    from tail group by 1, 2
    on conflict (day, point_id) do update set received = d.received + excluded.received, suspect = d.suspect + excluded.suspect,
      in_time = d.in_time + excluded.in_time, last_at = greatest(d.last_at, excluded.last_at), counted_to = excluded.counted_to`.execute(
    tx,
  );
}
