-- 链路自检、对账、看门狗: whether the chain from a device to a closed warning works, whether every record has its partner, and who
-- calls when this process itself is silent.

-- A self-test (自检) plays in a session of its own, as a recording does: nothing of it is live.
alter table replay_session add column kind text collate "C" not null default 'recording'
  check (kind in ('recording','self-test'));

-- What belongs to self-tests lies at place −1, in no territory (SELF_TEST_PLACE). Whoever reads by scenario would see it all the
-- same; this keeps it from everybody who does not ask for that very place, so that no list, map or figure has to think of it.
do $$
declare t text;
begin
  foreach t in array array['monitored_object','point','device','alarm','warning','warning_change','work_order','work_order_step',
    'work_order_entry','attachment','deadline','reminder','account','alarm_hold'] loop
    execute format($p$create policy self_test on %I as restrictive to puan_app
      using (place is distinct from -1 or current_setting('puan.a0')::int = -1)$p$, t);
  end loop;
end $$;

create table chain_test (
  id bigint generated always as identity primary key,
  scenario int2 not null references scenario,
  -- Of the scenario's platform, so that territory finds it.
  place int not null,
  -- Beijing day for the grid.
  day date not null,
  daily boolean not null default false,
  -- Null for the daily one.
  requested_by text,
  requested_at timestamptz not null,
  state text collate "C" not null check (state in ('waiting','running','passed','broken','interrupted')),
  started_at timestamptz,
  finished_at timestamptz,
  -- What was sent: gateway, element, sign and level.
  protocol text collate "C",
  element_code text collate "C",
  sign_code text collate "C",
  level int2,
  replay_session_id int references replay_session,
  broken_stage text collate "C",
  reason text
);
create unique index chain_test_under_way on chain_test (scenario) where state in ('waiting','running');
create unique index chain_test_daily on chain_test (scenario, day) where daily;
create index chain_test_newest on chain_test (scenario, id desc);
create index chain_test_by_day on chain_test (day, scenario);
select scope_table('chain_test', 'scenario');
grant select, insert on chain_test to puan_app;

create table chain_test_stage (
  chain_test_id bigint not null references chain_test,
  place int not null,
  scenario int2 not null,
  stage text collate "C" not null,
  -- Since the stage before was reached.
  ms float8 not null,
  ok boolean not null,
  -- What was found there, as a sentence.
  text text not null,
  primary key (chain_test_id, stage)
);
select scope_table('chain_test_stage', 'scenario');
grant select on chain_test_stage to puan_app;

create table reconciliation (
  id bigint generated always as identity primary key,
  -- Beijing day whose readings were counted.
  day date not null,
  requested_by text,
  started_at timestamptz not null,
  finished_at timestamptz not null
);
create index reconciliation_newest on reconciliation (id desc);

-- How many records of a kind had lost their partner; unchecked where it could not be told this time, with the reason.
create table reconciliation_count (
  reconciliation_id bigint not null references reconciliation,
  kind text collate "C" not null,
  mismatches int not null,
  unchecked text,
  ms float8 not null,
  primary key (reconciliation_id, kind)
);

-- The first thousand of a kind by name.
create table reconciliation_mismatch (
  id bigint generated always as identity primary key,
  reconciliation_id bigint not null references reconciliation,
  kind text collate "C" not null,
  -- Of the warning or order where it can be looked at.
  subject_kind text collate "C" not null check (subject_kind in ('alarm','warning','work-order','events','readings')),
  subject_id bigint,
  place int not null,
  scenario int2,
  since timestamptz,
  text text not null
);
create index reconciliation_mismatch_of on reconciliation_mismatch (reconciliation_id, kind, id);
select scope_table('reconciliation_mismatch', 'scenario');
-- How many there are concerns whoever keeps the house; which ones, only those in whose scope they lie.
do $$
declare t text;
begin
  foreach t in array array['reconciliation','reconciliation_count'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy kept on %I for select to puan_app using (current_setting(''puan.capability'') like ''fault.%%'')', t);
  end loop;
end $$;
grant select on reconciliation, reconciliation_count, reconciliation_mismatch to puan_app;

-- Watchdogs (看门狗) outside this process, by their own names, and when each was heard last.
create table watchdog (
  name text collate "C" primary key,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  every_seconds int not null,
  address text not null,
  -- Taken out of service by a person: its silence is no fault.
  retired_at timestamptz
);
alter table watchdog enable row level security;
create policy kept on watchdog to puan_app using (current_setting('puan.capability') like 'fault.%');
grant select, update on watchdog to puan_app;
