-- 对象专用限值: what one object has of its own of one sign, within what the standard grants (docs/decisions/0012). One person asks,
-- another approves; it holds from then on until it is ended, replaced, expired, or no longer within a newer version's bounds (off).
create table own_limit (
  id int generated always as identity primary key,
  object_id int not null references monitored_object,
  -- By code: it goes on through versions of the standard.
  sign_code text collate "C" not null,
  -- Where the object stands, and the sign's scenario.
  place int not null,
  scenario int2 not null references scenario,
  body jsonb not null,
  reason text not null,
  valid_until timestamptz,
  state text collate "C" not null default 'proposed' check (state in ('proposed','in-force','refused','ended','off')),
  -- Who asked and whom they acted for: none of them may approve it.
  authors int[] not null,
  proposed_by int not null references account,
  proposed_at timestamptz not null,
  decided_by int references account,
  decided_at timestamptz,
  decision_note text,
  -- When it ceased to hold (ended, off), by whom (null: by itself) and why.
  over_at timestamptz,
  over_by int references account,
  over_why text,
  version int not null default 1
);
create unique index own_limit_in_force on own_limit (object_id, sign_code) where state = 'in-force';
create unique index own_limit_proposed on own_limit (object_id, sign_code) where state = 'proposed';
create index own_limit_object on own_limit (object_id, id);
create index own_limit_sign on own_limit (sign_code, id);
create index own_limit_place on own_limit (place, id);
create index own_limit_scenario on own_limit (scenario, id);
select scope_table('own_limit', 'scenario');
grant select, insert, update on own_limit to puan_app;

-- How often a sign has raised an alarm is asked sign by sign.
create index alarm_by_sign on alarm (sign_id, raised_at desc);
