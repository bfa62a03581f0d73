-- 预警绩效 (decision 0035): the figures of alarm performance over a stretch of time, and what is proposed to better them.

-- What was raised in a stretch of time, and what stood for longer than a day in it.
create index alarm_raised on alarm (raised_at) where replay_session_id is null;
create index alarm_stale on alarm (normal_at) where replay_session_id is null and normal_at - raised_at > interval '24 hours';
create index alarm_hold_held on alarm_hold (held_at);

-- The figures of a desk in one Beijing month, written once when the month is over: verdicts and acknowledgements that come later
-- do not change what was reported.
create table performance_month (
  platform_id int not null references platform,
  place int not null,
  scenario int2,
  -- Its first day.
  month date not null,
  figures jsonb not null,
  written_at timestamptz not null,
  primary key (platform_id, month)
);
create index performance_month_newest on performance_month (month);
select scope_table('performance_month', 'scenario');
grant select on performance_month to puan_app;

-- What is proposed for a sign at a point (改进建议), and what people made of it.
create table performance_proposal (
  id int generated always as identity primary key,
  point_id int not null references point,
  object_id int not null references monitored_object,
  sign_code text collate "C" not null,
  place int not null,
  scenario int2 not null,
  kind text collate "C" not null check (kind in ('raise-deadband','add-delay','mend-sensor','review-limit')),
  -- What of the sign changes, from what to what; null where nothing of the standard does.
  change jsonb,
  why text not null,
  -- The history it was made of.
  from_at timestamptz not null,
  to_at timestamptz not null,
  state text collate "C" not null default 'open' check (state in ('open','rehearsed','taken','rejected')),
  draft_id int references standard_draft,
  rehearsal_id int references rehearsal,
  fault_code text collate "C",
  made_by text not null,
  made_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  decided_why text
);
-- One at a time for a sign at a point.
create unique index performance_proposal_open on performance_proposal (point_id, sign_code) where state in ('open','rehearsed');
create index performance_proposal_of on performance_proposal (point_id, sign_code, id);
select scope_table('performance_proposal', 'scenario');
grant select, insert, update on performance_proposal to puan_app;
