import { type RawBuilder, sql } from 'kysely';

import { inForce } from '../in-force.ts';

/** An event-driven element that has never spoken is alive while its device was heard within a day. */
const DEVICE_ALIVE = sql.raw("interval '1 day'");
/** The same as the hot path allows: three periods, five minutes at least, one and a half of its own rhythm. */
const FRESH = sql.raw('greatest(300, 3 * e.period_seconds, 1.5 * coalesce(t.interval_ms, 0) / 1000)');

/** Objects by their number, both ends inside. */
export interface ObjectRange {
  readonly from: number;
  readonly to: number;
}

/** What there is of some objects at a moment (epoch ms), as the tables of a `with`: `standing` objects, their `elements` and `signs`. */
export function stockAt(now: number, range: ObjectRange): RawBuilder<unknown> {
  const parts = [heard(new Date(now), range), KINDS, standing(range), ELEMENTS, law(now), ITEM_STATE, SIGNS];
  return sql.join(parts, sql`, `);
}

/** The elements an object has points for, and whether one of these is alive. */
const heard = (moment: Date, { from, to }: ObjectRange): RawBuilder<unknown> => sql`
  heard as materialized (
    select p.object_id, p.element_code as element, bool_or(case when e.period_seconds = 0
        then t.point_id is not null or coalesce(d.last_seen_at > ${moment}::timestamptz - ${DEVICE_ALIVE}, false)
        else coalesce(t.observed_at > ${moment}::timestamptz - make_interval(secs => ${FRESH}), false) end
      -- A recording played again is not the present.
      and coalesce(r.state, 'ended') <> 'running') as alive
    from point p join element e on e.code = p.element_code left join point_state t on t.point_id = p.id
      left join device d on d.id = p.device_id left join replay_session r on r.id = d.replay_session_id
    where p.object_id between ${from} and ${to}
    group by p.object_id, p.element_code
  )`;

/** What kind an object is: as the ledger tells, else by its points. */
const KINDS = sql`
  wanted as (
    select k.id, k.scenario, w.element from object_kind k cross join lateral unnest(k.elements) w(element)
  ), told as (
    select distinct on (object_id, scenario) object_id, scenario, kind_id from ledger_entry
    where object_id is not null order by object_id, scenario, id
  ), likely as (
    -- By its points: the kind that wants most of what the object has, of those the one that wants least besides.
    select distinct on (object_id, scenario) object_id, scenario, id as kind_id from (
      select h.object_id, w.scenario, w.id, count(*) as has from heard h join wanted w on w.element = h.element
      group by h.object_id, w.scenario, w.id
    ) c order by object_id, scenario, has desc,
      (select cardinality(k.elements) from object_kind k where k.id = c.id), id
  )`;

const standing = ({ from, to }: ObjectRange): RawBuilder<unknown> => sql`
  standing as materialized (
    select o.id as object_id, s.scenario, o.place, o.town, o.village, o.parameters,
      coalesce(t.kind_id, l.kind_id) as kind_id
    from monitored_object o cross join lateral unnest(o.scenarios) s(scenario)
      left join told t on t.object_id = o.id and t.scenario = s.scenario
      left join likely l on l.object_id = o.id and l.scenario = s.scenario
    where o.retired_at is null and o.id between ${from} and ${to}
  )`;

/** Mandatory elements of the object's kind, those without a point and those whose points are silent. */
const ELEMENTS = sql`
  elements as (
    select s.object_id, s.scenario, count(*) as n,
      coalesce(array_agg(w.element order by w.element) filter (where h.object_id is null), '{}') as blind,
      coalesce(array_agg(w.element order by w.element) filter (where not h.alive), '{}') as dead
    from standing s join wanted w on w.id = s.kind_id
      left join heard h on h.object_id = s.object_id and h.element = w.element
    group by s.object_id, s.scenario
  )`;

/** The signs in force, with the parameters each needs. */
const law = (now: number): RawBuilder<unknown> => sql`
  law as materialized (
    select g.code, g.element_code as element, g.item_code as item, g.scenario, g.standard_id, g.body,
      (select array_agg(distinct n #>> '{}') from jsonb_path_query(g.body, '$.**.parameter') n) as needed
    from sign g join standard_version v on v.id = g.standard_id where ${inForce(now)} and g.element_code is not null
  )`;

/** Items that can reach a level without a handbook, and items whose handbooks name a role nobody holds. */
const ITEM_STATE = sql`
  item_state as materialized (
    select l.standard_id, l.item,
      bool_or(exists (select from jsonb_object_keys(l.body->'levels') level
        where not exists (select from handbook_entry h where h.standard_id = l.standard_id and h.item_code = l.item
          and h.level = level))) as no_handbook,
      bool_or(exists (select from handbook_entry h join coverage_post r on r.scenario = l.scenario
          and r.role in (h.body->'responsible'->>'role', h.body->'reviewer'->>'role')
        where h.standard_id = l.standard_id and h.item_code = l.item)) as no_post
    from law l group by l.standard_id, l.item
  )`;

/** What the law makes of an object: its signs and items, and which of them cannot work there. */
const SIGNS = sql`
  judged as (
    select s.object_id, s.scenario, l.code, l.item, l.standard_id,
      l.needed is not null and not s.parameters ?& l.needed as off
    from standing s join heard h on h.object_id = s.object_id
      join law l on l.element = h.element and l.scenario = s.scenario
  ), signs as (
    select j.object_id, j.scenario, count(distinct j.code) as n, count(distinct j.item) as items,
      coalesce(array_agg(distinct j.code) filter (where j.off), '{}') as off,
      coalesce(array_agg(distinct j.item) filter (where i.no_handbook), '{}') as no_handbook,
      coalesce(array_agg(distinct j.item) filter (where i.no_post), '{}') as no_post
    from judged j join item_state i on i.standard_id = j.standard_id and i.item = j.item
    group by j.object_id, j.scenario
  )`;
