import { SUSPECT_BITS } from '#model/monitoring';
import type { FaultKind, FaultState } from '#model/operations';
import { type RawBuilder, sql } from 'kysely';

/**
 * What leaves data that still comes without worth. The others show by themselves: a silent device by its silence, refused frames by
 * what is missing.
 */
const BLINDING: readonly FaultKind[] = ['damaged', 'power-lost', 'network-lost', 'clock-wrong', 'data-poor'];
const UNMENDED: readonly FaultState[] = ['open', 'assigned', 'in-progress', 'reopened'];

/** The same as the hot path allows: three periods, five minutes at least, one and a half of its own rhythm. */
const FRESH = sql.raw(
  'make_interval(secs => greatest(300, 3 * e.period_seconds, 1.5 * coalesce(t.interval_ms, 0) / 1000))',
);
/** An event-driven point watches while its device was heard within a day; where it has none, once it has told anything. */
const DEVICE_ALIVE = sql.raw("interval '1 day'");

/**
 * Live points that match `where` (`p` the point, `e` its element, `o` its object) as tables of a `with`; the last, `looked`, has
 * point_id, object_id, element, device_id, scenarios, condition, stopped_at, until and fault_id. `now` is epoch ms. No reading is
 * looked at: newest values are enough.
 */
export function lookedPoints(now: number, where: RawBuilder<unknown> = sql`true`): RawBuilder<unknown> {
  const moment = sql`${new Date(now)}::timestamptz`;
  return sql`
  ${FAULTY},
  served as materialized (
    select point_id, min(from_at) as from_at, nullif(max(to_at), 'infinity') as to_at from serviced_point
    where from_at <= ${moment} and to_at > ${moment} group by point_id
  ),
  poor as materialized (
    select u.point_id, min(q.since) as since from quality_finding q, unnest(q.point_ids) u(point_id)
    where q.ended_at is null group by u.point_id
  ),
  looked as materialized (
    select p.id as point_id, p.object_id, p.element_code as element, p.device_id, c.condition,
      -- A point serves the scenario of its element; where its object is in none such, those of the object.
      case when e.scenario = any(p.scenarios) then array[e.scenario] else p.scenarios end as scenarios,
      case c.condition when 'replaying' then r.opened_at when 'serviced' then sp.from_at
        when 'silent' then h.at when 'faulty' then coalesce(fp.opened_at, fd.opened_at)
        when 'doubtful' then coalesce(q.since, t.observed_at) end as stopped_at,
      case c.condition when 'serviced' then sp.to_at end as until,
      coalesce(fp.fault_id, fd.fault_id) as fault_id
    from point p join element e on e.code = p.element_code
      join monitored_object o on o.id = p.object_id and o.retired_at is null
      left join point_state t on t.point_id = p.id left join device d on d.id = p.device_id
      left join replay_session r on r.id = d.replay_session_id and r.state = 'running'
      left join served sp on sp.point_id = p.id
      left join faulty fp on fp.point_id = p.id left join faulty fd on fd.device_id = p.device_id
      left join poor q on q.point_id = p.id
      cross join lateral (select case when e.period_seconds > 0 then t.observed_at
        else greatest(t.observed_at, d.last_seen_at) end as at) h
      cross join lateral (select case
        when r.id is not null then 'replaying'
        when h.at is null then 'unheard'
        when sp.point_id is not null then 'serviced'
        when case when e.period_seconds > 0 then h.at <= ${moment} - ${FRESH}
          else d.last_seen_at is not null and h.at <= ${moment} - ${DEVICE_ALIVE} end then 'silent'
        when coalesce(fp.fault_id, fd.fault_id) is not null then 'faulty'
        when t.quality & ${SUSPECT_BITS} <> 0 then 'doubtful'
        else 'watching' end as condition) c
    where ${where}
  )`;
}

/** Faults that are not mended, by the device or point they are of. */
const FAULTY = sql`
  wrong as materialized (
    select id, subject_kind, subject, opened_at from fault
    where state = any(${[...UNMENDED]}) and kind = any(${[...BLINDING]}) and subject_kind in ('device','point')
  ),
  faulty as materialized (
    select d.id as device_id, null::int as point_id, min(f.opened_at) as opened_at, min(f.id) as fault_id
    from wrong f join device d on d.protocol = split_part(f.subject, '/', 1)
      and d.code = substr(f.subject, strpos(f.subject, '/') + 1)
    where f.subject_kind = 'device' group by d.id
    union all
    select null, p.id, min(f.opened_at), min(f.id) from wrong f join point p on p.code = f.subject
    where f.subject_kind = 'point' group by p.id
  )`;
