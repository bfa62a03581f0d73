create table replay_session (
  id int generated always as identity primary key,
  name text not null,
  state text not null check (state in ('running','ended')),
  -- The session's clock: the newest moment of the recording that has arrived.
  clock timestamptz,
  opened_at timestamptz not null,
  ended_at timestamptz,
  opened_by text
);

create table device (
  id int generated always as identity primary key,
  protocol text collate "C" not null,
  code text collate "C" not null,
  settings jsonb not null default '{}',
  simulated boolean not null default false,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz,
  frames_accepted bigint not null default 0,
  replay_session_id int references replay_session,
  unique (protocol, code)
);
alter table token add foreign key (device_id) references device;

create table point (
  id int generated always as identity primary key,
  code text collate "C" not null unique,
  object_id int not null references monitored_object,
  element_code text collate "C" not null references element,
  device_id int references device,
  place int not null,
  scenarios int2[] not null,
  simulated boolean not null,
  created_at timestamptz not null default now()
);
create index point_object on point (object_id, id);
create index point_device on point (device_id);

create table device_factor (
  device_id int not null references device,
  factor text collate "C" not null,
  point_id int not null references point,
  scale float8 not null default 1,
  shift float8 not null default 0,
  primary key (device_id, factor)
);

-- Refused frames under their named reason. device_code is '' where the frame named nobody.
create table frame_refusal (
  protocol text collate "C" not null,
  device_code text collate "C" not null,
  reason text collate "C" not null,
  count bigint not null,
  last_at timestamptz not null,
  primary key (protocol, device_code, reason)
);

create table unmapped_factor (
  protocol text collate "C" not null,
  device_code text collate "C" not null,
  factor text collate "C" not null,
  count bigint not null,
  last_at timestamptz not null,
  primary key (protocol, device_code, factor)
);

create table quarantine (
  id int generated always as identity primary key,
  protocol text collate "C" not null,
  code text collate "C" not null,
  address text not null,
  sample text not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  frames bigint not null,
  unique (protocol, code)
);

-- Readings, append-only, in hot partitions of 15 minutes of receiving time (made ahead by the server).
-- No b-tree: one costs 5 µs and 98 B a row. received_at is given by the one committer and strictly grows per commit.
create table reading (
  observed_at timestamptz not null,
  received_at timestamptz not null,
  value float8 not null,
  point_id int not null,
  quality int2 not null,
  -- Index into the four kinds of sensing; 16 is added for rows of a replay session (回放).
  source int2 not null
) partition by range (received_at);

-- What the hot path holds in memory, written every second and rebuilt at start from the readings after the mark.
create table point_state (
  point_id int primary key,
  observed_at timestamptz not null,
  value float8 not null,
  quality int2 not null,
  -- Time between the last two readings, 0 when unknown: the point's own rhythm.
  interval_ms float8 not null default 0
);
create table ingest_mark (
  id int primary key default 1 check (id = 1),
  flushed_to timestamptz not null
);
insert into ingest_mark values (1, '-infinity');

-- Kept, not counted: readings per Beijing day, scenario and kind of row.
create table reading_count (
  day date not null,
  scenario int2 not null,
  replay boolean not null,
  received bigint not null,
  suspect bigint not null,
  primary key (day, scenario, replay)
);

alter table point enable row level security;
create policy scope on point to puan_app using (
  place between current_setting('puan.a0')::int and current_setting('puan.a1')::int
  or place between current_setting('puan.b0')::int and current_setting('puan.b1')::int
  or scenarios && current_setting('puan.scenarios')::int2[]
);

grant select, insert, update on point, device, device_factor, replay_session to puan_app;
grant select, delete on quarantine to puan_app;
-- Readings have no scope of their own: a use case finds the point first, under the point's policy. No grants on partitions.
grant select on reading, point_state, frame_refusal, unmapped_factor, reading_count to puan_app;
