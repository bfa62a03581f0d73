-- An alarm stands but is not let through to a warning: by what, why, until when. Several may hold one alarm; it is let
-- through when the last of them has ended while it still stands (decision 0026).
create table alarm_hold (
  id bigint generated always as identity primary key,
  alarm_id bigint not null references alarm,
  kind text collate "C" not null check (kind in ('verify', 'shelved', 'suppressed', 'out-of-service')),
  -- What holds it: `item/BRIDGE.I03`, `shelf/12`, `warning/7` …
  held_by text collate "C" not null,
  -- The worst level of the alarm while it has been held.
  level int2 not null,
  place int not null,
  scenario int2 not null,
  reason text not null,
  held_at timestamptz not null,
  until timestamptz,
  ended_at timestamptz,
  ended_why text
);
create unique index alarm_hold_once on alarm_hold (alarm_id, kind, held_by) where ended_at is null;
create index alarm_hold_of on alarm_hold (alarm_id);
create index alarm_hold_by on alarm_hold (held_by) where ended_at is null;
create index alarm_hold_newest on alarm_hold (kind, held_at desc, id desc) where ended_at is null;

alter table alarm_hold enable row level security;
create policy scope on alarm_hold to puan_app using (
  place between current_setting('puan.a0')::int and current_setting('puan.a1')::int
  or place between current_setting('puan.b0')::int and current_setting('puan.b1')::int
  or scenario = any(current_setting('puan.scenarios')::int2[]));
grant select, insert, update on alarm_hold to puan_app;

-- What brought a warning about, where that is known: `warning/7`, `fault/12`. A flood is told as one card per cause.
alter table warning add column cause text collate "C";
create index warning_open_cause on warning (cause) where state = 'open' and cause is not null;
