-- Condition state of a sign at a point, written in the transaction of the readings that changed it.
create table sign_state (
  point_id int not null references point,
  sign_id int not null references sign,
  level int2 not null,
  -- Since when each level's condition has held (epoch ms; 0: it does not hold), blue first.
  pending_since float8[] not null,
  below_since float8 not null,
  peak_level int2 not null,
  peak_value float8 not null,
  value float8 not null,
  at float8 not null,
  alarm_id bigint,
  primary key (point_id, sign_id)
);

-- A sign's condition holds at a point: a fact.
create table alarm (
  id bigint primary key,
  point_id int not null references point,
  object_id int not null references monitored_object,
  sign_id int not null references sign,
  item_code text collate "C" not null,
  place int not null,
  scenario int2 not null,
  level int2 not null,
  peak_level int2 not null,
  value float8 not null,
  peak_value float8 not null,
  raised_at timestamptz not null,
  changed_at timestamptz not null,
  normal_at timestamptz,
  recorded_at timestamptz not null,
  replay_session_id int,
  simulated boolean not null
);
create unique index alarm_one_open on alarm (point_id, sign_id) where normal_at is null;
create index alarm_open_by_item on alarm (object_id, item_code) where normal_at is null;
create sequence alarm_id;

-- What people act on. level 1 = blue … 4 = red; 0 once it is normal.
create table warning (
  id bigint generated always as identity primary key,
  object_id int not null references monitored_object,
  item_code text collate "C" not null,
  place int not null,
  scenario int2 not null,
  state text collate "C" not null check (state in ('open','normal','closed')),
  level int2 not null,
  peak_level int2 not null,
  reason text not null,
  opened_at timestamptz not null,
  changed_at timestamptz not null,
  normal_at timestamptz,
  closed_at timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by text,
  recorded_at timestamptz not null default now(),
  replay_session_id int,
  simulated boolean not null
);
-- One open warning per (object, item): kept by the database, not by code order.
create unique index warning_one_open on warning (object_id, item_code) where state = 'open';
create index warning_by_place on warning (place, opened_at desc, id desc);
create index warning_by_scenario on warning (scenario, opened_at desc, id desc);
create index warning_newest on warning (opened_at desc, id desc);
create index warning_open_newest on warning (opened_at desc, id desc) where state = 'open';
create index warning_open_object on warning (object_id) where state = 'open';

-- What each alarm contributes to its warning, as far as its events have been worked through.
create table warning_evidence (
  warning_id bigint not null references warning,
  alarm_id bigint not null references alarm,
  level int2 not null,
  primary key (warning_id, alarm_id)
);
create index warning_evidence_alarm on warning_evidence (alarm_id);

create table warning_change (
  id bigint generated always as identity primary key,
  warning_id bigint not null references warning,
  place int not null,
  scenario int2 not null,
  at timestamptz not null,
  change text collate "C" not null,
  from_level int2 not null,
  to_level int2 not null,
  reason text not null,
  by text
);
create index warning_change_of on warning_change (warning_id, id);

do $$
declare t text;
begin
  foreach t in array array['alarm', 'warning', 'warning_change'] loop
    execute format('alter table %I enable row level security', t);
    execute format($p$create policy scope on %I to puan_app using (
      place between current_setting('puan.a0')::int and current_setting('puan.a1')::int
      or place between current_setting('puan.b0')::int and current_setting('puan.b1')::int
      or scenario = any(current_setting('puan.scenarios')::int2[]))$p$, t);
  end loop;
end $$;
grant select on alarm, warning_evidence to puan_app;
grant select, update on warning to puan_app;
grant select, insert on warning_change to puan_app;
