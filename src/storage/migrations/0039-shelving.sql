-- 搁置: somebody puts the alarms of a sign at a point, of an item at an object, or of an object aside until a moment. It ends by itself; what is worse than its level goes through. Red asks for two people: it is proposed until it is confirmed.
create table shelf (
  id int generated always as identity primary key,
  scope text collate "C" not null check (scope in ('sign','item','object')),
  object_id int not null references monitored_object,
  point_id int references point,
  -- By code: it goes on through versions of the standard.
  sign_code text collate "C",
  item_code text collate "C",
  place int not null,
  scenario int2 not null references scenario,
  -- The highest level it puts aside, 1 blue … 4 red.
  level int2 not null check (level between 1 and 4),
  reason_kind text collate "C" not null,
  reason text not null,
  minutes int not null check (minutes > 0),
  state text collate "C" not null check (state in ('proposed','running','ended')),
  made_by text not null,
  made_by_id int not null references account,
  made_at timestamptz not null,
  confirmed_by text,
  confirmed_by_id int references account,
  from_at timestamptz,
  -- Of a proposed one: when the proposal lapses.
  until timestamptz not null,
  prolonged_by text,
  prolonged_at timestamptz,
  prolonged_why text,
  reminded_at timestamptz,
  -- Null: by itself.
  ended_by text,
  ended_at timestamptz,
  ended_why text,
  version int not null default 1,
  check ((scope = 'sign') = (point_id is not null) and (scope = 'sign') = (sign_code is not null)),
  check ((scope = 'item') = (item_code is not null)),
  check ((state = 'ended') = (ended_at is not null)),
  check (state <> 'running' or from_at is not null),
  check (level < 4 or state <> 'running' or confirmed_by_id <> made_by_id)
);
-- What is put aside is put aside once.
create unique index shelf_one on shelf (object_id, scope, coalesce(item_code, ''), coalesce(point_id, 0), coalesce(sign_code, ''))
  where state <> 'ended';
create index shelf_due on shelf (until) where state <> 'ended';
create index shelf_newest on shelf (made_at desc, id desc);
select scope_table('shelf', 'scenario');
grant select, insert, update on shelf to puan_app;

-- The shelf that puts an open warning aside now. A shelf over one sign at one point does so only while nothing else makes the warning
-- stand. `state` and not `until` says that it runs: it ends in the transaction that tells so.
create function shelf_of(w warning) returns int language sql stable as $$
  select s.id from shelf s
  where s.object_id = w.object_id and s.state = 'running' and w.state = 'open' and s.level >= w.level
    and case s.scope when 'object' then true when 'item' then s.item_code = w.item_code else not exists (
      select from warning_evidence e join alarm a on a.id = e.alarm_id join sign g on g.id = a.sign_id
      where e.warning_id = w.id and e.level > 0 and (a.point_id <> s.point_id or g.code <> s.sign_code)) end
  order by s.until desc, s.id limit 1
$$;
grant execute on function shelf_of(warning) to puan_app;

-- 按设计抑制: while something stands, what is known to follow from it, or to mean nothing meanwhile, is not told (ISA-18.2 §11.5).
create table suppression_rule (
  id int generated always as identity primary key,
  scenario int2 not null references scenario,
  -- Of the scenario's platform.
  place int not null,
  name text not null,
  -- What has to stand, at least at which level: the alarms of a point, of a sign or of an item, at an object or at any.
  cause_kind text collate "C" not null check (cause_kind in ('point','sign','item')),
  cause_code text collate "C" not null,
  cause_object int references monitored_object,
  cause_level int2 not null check (cause_level between 1 and 4),
  -- Which item is held, up to which level, and where: at the cause's own object, at objects linked to it, or at those listed.
  item_code text collate "C" not null,
  level int2 not null check (level between 1 and 4),
  reach text collate "C" not null check (reach in ('same','linked','listed')),
  objects int[] not null default '{}',
  reason text not null,
  state text collate "C" not null default 'in-force' check (state in ('in-force','ended')),
  made_by text not null,
  made_at timestamptz not null,
  changed_by text not null,
  changed_at timestamptz not null,
  -- How many alarms it has held, and the last of them.
  hits int not null default 0,
  hit_at timestamptz,
  version int not null default 1,
  check ((reach = 'listed') = (objects <> '{}')),
  check (reach <> 'listed' or cause_object is not null)
);
create index suppression_rule_item on suppression_rule (item_code) where state = 'in-force';
create index suppression_rule_scenario on suppression_rule (scenario, id desc);
-- Read by everybody, as the standard is: whoever misses a warning must be able to find out why. Edited by those of the scenario.
select scope_table('suppression_rule', 'scenario');
create policy read on suppression_rule for select to puan_app using (true);
grant select, insert, update on suppression_rule to puan_app;

-- 停用: a device, a point or an object is out of service until a moment or until further notice; the one table of truth beside
-- maintenance and calibration. What is out of service for long is looked at again (`reviewed_at`).
alter table service_window
  add column object_id int references monitored_object,
  add column reviewed_by text,
  add column reviewed_at timestamptz,
  alter column to_at drop not null,
  drop constraint service_window_kind_check,
  drop constraint service_window_check,
  drop constraint service_window_check1,
  add check (kind in ('maintenance','calibration','out-of-service')),
  add check (num_nonnulls(device_id, point_id, object_id) = 1),
  add check (to_at is null or to_at > from_at),
  add check (kind = 'out-of-service' or (to_at is not null and to_at <= from_at + interval '7 days'));

-- Which points are being serviced, when, by which window.
create view serviced_point with (security_invoker) as
  select w.id as window_id, p.id as point_id, w.from_at, coalesce(w.to_at, 'infinity') as to_at
  from service_window w
  join point p on p.id = w.point_id or p.device_id = w.device_id or p.object_id = w.object_id;
grant select on serviced_point to puan_app;
