-- The life of a warning: when it was last told, what a person said of it, and whether it was opened again.
alter table warning
  -- By the wall clock: raised, changed, signed for or announced again. A device's late clock must not make it due at once.
  add column told_at timestamptz not null default now(),
  add column re_alarms int not null default 0,
  -- 误报: why it was none, out of a closed list; null where nobody has said so.
  add column false_alarm text collate "C",
  add column false_alarm_note text,
  add column judged_by text,
  add column judged_at timestamptz,
  -- The warning that was closed by mistake and goes on in this one.
  add column reopened_from bigint references warning;
create index warning_told on warning (told_at) where state = 'open' and replay_session_id is null;
create unique index warning_reopened_once on warning (reopened_from) where reopened_from is not null;

-- A person opens a warning again: what the rules write otherwise.
grant insert on warning to puan_app;
grant usage on sequence warning_id_seq to puan_app;
grant insert, update on warning_evidence to puan_app;

-- An alarm that is held as `verify` waits for a person (核实): with one owner, a limit and a ladder, until it is decided.
create table verification (
  id bigint generated always as identity primary key,
  alarm_id bigint not null references alarm,
  object_id int not null references monitored_object,
  item_code text collate "C" not null,
  place int not null,
  scenario int2 not null,
  -- The worst the alarm came to while it waited.
  level int2 not null,
  asked_at timestamptz not null,
  due_at timestamptz not null,
  -- Rungs of the ladder that were climbed, and when the next one is due; null once decided.
  step int2 not null default 0,
  next_at timestamptz,
  owner_role text collate "C" not null check (owner_role in ('business-admin', 'department-owner')),
  -- Who of them: on duty, else the first who holds the role; null where nobody does.
  owner_id int references account,
  -- Asked for more, once: what, by whom; the limit has moved with it.
  more_note text,
  more_by text,
  more_at timestamptz,
  decision text collate "C" check (decision in ('confirmed', 'refused', 'agreed', 'worst-case', 'returned')),
  -- The level as the signs had it and as the person gave it.
  signs_level int2,
  given_level int2,
  false_alarm text collate "C",
  note text,
  decided_by text,
  decided_at timestamptz,
  replay_session_id int,
  simulated boolean not null,
  check ((decision is null) = (decided_at is null))
);
create unique index verification_waiting on verification (alarm_id) where decision is null;
create index verification_of on verification (alarm_id, id);
create index verification_next on verification (next_at) where decision is null;
create index verification_newest on verification (asked_at desc, id desc);
select scope_table('verification', 'scenario');
grant select, update on verification to puan_app;

-- Witnesses of another kind are looked for by time and place.
create index suspected_event_seen on suspected_event (last_at) where state <> 'rejected';
create index alarm_open_newest on alarm (scenario, id desc) where normal_at is null;
