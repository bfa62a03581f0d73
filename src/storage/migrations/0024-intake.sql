-- What pushes by HTTP (接入源): operator clouds, boxes that recognise, analyses, reports of people. It lies where its platform lies.
create table intake_source (
  id int generated always as identity primary key,
  code text collate "C" not null unique,
  kind text collate "C" not null check (kind in ('ctwing','onenet','video','analytics','social')),
  name text not null,
  platform_id int not null references platform,
  place int,
  scenario int2,
  auth text collate "C" not null check (auth in ('url','header','hmac','onenet')),
  -- Sealed with the vault's key: signatures need it in clear.
  secret_sealed text not null,
  -- Networks it may come from; none: from anywhere.
  addresses text[] not null default '{}',
  settings jsonb not null default '{}',
  enabled boolean not null default true,
  simulated boolean not null default false,
  -- Messages that were taken; what was refused is counted in frame_refusal under the protocol `intake`.
  accepted bigint not null default 0,
  last_at timestamptz,
  created_by text not null,
  created_at timestamptz not null,
  version int not null default 1
);
create index intake_source_place on intake_source (place, id);
create index intake_source_scenario on intake_source (scenario, id);
select scope_table('intake_source', 'scenario');
grant select (id, code, kind, name, platform_id, place, scenario, auth, addresses, settings, enabled, simulated, accepted, last_at,
  created_by, created_at, version) on intake_source to puan_app;
grant insert, update on intake_source to puan_app;

-- What the kinds of a video source mean. Those that were seen and that nobody has mapped are 未分类: no element.
create table intake_kind (
  source_id int not null references intake_source,
  kind text collate "C" not null,
  name text,
  element_code text collate "C" references element,
  -- What is written at once, before anybody has looked; null: nothing.
  suspected_value float8,
  confirmed_value float8 not null default 1,
  seen bigint not null default 0,
  last_at timestamptz,
  primary key (source_id, kind)
);
alter table intake_kind enable row level security;
create policy of_source on intake_kind to puan_app using (exists (select from intake_source s where s.id = source_id));
grant select, insert, update, delete on intake_kind to puan_app;

-- Messages of kinds that are not read, as they came; forgotten after a month.
create table intake_message (
  id bigint generated always as identity primary key,
  source_id int not null references intake_source,
  place int,
  scenario int2,
  received_at timestamptz not null,
  device text not null,
  message_type text not null,
  body text not null
);
create index intake_message_of on intake_message (source_id, id);
create index intake_message_received on intake_message (received_at);
select scope_table('intake_message', 'scenario');
grant select on intake_message to puan_app;

-- 疑似事件: what a camera has recognised or people have reported, until a person has confirmed or rejected it.
create table suspected_event (
  id bigint generated always as identity primary key,
  origin text collate "C" not null check (origin in ('video','social')),
  source_id int references intake_source,
  -- What the sender calls it: the same one sent again is the same event.
  event_key text collate "C",
  place int,
  scenario int2,
  object_id int references monitored_object,
  point_id int references point,
  element_code text collate "C" references element,
  camera text collate "C",
  kind text collate "C" not null,
  kind_name text,
  confidence float8,
  box jsonb,
  -- SHA-256 of the picture under the data folder, in hex.
  picture text collate "C",
  text text,
  lat float8,
  lon float8,
  place_name text,
  -- The first report of what is probably the same thing; null for that one itself.
  group_id bigint references suspected_event,
  observed_at timestamptz not null,
  -- Seen again, how often and when last.
  last_at timestamptz not null,
  times int not null default 1,
  received_at timestamptz not null,
  ended_at timestamptz,
  state text collate "C" not null default 'suspected' check (state in ('suspected','confirmed','rejected')),
  -- The value that stands in the readings because of it.
  fed_value float8,
  decided_by text,
  decided_at timestamptz,
  note text,
  reported_by text,
  simulated boolean not null default false
);
create unique index suspected_event_once on suspected_event (source_id, event_key) where event_key is not null;
create index suspected_event_repeat on suspected_event (source_id, camera, kind, last_at);
create index suspected_event_place on suspected_event (place, id);
create index suspected_event_scenario on suspected_event (scenario, id);
create index suspected_event_group on suspected_event (group_id) where group_id is not null;
create index suspected_event_social on suspected_event (last_at) where origin = 'social';
create index suspected_event_object on suspected_event (object_id) where object_id is not null;
select scope_table('suspected_event', 'scenario');
grant select, insert, update on suspected_event to puan_app;
