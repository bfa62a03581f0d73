-- What should be watched (底数台账), how far it is (覆盖), what is planned for the rest, and what became of the bases of the standard.

-- 对象类别: the kinds of object a scenario watches, and the elements each of them must have. Those that nobody has edited follow
-- the file of the default ledger. A kind lies where its scenario's platform lies.
create table object_kind (
  id int generated always as identity primary key,
  scenario int2 not null,
  place int not null,
  code text collate "C" not null unique,
  name text not null,
  elements text[] not null,
  basis text not null,
  edited_by text,
  edited_at timestamptz,
  version int not null default 1,
  unique (scenario, name)
);
alter table object_kind enable row level security;
create policy published on object_kind for select to puan_app using (true);
do $$ begin
  execute format('create policy edit on object_kind for update to puan_app using (current_setting(''puan.capability'') = ''object.manage'' and (%s))',
    scope_condition('scenario'));
  execute format('create policy add on object_kind for insert to puan_app with check (current_setting(''puan.capability'') = ''object.manage'' and (%s))',
    scope_condition('scenario'));
end $$;
grant select, insert, update on object_kind to puan_app;

-- A line of the base ledger: so many of a kind in a town or village, or one of them by its name. A named one may be an object of ours.
create table ledger_entry (
  id int generated always as identity primary key,
  kind_id int not null references object_kind,
  scenario int2 not null,
  place int not null,
  town text collate "C" not null,
  village text collate "C",
  name text,
  quantity int not null check (quantity >= 0 and (name is null or quantity = 1)),
  object_id int references monitored_object,
  source text not null,
  as_of date not null,
  note text,
  edited_by text not null,
  edited_at timestamptz not null,
  version int not null default 1
);
create unique index ledger_entry_line on ledger_entry (kind_id, town, coalesce(village, ''), coalesce(name, ''));
create index ledger_entry_object on ledger_entry (object_id, scenario) where object_id is not null;
create index ledger_entry_place on ledger_entry (place, id);
create index ledger_entry_scenario on ledger_entry (scenario, id);
create index ledger_entry_unlinked on ledger_entry (town, name) where name is not null and object_id is null;
select scope_table('ledger_entry', 'scenario');
grant select, insert, update, delete on ledger_entry to puan_app;

-- How far each object is covered in each of its scenarios, taken stock of by the clock. Lists hold codes: of elements, signs, items.
create table object_coverage (
  object_id int not null references monitored_object,
  scenario int2 not null,
  place int not null,
  town text collate "C",
  village text collate "C",
  -- Null where neither the ledger nor its points tell what it is.
  kind_id int references object_kind,
  elements int not null,
  blind text[] not null,
  dead text[] not null,
  signs int not null,
  signs_off text[] not null,
  items int not null,
  no_handbook text[] not null,
  no_post text[] not null,
  primary key (object_id, scenario)
);
create index object_coverage_place on object_coverage (place, object_id);
create index object_coverage_scenario on object_coverage (scenario, object_id);
select scope_table('object_coverage', 'scenario');
grant select on object_coverage to puan_app;
-- Roles that handbooks of a scenario name and nobody holds there (责任落实): vacant, or left by whoever held it.
create table coverage_post (
  scenario int2 not null,
  place int not null,
  role text collate "C" not null,
  state text collate "C" not null check (state in ('vacant','left')),
  primary key (scenario, role)
);
select scope_table('coverage_post', 'scenario');
grant select on coverage_post to puan_app;
create table coverage_mark (id int primary key default 1 check (id = 1), taken_at timestamptz not null);
grant select on coverage_mark to puan_app;

-- Who closes a gap, until when, by doing what. `code` is the element, sign or item; empty for the object as a whole.
create table coverage_plan (
  id int generated always as identity primary key,
  scenario int2 not null,
  place int not null,
  gap text collate "C" not null check (gap in ('unregistered','unclassified','blind','dead','sign-off','no-handbook','post')),
  object_id int references monitored_object,
  ledger_id int references ledger_entry on delete cascade,
  code text collate "C" not null default '',
  what text not null,
  who text not null,
  due_on date not null,
  made_by text not null,
  made_at timestamptz not null,
  met_at timestamptz,
  withdrawn_at timestamptz,
  version int not null default 1,
  check ((object_id is null) <> (ledger_id is null))
);
create unique index coverage_plan_open on coverage_plan (gap, scenario, coalesce(object_id, 0), coalesce(ledger_id, 0), code)
  where met_at is null and withdrawn_at is null;
create index coverage_plan_object on coverage_plan (object_id) where object_id is not null;
create index coverage_plan_ledger on coverage_plan (ledger_id) where ledger_id is not null;
select scope_table('coverage_plan', 'scenario');
grant select, insert, update on coverage_plan to puan_app;

-- 依据变更: a document the standard cites was replaced, or a station was moved. Whoever notices it tells it for their own scenario;
-- the tasks that follow are opened by rule in every scenario that cites it.
create table basis_change (
  id int generated always as identity primary key,
  scenario int2 not null,
  place int not null,
  kind text collate "C" not null check (kind in ('replaced','moved')),
  document text not null,
  clause text,
  object_id int references monitored_object,
  successor text not null,
  changed_on date not null,
  note text,
  told_by text not null,
  told_at timestamptz not null
);
select scope_table('basis_change', 'scenario');
grant select, insert on basis_change to puan_app;

create table basis_task (
  id int generated always as identity primary key,
  change_id int not null references basis_change,
  scenario int2 not null,
  place int not null,
  -- The change, as it was told: the row itself may lie out of sight.
  kind text collate "C" not null,
  document text not null,
  clause text,
  object_id int references monitored_object,
  successor text not null,
  changed_on date not null,
  note text,
  told_by text not null,
  -- Signs and what else cites the basis, by code and name as they were when it opened.
  concerned jsonb not null,
  state text collate "C" not null default 'open' check (state in ('open','answered','kept')),
  opened_at timestamptz not null,
  due_at timestamptz not null,
  -- The version that answers it, or who said with what reason that nothing needs to change.
  answered_version_id int references standard_version,
  answered_at timestamptz,
  answered_by text,
  answer_note text,
  version int not null default 1,
  unique (change_id, scenario)
);
create index basis_task_scenario on basis_task (scenario, id);
create index basis_task_place on basis_task (place, id);
create index basis_task_due on basis_task (due_at) where state = 'open';
create index basis_task_answer on basis_task (answered_version_id) where answered_version_id is not null;
select scope_table('basis_task', 'scenario');
grant select, update on basis_task to puan_app;

alter table import_mapping drop constraint import_mapping_kind_check,
  add constraint import_mapping_kind_check check (kind in ('objects','units','platforms','ledger'));
