-- 盲区: of each scenario in each town, and in each village where it has objects or points, what watches there now. Taken by the
-- clock; written only where it changed.
create table blind_spot (
  scenario int2 not null references scenario,
  -- Empty: objects that lie in no town.
  town text collate "C" not null,
  -- Empty: the town as a whole.
  village text collate "C" not null default '',
  place int not null,
  state text collate "C" not null check (state in ('watched','thin','blind','never')),
  -- Since when it is thin or blind: the moment at which the last point stopped watching.
  since timestamptz,
  -- Points by element and condition, and objects (`PlaceWatch`).
  watch jsonb not null,
  primary key (scenario, town, village)
);
create index blind_spot_place on blind_spot (place);
select scope_table('blind_spot', 'scenario');
grant select on blind_spot to puan_app;
create table blind_mark (id int primary key default 1 check (id = 1), taken_at timestamptz not null);
grant select on blind_mark to puan_app;

alter table town_population add column version int not null default 1;
alter table import_mapping drop constraint import_mapping_kind_check,
  add constraint import_mapping_kind_check check (kind in ('objects','units','platforms','ledger','population'));
