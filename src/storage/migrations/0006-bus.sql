-- Events written in the transaction of the change; the one dispatcher gives each committed row its seq on publishing.
-- (Ids from a sequence commit out of order and would lose events to anyone who reads "after id".)
create table outbox (
  id bigint generated always as identity primary key,
  type text collate "C" not null,
  at timestamptz not null default now(),
  place int,
  scenario int2,
  payload jsonb not null,
  written_at timestamptz not null default clock_timestamp()
);

create table event (
  seq bigint primary key,
  type text collate "C" not null,
  at timestamptz not null,
  place int,
  scenario int2,
  payload jsonb not null
);
create sequence event_seq;

-- One cursor per subscriber: moved in the transaction of the subscriber's own effects.
create table subscription (
  name text collate "C" primary key,
  seq bigint not null
);

grant insert on outbox to puan_app;
