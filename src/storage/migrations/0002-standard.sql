-- A published standard never changes: a new version is a new row, and what it defines hangs on it.
create table standard_version (
  id int generated always as identity primary key,
  scenario int2 references scenario,
  version text collate "C" not null,
  document jsonb not null,
  published_at timestamptz not null,
  effective_from timestamptz not null,
  retired_at timestamptz,
  unique nulls not distinct (scenario, version)
);

create table element (
  code text collate "C" primary key,
  standard_id int not null references standard_version,
  scenario int2 not null references scenario,
  name text not null,
  unit text not null,
  period_seconds int not null,
  range_min float8,
  range_max float8,
  sensing text not null,
  is_key boolean not null,
  body jsonb not null
);

create table warning_item (
  id int generated always as identity primary key,
  standard_id int not null references standard_version,
  code text collate "C" not null,
  scenario int2 not null references scenario,
  name text not null,
  kind text not null,
  verification text not null,
  unique (standard_id, code)
);

create table sign (
  id int generated always as identity primary key,
  standard_id int not null references standard_version,
  code text collate "C" not null,
  item_code text collate "C" not null,
  element_code text collate "C" not null,
  scenario int2 not null references scenario,
  name text not null,
  body jsonb not null,
  unique (standard_id, code)
);

create table handbook_entry (
  id int generated always as identity primary key,
  standard_id int not null references standard_version,
  item_code text collate "C" not null,
  level text collate "C" not null,
  scenario int2 not null references scenario,
  body jsonb not null,
  unique (standard_id, item_code, level)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'a published standard does not change; publish a new version';
end $$;
create trigger immutable before update on sign for each row execute function refuse_change();
create trigger immutable before update on handbook_entry for each row execute function refuse_change();
create trigger immutable before update on warning_item for each row execute function refuse_change();

grant select on standard_version, element, warning_item, sign, handbook_entry to puan_app;
