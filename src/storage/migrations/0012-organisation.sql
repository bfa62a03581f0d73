-- The organisation: what people may change of a platform, units, what an object is, kept counts, settings down the tree.

-- Search for parts of Chinese words leans on trigrams; it comes with every PostgreSQL, but an outside one may refuse it.
do $$ begin
  create extension if not exists pg_trgm;
exception when others then
  raise exception '数据库缺少 pg_trgm 扩展，本账号也不能安装：请数据库管理员在本库执行 create extension pg_trgm 后再启动（%）', sqlerrm;
end $$;

-- Facts come from the standard file (`filed`) until people change them (`edited`); the rest goes on following the file.
alter table platform
  add column filed jsonb not null default '{}',
  add column edited text[] not null default '{}',
  add column effective_from date,
  add column effective_to date,
  add column version int not null default 1,
  add column edited_by text,
  add column edited_at timestamptz;

-- Everybody signed in sees the offices; only who manages a platform changes it.
do $$
declare seen text;
begin
  select pg_get_expr(polqual, polrelid) into seen from pg_policy
  where polrelid = 'platform'::regclass and polname = 'scope';
  execute 'drop policy scope on platform';
  execute format('create policy scope on platform for select to puan_app using (%s)', seen);
  execute format('create policy edit on platform for update to puan_app using (current_setting(''puan.capability'') = ''platform.manage'' and (%s))',
    scope_condition('scenario'));
end $$;
grant update (name, department, unit, technical_unit, note, edited, effective_from, effective_to, version, edited_by, edited_at)
  on platform to puan_app;

-- The duties of the regulation, each for the platforms it names or for kinds and departments.
create table platform_duty (
  position int primary key,
  platforms text[],
  kinds text[],
  departments text[],
  text text not null,
  basis text not null,
  seen boolean not null
);
alter table platform_duty enable row level security;
create policy published on platform_duty for select to puan_app using (true);
grant select on platform_duty to puan_app;

-- Whom one calls at a platform: posts.
create table platform_contact (
  id int generated always as identity primary key,
  platform_id int not null references platform,
  place int not null,
  scenario int2,
  position int not null,
  post text not null,
  unit text,
  phone_sealed text,
  phone_masked text,
  note text
);
create index platform_contact_platform on platform_contact (platform_id, position);
select scope_table('platform_contact', 'scenario');
grant select, insert, update, delete on platform_contact to puan_app;

-- What is searched for, made so that trigrams find two characters: every character stands twice, 张江 is 张张江江.
-- A part of a text is found exactly where its doubled form is a part of the doubled text.
create function sought(variadic texts text[]) returns text language sql immutable parallel safe as $$
  select regexp_replace(lower(array_to_string(texts, E'\n')), '(.)', '\1\1', 'g')
$$;

create table unit (
  id int generated always as identity primary key,
  code text collate "C" not null unique,
  name text not null,
  kind text collate "C" not null check (kind in ('responsible','owner','operator','maintainer','technical','other')),
  credit_code text collate "C",
  platform_id int not null references platform,
  place int not null,
  scenario int2,
  contact text,
  phone_sealed text,
  phone_masked text,
  address text,
  note text,
  version int not null default 1,
  created_at timestamptz not null default now(),
  sought text generated always as (sought(code, name, credit_code)) stored
);
create index unit_platform on unit (platform_id, id);
create index unit_place on unit (place, id);
create index unit_scenario on unit (scenario, id);
create index unit_name on unit (name);
create index unit_sought on unit using gin (sought gin_trgm_ops);
select scope_table('unit', 'scenario');
grant select, insert, update on unit to puan_app;

-- owner, operator, maintainer hold the name as it was given; beside it the unit where it is one we hold.
alter table monitored_object
  add column maintainer text,
  add column address text,
  add column owner_unit int references unit,
  add column operator_unit int references unit,
  add column maintainer_unit int references unit,
  add column retired_at timestamptz,
  add column version int not null default 1,
  add column sought text generated always as (sought(code, name, address)) stored;
create index monitored_object_sought on monitored_object using gin (sought gin_trgm_ops);
create index monitored_object_town on monitored_object (town, id);
create index monitored_object_owner on monitored_object (owner_unit) where owner_unit is not null;
create index monitored_object_operator on monitored_object (operator_unit) where operator_unit is not null;
create index monitored_object_maintainer on monitored_object (maintainer_unit) where maintainer_unit is not null;

-- Text search. `like` is not leakproof: under row-level security no index serves it. This one function runs as the owner,
-- asks the scope itself, and gives ids only; the query around it stands under row-level security again. In the order of the
-- ids behind `after`, `most` of them (null: all): a common word need not be found everywhere to fill a page.
do $$ begin
  execute format($f$
    create function search_ids(wanted text, needle text, after int, most int) returns setof int
    language plpgsql stable security definer set search_path = pg_catalog, public set plan_cache_mode = force_custom_plan
    as $b$
    declare pattern text := '%%' || regexp_replace(sought(needle), '([%%_\\])', '\\\1', 'g') || '%%';
    begin
      if wanted = 'object' then
        return query select id from monitored_object
          where id > after and sought like pattern and retired_at is null and (%1$s) order by id limit most;
      elsif wanted = 'retired-object' then
        return query select id from monitored_object
          where id > after and sought like pattern and retired_at is not null and (%1$s) order by id limit most;
      elsif wanted = 'unit' then
        return query select id from unit where id > after and sought like pattern and (%2$s) order by id limit most;
      end if;
    end $b$
  $f$, scope_condition('scenarios'), scope_condition('scenario'));
end $$;
revoke execute on function search_ids(text, text, int, int) from public;
grant execute on function search_ids(text, text, int, int) to puan_app;

-- A code is unique in the whole district: whoever gives one must be told that it is taken, also out of sight.
create function taken_codes(wanted text, codes text[]) returns setof text
language sql stable security definer set search_path = pg_catalog, public as $$
  select code from monitored_object where wanted = 'object' and code = any(codes)
  union all select code from unit where wanted = 'unit' and code = any(codes)
$$;
revoke execute on function taken_codes(text, text[]) from public;
grant execute on function taken_codes(text, text[]) to puan_app;

-- Counts that are kept, not counted: how many objects in use and points stand at a place under these scenarios. The rows
-- carry the scope of what they count, so that everybody's sum is their own.
create table object_tally (
  place int not null,
  scenarios int2[] not null,
  objects int not null,
  points int not null,
  primary key (place, scenarios)
);
select scope_table('object_tally', 'scenarios');
grant select on object_tally to puan_app;

create function count_objects() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if tg_op = 'INSERT' then
    insert into object_tally as t (place, scenarios, objects, points)
    select place, scenarios, count(*), 0 from after where retired_at is null group by 1, 2 order by 1, 2
    on conflict (place, scenarios) do update set objects = t.objects + excluded.objects;
  else
    insert into object_tally as t (place, scenarios, objects, points)
    select place, scenarios, sum(n), 0 from (
      select place, scenarios, 1 as n from after where retired_at is null
      union all select place, scenarios, -1 from before where retired_at is null
    ) c group by 1, 2 having sum(n) <> 0 order by 1, 2
    on conflict (place, scenarios) do update set objects = t.objects + excluded.objects;
  end if;
  return null;
end $$;
create trigger count_inserted after insert on monitored_object referencing new table as after
  for each statement execute function count_objects();
create trigger count_updated after update on monitored_object referencing new table as after old table as before
  for each statement execute function count_objects();

create function count_points() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if tg_op = 'INSERT' then
    insert into object_tally as t (place, scenarios, objects, points)
    select place, scenarios, 0, count(*) from after group by 1, 2 order by 1, 2
    on conflict (place, scenarios) do update set points = t.points + excluded.points;
  else
    insert into object_tally as t (place, scenarios, objects, points)
    select place, scenarios, 0, sum(n) from (
      select place, scenarios, 1 as n from after union all select place, scenarios, -1 from before
    ) c group by 1, 2 having sum(n) <> 0 order by 1, 2
    on conflict (place, scenarios) do update set points = t.points + excluded.points;
  end if;
  return null;
end $$;
create trigger count_inserted after insert on point referencing new table as after
  for each statement execute function count_points();
create trigger count_updated after update on point referencing new table as after old table as before
  for each statement execute function count_points();

insert into object_tally (place, scenarios, objects, points)
select place, scenarios, sum(objects), sum(points) from (
  select place, scenarios, 1 as objects, 0 as points from monitored_object
  union all select place, scenarios, 0, 1 from point
) c group by 1, 2;

-- Settings set at a platform hold for everything below it until something below sets its own.
create table platform_setting (
  platform_id int not null references platform,
  key text collate "C" not null,
  value jsonb not null,
  place int not null,
  scenario int2,
  set_by text not null,
  set_at timestamptz not null,
  primary key (platform_id, key)
);
create index platform_setting_key on platform_setting (key);
select scope_table('platform_setting', 'scenario');
grant select, insert, update, delete on platform_setting to puan_app;

-- What is set above holds below, so it is read below: the platforms from the root to this one, with their values.
create function settings_above(platform int)
  returns table (depth int, code text, name text, kind text, key text, value jsonb, set_by text, set_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, public as $$
  with recursive up as (
    select p.id, p.parent_id, p.code, p.name, p.kind, 0 as depth from platform p where p.id = settings_above.platform
    union all
    select p.id, p.parent_id, p.code, p.name, p.kind, up.depth + 1 from platform p join up on p.id = up.parent_id
  )
  select up.depth, up.code, up.name, up.kind, s.key, s.value, s.set_by, s.set_at
  from up left join platform_setting s on s.platform_id = up.id order by up.depth desc, s.key
$$;
revoke execute on function settings_above(int) from public;
grant execute on function settings_above(int) to puan_app;

-- A mapping of columns made by hand, kept for the next sheet with the same headers.
create table import_mapping (
  id int generated always as identity primary key,
  account_id int not null references account,
  name text not null,
  kind text collate "C" not null check (kind in ('objects','units','platforms')),
  fingerprint text collate "C" not null,
  columns jsonb not null,
  created_at timestamptz not null,
  unique (account_id, kind, name)
);
create index import_mapping_fingerprint on import_mapping (account_id, kind, fingerprint);
alter table import_mapping enable row level security;
create policy own on import_mapping to puan_app using (account_id = current_setting('puan.account')::int);
grant select, insert, update, delete on import_mapping to puan_app;

-- Who holds which role at which platform (责任落实), and until when somebody gone has held it. Accounts may have their home outside
-- the scope of the platform they serve, so the view reads them as the owner and asks the scope of the assignment itself.
do $$ begin
  execute format($f$
    create view role_holder with (security_barrier) as
    select r.id, r.platform_id, r.role, r.valid_from, coalesce(a.name, t.name) as name, r.team_id is not null as team,
      -- When it ended or will end; null while nothing ends it.
      least(r.valid_to, a.left_at, a.disabled_at, a.expires_at, t.disbanded_at) as ends_at
    from (select * from role_assignment where %s) r
      left join account a on a.id = r.account_id left join team t on t.id = r.team_id
  $f$, scope_condition('scenario'));
end $$;
grant select on role_holder to puan_app;
