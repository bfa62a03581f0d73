-- 依赖关系: which object leans on which. An edge runs from what is needed to what needs it. What follows from rules (distance,
-- town) is never stored, nor what is known of a device and its points (decision 0028).
create table dependency (
  id int generated always as identity primary key,
  from_object int not null references monitored_object,
  to_object int not null references monitored_object check (to_object <> from_object),
  kind text collate "C" not null check (kind in
    ('power','drains-to','downstream','supplies','carries','communicates','exposed-to','feeds-crowd')),
  -- From the failure of the one to its effect at the other; null: as the rules say.
  lead_minutes int2 check (lead_minutes between 0 and 1440),
  reason text,
  basis text not null,
  source text collate "C" not null check (source in ('person','import')),
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to > valid_from),
  edited_by text not null,
  edited_at timestamptz not null,
  version int not null default 1
);
create unique index dependency_once on dependency (from_object, to_object, kind);
create index dependency_to on dependency (to_object);
alter table dependency enable row level security;
-- Whoever sees either end sees that one leans on the other; whoever keeps either end may write it.
create policy of_ends on dependency to puan_app using (
  exists (select from monitored_object o where o.id in (from_object, to_object))
);
grant select, insert, update, delete on dependency to puan_app;

-- Names travel with a dependency into scopes that do not hold the other end: who leans on it must be able to say on what.
create function dependency_ends(codes text[], ids int[]) returns table (id int, code text, name text, place int, scenarios int2[])
language sql stable security definer set search_path = public, pg_temp as $$
  select o.id, o.code, o.name, o.place, o.scenarios from monitored_object o
  where (o.code = any(codes) or o.id = any(ids)) and o.retired_at is null
$$;
revoke execute on function dependency_ends(text[], int[]) from public;
grant execute on function dependency_ends(text[], int[]) to puan_app;

-- 连带规则: as the file says; `edited` holds what the district has changed of it.
create table dependency_rule (
  code text collate "C" primary key,
  position int not null,
  body jsonb not null,
  in_force boolean not null default true,
  lead_minutes int2 check (lead_minutes between 0 and 1440),
  edited_by text,
  edited_at timestamptz,
  version int not null default 1
);
alter table dependency_rule enable row level security;
create policy published on dependency_rule for select to puan_app using (true);
create policy edit on dependency_rule for update to puan_app using (
  current_setting('puan.capability') = 'dependency.manage'
  and 1 between current_setting('puan.a0')::int and current_setting('puan.a1')::int
);
grant select, update on dependency_rule to puan_app;

-- 连带监视: what a warning or a fault is foreseen to reach.
create table cascade (
  id bigint generated always as identity primary key,
  cause_kind text collate "C" not null check (cause_kind in ('warning','fault')),
  cause_id bigint not null,
  object_id int not null references monitored_object,
  place int not null,
  scenario int2 not null,
  -- 1 blue … 4 red; 0 where a fault is the cause.
  level int2 not null,
  -- The cause in a few words: 世纪大道雨量站 暴雨橙色预警.
  title text not null,
  began_at timestamptz not null,
  ended_at timestamptz,
  reached int not null,
  -- More would have been reached than is followed.
  cut boolean not null default false,
  replay_session_id int,
  simulated boolean not null
);
create unique index cascade_of on cascade (cause_kind, cause_id);
create index cascade_newest on cascade (began_at desc, id desc);
create index cascade_running on cascade (began_at desc, id desc) where ended_at is null;

-- One object that is reached, by its soonest way. Whoever sees the cause sees all of what it reaches (`source_…`).
create table cascade_reach (
  cascade_id bigint not null,
  object_id int not null references monitored_object,
  object_name text not null,
  place int not null,
  scenarios int2[] not null,
  source_place int,
  source_scenario int2,
  rule text collate "C" not null,
  -- The object before it on the way, and the kind of the edge from there (null: by distance or town).
  via int not null,
  edge_kind text collate "C",
  depth int2 not null,
  why text not null,
  expects text[] not null,
  -- From when it may be felt, until when it counts.
  expected_at timestamptz not null,
  until_at timestamptz not null,
  outcome text collate "C" not null default 'pending' check (outcome in ('pending','came-true','did-not','standing')),
  settled_at timestamptz,
  warning_id bigint,
  -- Alarms of these items there are held as the cause's doing, until so many minutes after its end; red ones of what has
  -- happened only where `even_red` names them too.
  suppresses text[] not null default '{}',
  even_red text[] not null default '{}',
  grace_minutes int2 not null default 0,
  primary key (cascade_id, object_id)
);
create index cascade_reach_open on cascade_reach (object_id) where warning_id is null and outcome <> 'did-not';
create index cascade_reach_late on cascade_reach (until_at) where outcome = 'pending';
create index cascade_reach_suppressing on cascade_reach (object_id) where suppresses <> '{}';
create index cascade_reach_rule on cascade_reach (rule, expected_at);

-- A duty seat that was told beforehand, and who there has taken note.
create table cascade_seat (
  cascade_id bigint not null,
  platform_id int not null references platform,
  place int not null,
  scenario int2,
  source_place int,
  source_scenario int2,
  reached int not null,
  first_at timestamptz not null,
  told_at timestamptz not null,
  acknowledged_at timestamptz,
  acknowledged_by text,
  primary key (cascade_id, platform_id)
);

select scope_table('cascade', 'scenario');
select scope_table('cascade_reach', 'scenarios');
select scope_table('cascade_seat', 'scenario');
do $$
declare t text;
begin
  foreach t in array array['cascade_reach','cascade_seat'] loop
    execute format('create policy of_cause on %I for select to puan_app using (%s)', t,
      replace(replace(scope_condition('scenario'), 'place ', 'source_place '), 'scenario =', 'source_scenario ='));
  end loop;
end $$;
-- Who is told beforehand must be able to read of what.
create policy of_reached on cascade for select to puan_app using (
  exists (select from cascade_seat s where s.cascade_id = cascade.id)
  or exists (select from cascade_reach r where r.cascade_id = cascade.id)
);
grant select on cascade, cascade_reach to puan_app;
grant select, update (acknowledged_at, acknowledged_by) on cascade_seat to puan_app;

alter table import_mapping drop constraint import_mapping_kind_check,
  add constraint import_mapping_kind_check check (kind in ('objects','units','platforms','ledger','population','dependencies'));
