-- Rights: row-level security under a role that owns nothing. Tables belong to the migrating owner, which also ingests
-- (COPY is refused under RLS); requests run as puan_app. A transaction without its scope is an error, not a leak:
-- current_setting() without missing_ok fails.

create table scenario (
  id int2 primary key,
  code text collate "C" not null unique,
  name text not null,
  owner text not null
);

create table platform (
  id int primary key,
  code text collate "C" not null unique,
  name text not null,
  kind text not null check (kind in ('district','industry','scenario','lingang','town','zone','village')),
  parent_id int references platform,
  department text,
  unit text,
  technical_unit text,
  scenario int2 references scenario,
  inferred boolean not null default false,
  lingang boolean not null default false,
  -- Pre-order numbers with gaps: a subtree is one interval.
  place int,
  place_to int,
  lat float8,
  lon float8,
  note text
);
create index platform_parent on platform (parent_id, id);
create index platform_place on platform (place) where kind in ('town','zone');

-- The official count beside what is held, so that what is missing is said and not hidden.
create table platform_count (
  kind text primary key,
  regulation int not null,
  held int not null,
  note text
);

create table account (
  id int generated always as identity primary key,
  username text collate "C" not null unique,
  name text not null,
  password_hash text not null,
  -- Password from PUAN_BOOTSTRAP_PASSWORD: may sign in without a second factor until one is enrolled; the screen says so.
  password_from_bootstrap boolean not null default false,
  failed_attempts int not null default 0,
  locked_until timestamptz,
  disabled_at timestamptz,
  created_at timestamptz not null default now()
);

create table role_assignment (
  id int generated always as identity primary key,
  account_id int not null references account,
  role text collate "C" not null,
  platform_id int not null references platform,
  valid_from timestamptz not null default now(),
  valid_to timestamptz,
  unique (account_id, role, platform_id)
);

create table session (
  id bigint generated always as identity primary key,
  account_id int not null references account,
  token_hash bytea not null unique,
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  expires_at timestamptz not null,
  address text not null
);

create table token (
  id int generated always as identity primary key,
  name text not null,
  kind text not null check (kind in ('gateway','device','person')),
  token_hash bytea not null unique,
  account_id int references account,
  device_id int,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);

create table monitored_object (
  id int generated always as identity primary key,
  code text collate "C" not null unique,
  name text not null,
  scenarios int2[] not null,
  place int not null,
  town text collate "C",
  village text collate "C",
  place_approximate boolean not null,
  lat float8 not null,
  lon float8 not null,
  owner text,
  operator text,
  simulated boolean not null default false,
  created_at timestamptz not null default now()
);
create index monitored_object_place on monitored_object (place, id);
create index monitored_object_scenarios on monitored_object using gin (scenarios);

-- Imported borders: one polygon set per town, as GeoJSON geometry (WGS 84).
create table town_border (
  town text collate "C" primary key,
  geometry jsonb not null,
  attribution text not null,
  imported_at timestamptz not null,
  imported_by text not null
);

-- Who changed what, when, from where, before and after; written in the transaction of the change.
create table audit (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  actor text not null,
  address text,
  action text collate "C" not null,
  subject text not null,
  before jsonb,
  after jsonb
);

alter table monitored_object enable row level security;
create policy scope on monitored_object to puan_app using (
  place between current_setting('puan.a0')::int and current_setting('puan.a1')::int
  or place between current_setting('puan.b0')::int and current_setting('puan.b1')::int
  or scenarios && current_setting('puan.scenarios')::int2[]
);

grant select on scenario, platform, platform_count, town_border, role_assignment to puan_app;
grant select, insert, update on monitored_object to puan_app;
grant insert on audit to puan_app;
grant select, insert, update, delete on session, token, town_border to puan_app;
grant select (id, username, name, disabled_at) on account to puan_app;
