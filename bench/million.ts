import type { Storage } from '#storage';
import { sql } from 'kysely';

const OBJECTS = 50_000;

/**
 * So many alarms, each with its warning and its order, over three years, all villages and all scenarios: one in a hundred stands,
 * one in a hundred is normal and not closed. Written straight into the tables; plans of orders are those of the default standard.
 */
export async function fillRecords(storage: Storage, count: number): Promise<void> {
  const db = storage.system;
  await fillObjects(storage);
  await sql`create table bench_plan as
    select distinct on (i.code, l.rank) i.code as item, i.scenario, l.rank, freeze_handbook(h.body) as handbook_id, h.body->'responsible'->>'unit' as unit,
      h.body->>'loop' as loop, h.body->>'limitClass' as class, c.one->'levels'->l.level as limits,
      dense_rank() over (partition by i.scenario order by i.code) - 1 as nth
    from warning_item i cross join (values ('blue', 1), ('yellow', 2), ('orange', 3), ('red', 4)) l(level, rank)
    join lateral (
      select body from handbook_entry where item_code = i.code and standard_id = i.standard_id order by level <> l.level, level limit 1
    ) h on true
    join standard_version v on v.scenario is null and jsonb_exists(v.document, 'classes')
    join lateral jsonb_array_elements(v.document->'classes') c(one) on c.one->>'code' = h.body->>'limitClass'
    where exists (select from sign g where g.item_code = i.code)
    order by i.code, l.rank, i.standard_id desc`.execute(db);
  await sql`create table bench_record as
    with items as (select scenario, max(nth) + 1 as of from bench_plan group by 1),
    numbered as (
      select i, 1 + i % 15 as scenario, 1 + i % ${OBJECTS}::int as object,
        case when h < 55 then 1 when h < 85 then 2 when h < 97 then 3 else 4 end as rank,
        case when i % 101 = 0 then 'open' when i % 103 = 0 then 'normal' else 'closed' end as state,
        now() - (${count}::int - i + 1) * interval '94.6 seconds' * (1e6 / ${count}::int) as at
      from generate_series(1, ${count}::int) i cross join lateral (select abs(hashint8(i)::bigint) % 100 as h) hashed
    )
    select n.*, m.place, m.id as object_id, p.id as point_id, items.of, (n.i / 15) % items.of as nth
    from numbered n join items using (scenario)
    join monitored_object m on m.code = 'far.' || n.object join point p on p.code = m.code`.execute(db);
  await sql`create index on bench_plan (scenario, nth, rank)`.execute(db);
  await sql`analyze bench_plan, bench_record`.execute(db);
  await fillAlarms(storage);
  await fillOrders(storage);
  await sql`drop table bench_plan, bench_record`.execute(db);
}

/** Every one in a village and in all scenarios; one point each. */
async function fillObjects({ system: db }: Storage): Promise<void> {
  await sql`
    with villages as (
      select place, code, row_number() over (order by place) - 1 as n, count(*) over () as of from platform where kind = 'village'
    )
    insert into monitored_object (code, name, scenarios, place, place_approximate, lat, lon, simulated, town)
    select 'far.' || i, '测量对象 ' || i, array(select generate_series(1, 15)::int2), v.place, true, 31.0 + (i % 300) * 0.001,
      121.5 + (i / 300 % 300) * 0.001, false, left(v.code, 9)
    from generate_series(1, ${OBJECTS}::int) i join villages v on v.n = (i * 7919::bigint) % v.of`.execute(
    db,
  );
  await sql`insert into point (code, object_id, element_code, place, scenarios, simulated)
    select code, id, 'FLOOD.UNDERPASS', place, '{1}', false from monitored_object where code like 'far.%'`.execute(
    db,
  );
}

async function fillAlarms({ system: db }: Storage): Promise<void> {
  await sql`insert into alarm (id, point_id, object_id, sign_id, item_code, place, scenario, level, peak_level, value, peak_value,
      raised_at, changed_at, normal_at, recorded_at, simulated)
    select r.i, r.point_id, r.object_id, (select min(id) from sign), p.item, r.place, r.scenario,
      case r.state when 'open' then r.rank else 0 end, r.rank, 30, 30, r.at, r.at,
      case when r.state <> 'open' then r.at + interval '2 hours' end, r.at, false
    from bench_record r join bench_plan p using (scenario, nth, rank) order by r.i
    on conflict do nothing`.execute(db);
  await sql`select setval('alarm_id', (select max(id) from alarm))`.execute(db);
  await sql`insert into warning (id, object_id, item_code, place, scenario, state, level, peak_level, reason, opened_at, changed_at,
      normal_at, closed_at, acknowledged_at, acknowledged_by, recorded_at, told_at, simulated)
    overriding system value
    select r.i, r.object_id, p.item, r.place, r.scenario, r.state, case r.state when 'open' then r.rank else 0 end, r.rank,
      '下立交积水深 30 cm，达到分级阈值（测量）', r.at, r.at, case when r.state <> 'open' then r.at + interval '2 hours' end,
      case r.state when 'closed' then r.at + interval '5 hours' end,
      case when r.i % 10 < 8 and r.state <> 'open' or r.i % 2 = 0 then r.at + interval '5 minutes' end,
      case when r.i % 10 < 8 and r.state <> 'open' or r.i % 2 = 0 then '值班员' end, r.at, now(), false
    from bench_record r join bench_plan p using (scenario, nth, rank) join alarm a on a.id = r.i order by r.i
    on conflict do nothing`.execute(db);
  await sql`select setval(pg_get_serial_sequence('warning', 'id'), (select max(id) from warning))`.execute(
    db,
  );
  await sql`insert into warning_evidence (warning_id, alarm_id, level) select id, id, peak_level from warning order by id`.execute(
    db,
  );
}

/** An order for each, late where one in twenty of the closed and one in four of the others is, with its two main limits. */
async function fillOrders({ system: db }: Storage): Promise<void> {
  await sql`insert into work_order (id, code, warning_id, object_id, item_code, place, scenario, level, loop, state, unit, handler_id,
      cleared_by_id, handbook_id, limits, standard_version, limit_class, verdict, opened_at, cleared_at, closed_at, overdue, simulated)
    overriding system value
    select r.i, 'GD-' || r.i, r.i, r.object_id, p.item, r.place, r.scenario, r.rank, p.loop, s.state, p.unit, case when s.state not in ('dispatched', 'raised') then h.id end,
      case when s.state in ('cleared', 'reviewing', 'closed') then h.id end,
      p.handbook_id, p.limits, '测量', p.class, case s.state when 'closed' then 'real' end, r.at,
      case when s.state in ('cleared', 'reviewing', 'closed') then r.at + interval '3 hours' end,
      case s.state when 'closed' then r.at + interval '5 hours' end,
      case s.state when 'closed' then r.i % 20 = 0 else r.i % 4 = 0 end, false
    from bench_record r join bench_plan p using (scenario, nth, rank) join warning w on w.id = r.i
    cross join lateral (select case when r.state = 'closed' then 'closed' else
      (array['dispatched','accepted','on-site','disposing','cleared','reviewing'])[1 + (r.i / 101) % 6] end as state) s
    cross join (select id from account where username = 'flood.handler') h
    order by r.i`.execute(db);
  await sql`select setval(pg_get_serial_sequence('work_order', 'id'), (select max(id) from work_order))`.execute(
    db,
  );
  await sql`insert into deadline (work_order_id, place, scenario, kind, started_at, due_at, met_at, overdue_at)
    select o.id, o.place, o.scenario, k.kind, o.opened_at, o.opened_at + k.span,
      case when o.state = 'closed' then o.opened_at + interval '10 minutes' end, case when o.overdue then o.opened_at + k.span end
    from work_order o cross join (values ('accept', interval '30 minutes'), ('clear', interval '6 hours')) k(kind, span)
    order by o.id`.execute(db);
}
