-- A draft of the standard run over the past beside the version in force. Its text is kept as it was rehearsed, the result for good.
create table rehearsal (
  id int generated always as identity primary key,
  scenario int2 not null references scenario,
  place int not null,
  draft_id int not null references standard_draft,
  document jsonb not null,
  -- The version in force that it runs beside.
  beside_id int not null references standard_version,
  from_at timestamptz not null,
  to_at timestamptz not null,
  -- Limited to these; both empty: every object of the scenario.
  towns text[] not null default '{}',
  objects text[] not null default '{}',
  replay_session_id int references replay_session,
  state text collate "C" not null default 'waiting' check (state in ('waiting','running','done','cancelled','failed')),
  done float8 not null default 0,
  readings bigint not null default 0,
  failure text,
  result jsonb,
  requested_by int not null references account,
  requested_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz,
  cancelled_by int references account
);
create index rehearsal_draft on rehearsal (draft_id, id);
create index rehearsal_place on rehearsal (place, id);
create index rehearsal_scenario on rehearsal (scenario, id);
-- One at a time per draft, and the queue of all.
create unique index rehearsal_one_at_work on rehearsal (draft_id) where state in ('waiting','running');
create index rehearsal_at_work on rehearsal (id) where state in ('waiting','running');
select scope_table('rehearsal', 'scenario');
grant select, insert, update on rehearsal to puan_app;

-- What is known to have happened, or to have been a false alarm: a rehearsal is held against it, beside the verdicts on orders.
create table known_case (
  id int generated always as identity primary key,
  scenario int2 not null references scenario,
  place int not null,
  kind text collate "C" not null check (kind in ('incident','false-alarm')),
  object_id int references monitored_object,
  item_code text collate "C",
  from_at timestamptz not null,
  to_at timestamptz not null check (to_at >= from_at),
  text text not null,
  source text not null,
  recorded_by int not null references account,
  recorded_at timestamptz not null,
  removed_by int references account,
  removed_at timestamptz
);
create index known_case_scenario on known_case (scenario, id) where removed_at is null;
create index known_case_place on known_case (place, id) where removed_at is null;
select scope_table('known_case', 'scenario');
grant select, insert, update on known_case to puan_app;
