-- Doors for data: one row a listener, opened and shut by people. A platform may have its own.
create table gateway (
  id int generated always as identity primary key,
  platform_id int not null references platform,
  protocol text collate "C" not null,
  name text not null,
  -- null: the port the settings give for this protocol, which the first gateway of each protocol has.
  port int check (port between 1 and 65535),
  enabled boolean not null default true,
  -- Of LineLimits, those that differ from the defaults.
  limits jsonb not null default '{}',
  created_at timestamptz not null default now(),
  -- Of its platform.
  place int,
  scenarios int2[] not null default '{}',
  unique (port)
);
create unique index gateway_by_settings on gateway (protocol) where port is null;
select scope_table('gateway', 'scenarios');
grant select, insert, update, delete on gateway to puan_app;

-- Whether a gateway of ours has the port, wherever it stands.
create function gateway_port_taken(wanted int) returns boolean language sql stable security definer set search_path = public as
  $$ select exists (select from gateway where port = wanted) $$;
revoke execute on function gateway_port_taken(int) from public;
grant execute on function gateway_port_taken(int) to puan_app;

-- How often a deviation that was allowed for a device has been made use of.
create table device_leniency (
  protocol text collate "C" not null,
  device_code text collate "C" not null,
  leniency text collate "C" not null,
  count bigint not null,
  last_at timestamptz not null,
  primary key (protocol, device_code, leniency)
);
grant select on device_leniency to puan_app;

-- A factor map is written anew when it changes.
grant delete on device_factor to puan_app;
