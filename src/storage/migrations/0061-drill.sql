-- 演练: a scripted drill runs on the same people, phones and rules, in a session of its own kind (decision 0046).

alter table replay_session drop constraint replay_session_kind_check;
alter table replay_session add constraint replay_session_kind_check check (kind in ('recording','self-test','drill'));

-- Whether what carries this session is of a drill. Unlike what a recording brings, its messages go out, marked 演练.
create function is_drill(session int) returns boolean language sql stable security definer set search_path = pg_catalog, public as $$
  select exists (select from replay_session where id = session and kind = 'drill') $$;
grant execute on function is_drill(int) to puan_app;

create table drill (
  id int generated always as identity primary key,
  -- The script's code and name, and the script as it stood: a drill is judged by what it was run by.
  code text collate "C" not null,
  name text not null,
  script jsonb not null,
  -- Where its main object stands.
  place int not null,
  scenario int2 not null references scenario,
  state text collate "C" not null check (state in ('planned','running','ended','aborted','assessed')),
  planned_by text not null,
  planned_at timestamptz not null,
  planned_for timestamptz,
  started_by text,
  started_at timestamptz,
  -- When it is over by its script.
  ends_at timestamptz,
  ended_at timestamptz,
  -- Why it was broken off, and by whom (null: by a rule).
  aborted_by text,
  abort_reason text,
  replay_session_id int unique references replay_session,
  -- Of 100, once it is over.
  score float8,
  review text,
  assessed_by text,
  assessed_at timestamptz,
  check ((started_at is null) = (state = 'planned')),
  check ((score is null) = (state in ('planned','running')))
);
create unique index drill_running on drill (scenario) where state = 'running';
-- Its name, also for whoever does not see where it is: a scenario runs one drill at a time.
create function running_drill(of_scenario int) returns text language sql stable security definer set search_path = pg_catalog, public as $$
  select name from drill where scenario = of_scenario and state = 'running' $$;
grant execute on function running_drill(int) to puan_app;
create index drill_newest on drill (id desc);
select scope_table('drill', 'scenario');
grant select, insert, update on drill to puan_app;

-- What the script does, each act once: readings of a point, or words (导调) that a seat has to answer.
create table drill_act (
  id bigint generated always as identity unique,
  drill_id int not null references drill,
  n int2 not null,
  place int not null,
  scenario int2 not null,
  due_at timestamptz not null,
  fired_at timestamptz,
  -- Of words: the role they are for, and what was answered.
  to_role text collate "C",
  answer text,
  answered_by text,
  answered_at timestamptz,
  primary key (drill_id, n)
);
create index drill_act_waiting on drill_act (drill_id) where fired_at is not null and to_role is not null and answered_at is null;
select scope_table('drill_act', 'scenario');
grant select, insert, update on drill_act to puan_app;

-- Its points, with the value each tells again and again until the script changes it.
create table drill_point (
  drill_id int not null references drill,
  key text collate "C" not null,
  place int not null,
  scenario int2 not null,
  point_id int not null references point,
  object_id int not null references monitored_object,
  value float8,
  sent_at timestamptz,
  primary key (drill_id, key)
);
select scope_table('drill_point', 'scenario');
grant select on drill_point to puan_app;

-- What the script expects, judged by the records when the drill was over.
create table drill_line (
  drill_id int not null references drill,
  n int2 not null,
  place int not null,
  scenario int2 not null,
  outcome text collate "C" not null check (outcome in ('kept','late','missed')),
  points float8 not null,
  due_at timestamptz,
  met_at timestamptz,
  work_order_id bigint references work_order,
  warning_id bigint references warning,
  -- What was found, as a sentence.
  found text not null,
  primary key (drill_id, n)
);
select scope_table('drill_line', 'scenario');
grant select, insert on drill_line to puan_app;

-- Orders of sessions that are not over: few among those of all recordings that ever played.
create index work_order_replayed_open on work_order (replay_session_id)
  where replay_session_id is not null and state <> 'closed';
