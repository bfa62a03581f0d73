-- Life of a version: people draft it, somebody else reviews and publishes it, it takes effect at its moment and is retired by the
-- next one. Files of the default standard are versions, too.
alter table standard_version
  add column origin text collate "C" not null default 'file' check (origin in ('file','draft')),
  add column reason text,
  add column submitted_by int references account,
  -- Review and publishing are one act.
  add column reviewed_by int references account,
  -- Taken back before its moment: its stretch of time is empty (retired_at = effective_from), so it is in force nowhere.
  add column cancelled_at timestamptz,
  add column cancelled_by int references account,
  -- When its elements and parameters took over the rows that are by code; null while its moment is to come.
  add column took_effect_at timestamptz;
update standard_version set took_effect_at = published_at;
create index standard_version_newest on standard_version (scenario) where retired_at is null;

-- A draft lies where the platform of its scenario lies.
create table standard_draft (
  id int generated always as identity primary key,
  scenario int2 not null references scenario,
  place int not null,
  -- The newest version when it was begun, or when its editor last said to have compared with the newest.
  base_id int not null references standard_version,
  copied_from_id int not null references standard_version,
  -- Number under which it will be published.
  standard text collate "C" not null,
  document jsonb not null,
  reason text not null,
  state text collate "C" not null default 'draft' check (state in ('draft','submitted','refused','withdrawn','published')),
  -- Everybody who began, edited or handed it in, and those they acted for: none of them may review it.
  authors int[] not null,
  created_by int not null references account,
  created_at timestamptz not null,
  edited_by int not null references account,
  edited_at timestamptz not null,
  submitted_by int references account,
  submitted_at timestamptz,
  reviewed_by int references account,
  reviewed_at timestamptz,
  review_note text,
  effective_from timestamptz,
  published_id int references standard_version,
  version int not null default 1
);
create index standard_draft_scenario on standard_draft (scenario, id);
create index standard_draft_place on standard_draft (place, id);
select scope_table('standard_draft', 'scenario');
grant select, insert, update on standard_draft to puan_app;

-- Who approves standards writes what is published: of scenarios only where a draft lies within reach (the inner select is under
-- the scope of standard_draft).
create function may_publish(of_scenario int2) returns boolean language sql stable as $$
  select current_setting('puan.capability') = 'standard.approve'
    and exists (select from standard_draft d where d.scenario = of_scenario)
$$;
do $$
declare t text;
begin
  foreach t in array array['standard_version','element','parameter','warning_item','sign','handbook_entry'] loop
    execute format('create policy publish on %I for insert to puan_app with check (may_publish(scenario))', t);
    execute format('grant insert on %I to puan_app', t);
  end loop;
  foreach t in array array['standard_version','element','parameter'] loop
    execute format('create policy take_over on %I for update to puan_app using (may_publish(scenario))', t);
  end loop;
end $$;
grant update (retired_at, cancelled_at, cancelled_by, took_effect_at) on standard_version to puan_app;
grant update on element, parameter to puan_app;
