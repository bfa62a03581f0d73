-- Who may look where. Every table with a place or a scenario stands under row-level security; a scope is up to four
-- stretches of territory and any number of scenarios, set per transaction and per capability (see decision 0010).
-- puan.account is who asks; puan.capability what for. A transaction without them is an error, not a leak.

-- An account's home: the platform that administers it. Its people are seen by whoever reaches that platform.
alter table account
  add column platform_id int references platform,
  add column place int,
  add column scenario int2,
  add column unit text,
  add column title text,
  -- Sealed with the vault's key; beside it what lists may show (138****1234).
  add column phone_sealed text,
  add column phone_masked text,
  add column kind text collate "C" not null default 'person' check (kind in ('person','service')),
  add column expires_at timestamptz,
  -- Left the unit: named in 责任落实 as left until somebody follows.
  add column left_at timestamptz,
  add column last_sign_in_at timestamptz,
  -- Signed in through an identity provider (城运平台): issuer and subject, no password of ours.
  add column issuer text,
  add column subject text,
  alter column password_hash drop not null;
create unique index account_subject on account (issuer, subject) where issuer is not null;
create index account_place on account (place, id);
create index account_scenario on account (scenario, id);

-- Names travel with orders and log lines into scopes that do not hold the account itself.
create view account_name as select id, username, name from account;

-- A response team (班组): a role held together; whoever takes an order first owns it.
create table team (
  id int generated always as identity primary key,
  code text collate "C" not null unique,
  name text not null,
  platform_id int not null references platform,
  place int not null,
  scenario int2,
  unit text,
  phone_sealed text,
  phone_masked text,
  note text,
  disbanded_at timestamptz,
  created_at timestamptz not null default now()
);
create index team_platform on team (platform_id, id);

create table team_member (
  team_id int not null references team,
  account_id int not null references account,
  is_leader boolean not null default false,
  primary key (team_id, account_id)
);
create index team_member_account on team_member (account_id);

-- An assignment is a person's or a team's. `source` tells those that an identity provider gives and takes away.
alter table role_assignment
  alter column account_id drop not null,
  add column team_id int references team,
  add column place int,
  add column scenario int2,
  add column source text collate "C" not null default 'local' check (source in ('local','oidc')),
  add column granted_by text,
  add check ((account_id is null) <> (team_id is null));
create unique index role_assignment_of_team on role_assignment (team_id, role, platform_id) where team_id is not null;
create index role_assignment_platform on role_assignment (platform_id, role);
update role_assignment r set place = p.place, scenario = p.scenario from platform p where p.id = r.platform_id;
update account a set platform_id = p.id, place = p.place, scenario = p.scenario
from platform p where p.id = (select platform_id from role_assignment r where r.account_id = a.id order by r.id limit 1);

-- Acting for somebody (代理：AB 角、请假): a start, an end and a trace in every row of the audit it causes.
create table delegation (
  id int generated always as identity primary key,
  principal_id int not null references account,
  deputy_id int not null references account,
  place int,
  scenario int2,
  from_at timestamptz not null,
  to_at timestamptz not null,
  reason text not null,
  arranged_by text not null,
  arranged_at timestamptz not null,
  ended_at timestamptz,
  ended_by text,
  check (to_at > from_at),
  check (principal_id <> deputy_id)
);
create index delegation_deputy on delegation (deputy_id, to_at);
create index delegation_principal on delegation (principal_id, to_at);

-- A device stands where its first point stands and is seen by whoever sees one of its points' scenarios.
alter table device add column place int, add column scenarios int2[] not null default '{}';
update device d set place = (select p.place from point p where p.device_id = d.id order by p.id limit 1),
  scenarios = coalesce((select array_agg(distinct s) from point p, unnest(p.scenarios) s where p.device_id = d.id), '{}');

-- The trace of acting for somebody, and where it happened, for the audit's search.
alter table audit add column acting_for text, add column place int, add column scenario int2;

-- The condition every scoped table shares: plain comparisons, never a subselect (ltree and subselects were 100 times slower
-- at a million rows). `scenario` is one number or an array of them.
create function scope_condition(of_scenario text) returns text language sql immutable as $$
  select 'place between current_setting(''puan.a0'')::int and current_setting(''puan.a1'')::int
    or place between current_setting(''puan.b0'')::int and current_setting(''puan.b1'')::int
    or place between current_setting(''puan.c0'')::int and current_setting(''puan.c1'')::int
    or place between current_setting(''puan.d0'')::int and current_setting(''puan.d1'')::int
    or ' || case of_scenario
      when 'scenarios' then 'scenarios && current_setting(''puan.scenarios'')::int2[]'
      when 'scenario' then 'scenario = any(current_setting(''puan.scenarios'')::int2[])'
    end
$$;

-- Puts a table under the scope; for the migrations that follow, too.
create function scope_table(t text, of_scenario text) returns void language plpgsql as $$
begin
  execute format('alter table %I enable row level security', t);
  execute format('drop policy if exists scope on %I', t);
  execute format('create policy scope on %I to puan_app using (%s)', t, scope_condition(of_scenario));
end $$;
revoke execute on function scope_table(text, text), scope_condition(text) from public;

do $$
declare t text;
begin
  foreach t in array array['alarm','warning','warning_change','work_order','work_order_step','work_order_entry','attachment',
    'deadline','reminder','account','team','role_assignment','delegation'] loop
    perform scope_table(t, 'scenario');
  end loop;
  foreach t in array array['monitored_object','point','device'] loop
    perform scope_table(t, 'scenarios');
  end loop;
end $$;

-- The tree: offices and towns are public to whoever is signed in; a village is seen by those inside and above it, and by
-- everybody who works in a scenario, since objects of scenarios stand in every village.
alter table platform enable row level security;
create policy scope on platform to puan_app using (
  kind <> 'village'
  or current_setting('puan.scenarios') <> '{}'
  or place <= current_setting('puan.a1')::int and place_to >= current_setting('puan.a0')::int
  or place <= current_setting('puan.b1')::int and place_to >= current_setting('puan.b0')::int
  or place <= current_setting('puan.c1')::int and place_to >= current_setting('puan.c0')::int
  or place <= current_setting('puan.d1')::int and place_to >= current_setting('puan.d0')::int
);

-- One's own delegations and assignments are one's own, wherever they lie.
create policy own on delegation for select to puan_app using (
  current_setting('puan.account')::int in (principal_id, deputy_id)
);
create policy own on role_assignment for select to puan_app using (account_id = current_setting('puan.account')::int);
create policy own on account for select to puan_app using (id = current_setting('puan.account')::int);

-- Sessions and tokens: one's own, and those of accounts in the scope.
alter table session enable row level security;
create policy own on session to puan_app using (
  account_id = current_setting('puan.account')::int or exists (select from account a where a.id = account_id)
);
alter table token enable row level security;
create policy own on token to puan_app using (
  account_id = current_setting('puan.account')::int or exists (select from account a where a.id = account_id)
);
alter table team_member enable row level security;
create policy of_team on team_member to puan_app using (
  account_id = current_setting('puan.account')::int or exists (select from team t where t.id = team_id)
);

-- What evidence hangs on is seen through its warning.
alter table warning_evidence enable row level security;
create policy of_warning on warning_evidence to puan_app using (exists (select from warning w where w.id = warning_id));

-- A published standard is law for all; only the owner writes it.
do $$
declare t text;
begin
  foreach t in array array['standard_version','element','warning_item','sign','handbook_entry','reading_count'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy published on %I for select to puan_app using (true)', t);
  end loop;
end $$;

-- Events reach people through the stream, which filters by the same rights; nobody reads them from the table.
alter table outbox enable row level security;
create policy announce on outbox for insert to puan_app with check (true);
alter table event enable row level security;

alter table audit enable row level security;
create policy write on audit for insert to puan_app with check (true);
create policy read on audit for select to puan_app using (current_setting('puan.capability') like 'audit.%');

revoke select on account from puan_app;
grant select (id, username, name, platform_id, place, scenario, unit, title, phone_sealed, phone_masked, kind, expires_at,
  left_at, disabled_at, created_at, last_sign_in_at, locked_until, password_from_bootstrap, issuer) on account to puan_app;
grant select on account_name to puan_app;
grant select, insert, update on team, delegation, role_assignment to puan_app;
grant select, insert, update, delete on team_member to puan_app;
grant select on audit to puan_app;
