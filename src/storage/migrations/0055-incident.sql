-- 事件与闭环、应急响应 (decision 0041). An incident adopts orders and owns the loop; who is accountable follows from its loop and its leading
-- scenario, so that there is always exactly one.
create table incident (
  id bigint generated always as identity primary key,
  code text collate "C" not null unique,
  title text not null,
  -- The smallest territory that holds its orders; the district's number once its loop is large.
  place int not null,
  -- The leading one.
  scenario int2 not null,
  -- The worst of its orders so far.
  level int2 not null,
  loop text collate "C" not null check (loop in ('small','medium','large')),
  -- Since when it is in this loop.
  loop_since timestamptz not null,
  state text collate "C" not null default 'open' check (state in ('open','closed')),
  -- Why it was opened.
  ground text collate "C" not null check (ground in ('red','near','cause','hand')),
  -- What brought its orders about, where that is known.
  cause text collate "C",
  lat float8 not null,
  lon float8 not null,
  opened_at timestamptz not null,
  opened_by text,
  closed_at timestamptz,
  closed_by text,
  -- 接手: who of the accountable post has signed; until then the post of `second` stands by.
  taken_at timestamptz,
  taken_by_id int references account,
  second text collate "C" check (second in ('small','medium','large')),
  -- What loop was asked for, by whom and why.
  asked_loop text collate "C" check (asked_loop in ('medium','large')),
  asked_by_id int references account,
  asked_reason text,
  replay_session_id int references replay_session,
  simulated boolean not null default false,
  version int not null default 1,
  check ((taken_at is null) = (taken_by_id is null)),
  check (second is null or (taken_at is null and second <> loop)),
  check ((asked_loop is null) = (asked_by_id is null)),
  check ((closed_at is not null) = (state = 'closed'))
);
create index incident_newest on incident (opened_at desc, id desc);
create index incident_open_newest on incident (opened_at desc, id desc) where state = 'open';
create index incident_cause on incident (cause) where cause is not null and state = 'open';

alter table work_order add column incident_id bigint references incident;
create index work_order_incident on work_order (incident_id, opened_at desc) where incident_id is not null;

-- Numbers of a day, EV-20261130-001 and on: given without a gap in which two take the same.
create table incident_number (day text collate "C" primary key, last int not null);
create function take_incident_numbers(of_day text, wanted int) returns int language sql security definer set search_path = pg_catalog, public as $$
  insert into incident_number values (of_day, wanted)
  on conflict (day) do update set last = incident_number.last + wanted returning last - wanted
$$;
revoke execute on function take_incident_numbers(text, int) from public;
grant execute on function take_incident_numbers(text, int) to puan_app;

-- 参与单位: a co-unit that has to answer for its part of a large loop. Lies where its platform lies; at the district's number
-- where it has none and the coordinator writes down what it says.
create table incident_part (
  id bigint generated always as identity primary key,
  incident_id bigint not null references incident,
  platform_id int references platform,
  place int not null,
  scenario int2,
  unit text not null,
  told text not null,
  state text collate "C" not null default 'open' check (state in ('open','closed','waived')),
  asked_at timestamptz not null,
  answered_at timestamptz,
  answered_by text,
  answer text,
  ended_at timestamptz,
  ended_by text,
  reason text,
  check ((ended_at is not null) = (state <> 'open')),
  unique (incident_id, unit)
);

-- 填报: what all towns are asked, how often and until when.
create table incident_form (
  id bigint generated always as identity primary key,
  incident_id bigint not null references incident,
  place int not null,
  scenario int2,
  title text not null,
  fields jsonb not null,
  every_minutes int,
  limit_minutes int not null,
  asked_at timestamptz not null,
  asked_by text not null,
  until_at timestamptz not null,
  -- When it is asked next; null once it is over.
  next_at timestamptz,
  rounds int not null default 1
);
create index incident_form_of on incident_form (incident_id, id);
create index incident_form_next on incident_form (next_at) where next_at is not null;

-- One answer that one platform owes.
create table incident_form_due (
  id bigint generated always as identity primary key,
  form_id bigint not null references incident_form,
  platform_id int not null references platform,
  place int not null,
  scenario int2,
  round int not null,
  asked_at timestamptz not null,
  due_at timestamptz not null,
  late_at timestamptz,
  answered_at timestamptz,
  answered_by text,
  answers jsonb,
  unique (form_id, round, platform_id)
);
create index incident_form_due_late on incident_form_due (due_at) where answered_at is null and late_at is null;
create index incident_form_due_open on incident_form_due (place) where answered_at is null;

-- One timeline: what is done to the incident itself. Those of its orders are read from theirs.
create table incident_entry (
  id bigint generated always as identity primary key,
  incident_id bigint not null references incident,
  at timestamptz not null,
  by text,
  kind text collate "C" not null,
  text text not null,
  note text
);
create index incident_entry_of on incident_entry (incident_id, id desc);

-- 应急响应: which plan stands at which grade, since when, on what ground, and what it obliges.
create table activation (
  id bigint generated always as identity primary key,
  platform_id int not null references platform,
  place int not null,
  scenario int2,
  plan text collate "C" not null,
  plan_name text not null,
  grade text collate "C" not null check (grade in ('I','II','III','IV')),
  -- Names of the towns; empty: the whole district.
  towns text[] not null default '{}',
  ground text not null,
  incident_id bigint references incident,
  measures jsonb not null,
  started_at timestamptz not null,
  started_by text not null,
  ended_at timestamptz,
  ended_by text,
  ended_reason text,
  version int not null default 1
);
-- One of a plan at a time.
create unique index activation_in_force on activation (platform_id, plan) where ended_at is null;
create index activation_newest on activation (started_at desc, id desc);

create table activation_entry (
  id bigint generated always as identity primary key,
  activation_id bigint not null references activation,
  at timestamptz not null,
  by text not null,
  kind text collate "C" not null,
  text text not null,
  reason text
);
create index activation_entry_of on activation_entry (activation_id, id);

select scope_table('incident', 'scenario'), scope_table('incident_part', 'scenario'), scope_table('incident_form', 'scenario'),
  scope_table('incident_form_due', 'scenario'), scope_table('activation', 'scenario');
grant select, insert, update on incident, incident_part, incident_form, incident_form_due, activation to puan_app;
grant select, insert on incident_entry, activation_entry to puan_app;

-- Whoever sees one of its orders, has a part in it or is asked in it sees the incident, wherever it lies.
create policy asked on incident_form for select to puan_app
  using (exists (select from incident_form_due d where d.form_id = incident_form.id));
create policy of_order on incident for select to puan_app
  using (exists (select from work_order o where o.incident_id = incident.id));
create policy of_part on incident for select to puan_app
  using (exists (select from incident_part p where p.incident_id = incident.id));
create policy of_form on incident for select to puan_app
  using (exists (select from incident_form f where f.incident_id = incident.id));
-- Who holds one of its orders may ask for help, wherever the incident lies.
create policy asks on incident for update to puan_app using (current_setting('puan.capability') = 'work-order.dispose'
  and exists (select from work_order o where o.incident_id = incident.id));
-- What somebody leads may grow beyond his territory.
create policy grows on incident for update to puan_app using (false)
  with check (current_setting('puan.capability') = 'incident.lead');

alter table incident_entry enable row level security;
alter table activation_entry enable row level security;
create policy of_incident on incident_entry to puan_app using (exists (select from incident i where i.id = incident_id));
-- 应急响应 in force stand on every screen: everybody who is signed in reads them.
create policy public on activation for select to puan_app using (true);
create policy public on activation_entry for select to puan_app using (true);
create policy writes on activation_entry for insert to puan_app
  with check (current_setting('puan.capability') = 'activation.decide');

-- What is decided on all orders and parts of an incident, also those that whoever decides does not see: figures only.
create function incident_figures(of_incident bigint, out orders bigint, out open_orders bigint, out late_orders bigint,
  out parts bigint, out open_parts bigint, out unanswered bigint)
language sql stable security definer set search_path = pg_catalog, public as $$
  select o.n, o.open, o.late, p.n, p.open, p.unanswered from
    (select count(*) as n, count(*) filter (where state <> 'closed') as open,
      count(*) filter (where state <> 'closed' and overdue) as late from work_order where incident_id = of_incident) o,
    (select count(*) as n, count(*) filter (where state = 'open') as open,
      count(*) filter (where state = 'open' and answered_at is null) as unanswered from incident_part where incident_id = of_incident) p
$$;
-- Whom what happens to incidents concerns: where they, their orders and their parts lie. The incident's own place comes first.
create function incident_audience(of_incidents bigint[]) returns table (incident_id bigint, place int, scenario int2, own boolean)
language sql stable security definer set search_path = pg_catalog, public as $$
  select id, place, scenario, bool_or(own) from (
    select id, place, scenario, true as own from incident where id = any(of_incidents)
    union all select incident_id, place, scenario, false from work_order where incident_id = any(of_incidents)
    union all select incident_id, place, scenario, false from incident_part where incident_id = any(of_incidents)
  ) a group by 1, 2, 3
$$;
-- 参与单位 of large loops: the bureaus that handbooks name and those of its scenarios, and the towns in which its orders lie. The bureau
-- that leads the large loop is none of them; who has no platform answers by the coordinator's hand.
create function open_incident_parts(of_incidents bigint[], asked timestamptz) returns table (incident_id bigint, unit text)
language sql security definer set search_path = pg_catalog, public as $$
  with orders as (
    select o.incident_id, o.place, o.scenario, o.handbook from work_order o join incident i on i.id = o.incident_id
    where o.incident_id = any(of_incidents) and i.loop = 'large' and i.state = 'open'
  ), named as (
    select distinct o.incident_id, u.unit from orders o, jsonb_array_elements_text(o.handbook->'coUnits') u(unit)
    union select o.incident_id, s.owner from orders o join scenario s on s.id = o.scenario
  ), units as (
    select distinct o.incident_id, t.id as platform_id, t.place, t.scenario, t.name as unit
    from orders o join platform t on t.kind = 'town' and o.place between t.place and t.place_to
    where exists (select from named n where n.incident_id = o.incident_id and n.unit like '事发地街镇%')
    union
    select n.incident_id, p.id, coalesce(p.place, 1), p.scenario, coalesce(p.department, n.unit)
    from named n left join lateral (
      select * from platform p where p.kind in ('industry', 'scenario', 'lingang') and n.unit like p.department || '%'
      order by p.kind = 'industry' desc, p.id limit 1
    ) p on true
    where n.unit not like '事发地街镇%' and n.unit not like '区应急管理局%' and (p.id is not null or n.unit like '区%')
  )
  insert into incident_part (incident_id, platform_id, place, scenario, unit, told, asked_at)
  select incident_id, platform_id, place, scenario, unit, '按指挥手册参与处置，报告到位情况和处置结果', asked from units
  on conflict do nothing returning incident_part.incident_id, incident_part.unit
$$;
do $$
declare f text;
begin
  foreach f in array array['incident_figures(bigint)', 'incident_audience(bigint[])', 'open_incident_parts(bigint[], timestamptz)'] loop
    execute format('revoke execute on function %s from public', f);
    execute format('grant execute on function %s to puan_app', f);
  end loop;
end $$;
