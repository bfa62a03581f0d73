-- 停用 by people: of a device, a point, an object, or of one sign at a point or an object; with who answers for it. `begun_told_at` and
-- `ended_told_at`: its beginning and its end have been told to the warnings it is over, once, also where they came by the clock.
alter table service_window
  add column sign_code text collate "C",
  add column owner text,
  add column ended_why text,
  add column begun_told_at timestamptz,
  add column ended_told_at timestamptz,
  add check (sign_code is null or (kind = 'out-of-service' and device_id is null));
update service_window set begun_told_at = from_at, ended_told_at = to_at where to_at <= now();
create index service_window_told on service_window (id) where ended_told_at is null;
create index service_window_object on service_window (object_id) where object_id is not null;

-- Readings of a point go on as they are where only one of its signs is out of service.
create or replace view serviced_point with (security_invoker) as
  select w.id as window_id, p.id as point_id, w.from_at, coalesce(w.to_at, 'infinity') as to_at
  from service_window w
  join point p on p.id = w.point_id or p.device_id = w.device_id or p.object_id = w.object_id
  where w.sign_code is null;

-- Which signs at which points are being serviced; `sign_code` null: all of them.
create view serviced_sign with (security_invoker) as
  select w.id as window_id, p.id as point_id, w.sign_code, w.from_at, coalesce(w.to_at, 'infinity') as to_at
  from service_window w
  join point p on p.id = w.point_id or p.device_id = w.device_id or p.object_id = w.object_id;
grant select on serviced_sign to puan_app;

alter table fault drop constraint fault_subject_kind_check,
  add constraint fault_subject_kind_check check (subject_kind in ('device','point','line','process','data-source','object'));

-- Which rules hold which items at these objects, by which alarm that stands. What leans on the cause's object is found along registered
-- dependencies, four steps at most (decision 0028). Asks about every alarm, for what is held does not depend on who looks.
create function suppressed_at(targets int[], items text[], at timestamptz)
returns table (rule_id int, target int, alarm_id bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  with recursive asked as (
    select r.id, r.reach, r.cause_kind, r.cause_code, r.cause_object, r.cause_level, t.object as target
    from suppression_rule r cross join (select distinct object from unnest(targets) u(object)) t
    where r.state = 'in-force' and r.item_code = any(items) and (r.reach <> 'listed' or t.object = any(r.objects))
  ), above (target, object, steps) as (
    select distinct target, target, 0 from asked where reach = 'linked'
    union
    select a.target, d.from_object, a.steps + 1 from above a join dependency d on d.to_object = a.object
    where a.steps < 4 and d.valid_from <= at and (d.valid_to is null or d.valid_to > at)
  ), looked as (
    select id, target, case reach when 'same' then target else cause_object end as object, cause_kind, cause_code, cause_object, cause_level
    from asked where reach <> 'linked'
    union all
    select a.id, a.target, b.object, a.cause_kind, a.cause_code, a.cause_object, a.cause_level
    from asked a join (select distinct target, object from above where steps > 0) b on b.target = a.target where a.reach = 'linked'
  )
  select l.id, l.target, a.id
  from looked l join alarm a on a.object_id = l.object and a.normal_at is null and a.level >= l.cause_level
  where (l.cause_object is null or a.object_id = l.cause_object) and l.cause_code = case l.cause_kind when 'item' then a.item_code
    when 'sign' then (select g.code from sign g where g.id = a.sign_id) else (select p.code from point p where p.id = a.point_id) end
$$;

-- Which of these open warnings are held back on purpose at a moment, each by what would have to end last: out of service before by design
-- before shelved (decision 0036). A window of service holds one once it is over every alarm that still speaks for it.
create function held_warnings(ids bigint[], at timestamptz)
returns table (warning_id bigint, state text, held_by text, who text, until timestamptz, reason text)
language sql stable security definer set search_path = public, pg_temp as $$
  with asked as materialized (
    select w.* from warning w where w.id = any(ids) and w.state = 'open'
  ), speaking as materialized (
    select e.warning_id, e.alarm_id, a.point_id, g.code as sign_code from asked w
    join warning_evidence e on e.warning_id = w.id and e.level > 0 join alarm a on a.id = e.alarm_id join sign g on g.id = a.sign_id
    where exists (select from service_window where to_at is null or to_at > at)
  ), serviced as materialized (
    select s.warning_id, s.alarm_id, x.window_id from speaking s join serviced_sign x on x.point_id = s.point_id
      and x.from_at <= at and x.to_at > at and (x.sign_code is null or x.sign_code = s.sign_code)
  ), found as (
    select s.warning_id, 1 as strength, 'out-of-service' as state, 'service-window/' || x.id as held_by, coalesce(x.owner, x.made_by) as who,
      x.to_at as until, x.reason
    from serviced s join service_window x on x.id = s.window_id
    where not exists (select from speaking o where o.warning_id = s.warning_id and o.alarm_id not in (select alarm_id from serviced))
    union all
    select w.id, 2, 'suppressed-by-design', 'suppression-rule/' || r.id, r.changed_by, null::timestamptz, r.name || '：' || r.reason
    from asked w join suppressed_at((select array_agg(object_id) from asked), (select array_agg(distinct item_code) from asked), at) q
      on q.target = w.object_id
    join suppression_rule r on r.id = q.rule_id and r.item_code = w.item_code and r.level >= w.level
    join alarm a on a.id = q.alarm_id and a.replay_session_id is not distinct from w.replay_session_id
    union all
    select w.id, 3, 'shelved', 'shelf/' || f.id, f.made_by, f.until, f.reason
    from asked w join shelf f on f.object_id = w.object_id and f.state = 'running' where f.id = shelf_of((w.*)::warning)
  )
  select distinct on (f.warning_id) f.warning_id, f.state, f.held_by, f.who, f.until, f.reason
  from found f order by f.warning_id, f.strength, f.until desc nulls first, f.held_by
$$;
revoke execute on function suppressed_at(int[], text[], timestamptz), held_warnings(bigint[], timestamptz) from public;
grant execute on function suppressed_at(int[], text[], timestamptz), held_warnings(bigint[], timestamptz) to puan_app;
