-- Accounts: asked for and decided by different people, reviewed, flagged and ended by rule. puan_app writes the columns that
-- its use cases change and never reads a password's hash.

alter table account add column if not exists must_change_password boolean not null default false;
alter table account
  add column disabled_reason text,
  -- Switched on again: counts as use, or the nightly rule would switch it off at once.
  add column enabled_at timestamptz,
  -- The nightly rule has told of it that nobody uses it.
  add column stale_flagged_at timestamptz,
  -- Who has seen the temporary password; whoever it is may not also take the second factor away (see reset-second-factor.ts).
  add column password_set_by int references account,
  add column second_factor_reset_by int references account;
-- When its end was written down; rights follow valid_from and valid_to alone.
alter table role_assignment add column ended_at timestamptz;

-- 账号申请: open, change, close, or a new password for one of the separated administrators. One waits per user name.
create table account_request (
  id int generated always as identity primary key,
  -- Those of one bulk opening share it, and are decided together.
  batch_id int,
  action text collate "C" not null check (action in ('open','change','close','reset-password')),
  state text collate "C" not null default 'pending' check (state in ('pending','approved','refused','withdrawn')),
  username text collate "C" not null,
  name text not null,
  account_id int references account,
  platform_id int not null references platform,
  place int not null,
  scenario int2,
  -- What is wanted; never a phone number, which stands sealed beside it until the decision.
  wanted jsonb not null,
  phone_sealed text,
  phone_masked text,
  reason text not null,
  requested_by int not null references account,
  requested_for int references account,
  requested_at timestamptz not null,
  decided_by int references account,
  decided_for int references account,
  decided_at timestamptz,
  note text,
  check ((state = 'pending') = (decided_at is null)),
  -- Four eyes, whatever the code above it says.
  check (state not in ('approved','refused') or (decided_by <> requested_by and decided_by is distinct from requested_for
    and decided_for is distinct from requested_by and decided_by is distinct from (case when action <> 'open' then account_id end)))
);
create sequence account_batch as int;
create unique index account_request_waiting on account_request (username) where state = 'pending';
create index account_request_place on account_request (place, id);
create index account_request_scenario on account_request (scenario, id);
create index account_request_account on account_request (account_id, id);
create index account_request_batch on account_request (batch_id) where batch_id is not null;
select scope_table('account_request', 'scenario');
create policy own on account_request for select to puan_app using (requested_by = current_setting('puan.account')::int);

-- 定期复核: all accounts of a subtree, one verdict each.
create table account_review (
  id int generated always as identity primary key,
  platform_id int not null references platform,
  place int not null,
  scenario int2,
  opened_by text not null,
  opened_at timestamptz not null,
  due_at timestamptz not null,
  closed_at timestamptz
);
create unique index account_review_open on account_review (platform_id) where closed_at is null;
create index account_review_place on account_review (place, id);
create index account_review_scenario on account_review (scenario, id);
select scope_table('account_review', 'scenario');

create table account_review_item (
  review_id int not null references account_review,
  account_id int not null references account,
  place int,
  scenario int2,
  verdict text collate "C" check (verdict in ('confirmed','close')),
  note text,
  decided_by text,
  decided_at timestamptz,
  primary key (review_id, account_id)
);
create index account_review_item_account on account_review_item (account_id);
select scope_table('account_review_item', 'scenario');

grant select, insert on account_request to puan_app;
grant update (state, account_id, phone_sealed, decided_by, decided_for, decided_at, note) on account_request to puan_app;
grant usage on sequence account_batch to puan_app;
grant select, insert on account_review, account_review_item to puan_app;
grant update (closed_at) on account_review to puan_app;
grant update (verdict, note, decided_by, decided_at) on account_review_item to puan_app;

grant select (must_change_password, disabled_reason, enabled_at, stale_flagged_at, password_set_by, second_factor_reset_by)
  on account to puan_app;
grant insert (username, name, password_hash, password_from_bootstrap, must_change_password, password_set_by, created_at,
  platform_id, place, scenario, unit, title, phone_sealed, phone_masked, kind, expires_at) on account to puan_app;
grant update (name, unit, title, phone_sealed, phone_masked, expires_at, disabled_at, disabled_reason, enabled_at, left_at,
  failed_attempts, locked_until, stale_flagged_at) on account to puan_app;

-- A password that somebody else sets, for the use cases that have found the account in their scope: the old one joins the
-- history, and the sessions end (0009).
create function give_temporary_password(of_account int, hash text, by_account int, at timestamptz) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if current_setting('puan.capability') not in ('account.manage','account.approve') then
    raise exception 'a password is set for account.manage and account.approve only';
  end if;
  insert into password_history (account_id, password_hash, replaced_at)
    select id, password_hash, at from account where id = of_account and password_hash is not null;
  update account set password_hash = hash, password_from_bootstrap = false, must_change_password = true,
    password_changed_at = at, password_set_by = by_account, failed_attempts = 0, locked_until = null where id = of_account;
end $$;

-- Takes the authenticator and its recovery codes away; the next sign-in enrols anew.
create function take_second_factor(of_account int, by_account int) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if current_setting('puan.capability') <> 'account.manage' then
    raise exception 'a second factor is taken away for account.manage only';
  end if;
  delete from second_factor where account_id = of_account;
  delete from recovery_code where account_id = of_account;
  update account set totp_enrolled_at = null, second_factor_reset_by = by_account where id = of_account;
  delete from session where account_id = of_account;
  update bound_device set ended_at = now() where account_id = of_account and ended_at is null;
end $$;
revoke execute on function give_temporary_password(int, text, int, timestamptz), take_second_factor(int, int) from public;
grant execute on function give_temporary_password(int, text, int, timestamptz), take_second_factor(int, int) to puan_app;

-- An assignment and a delegation may be ended, never moved to somebody else.
revoke update on role_assignment, delegation from puan_app;
grant update (valid_from, valid_to, ended_at, granted_by) on role_assignment to puan_app;
grant update (ended_at, ended_by) on delegation to puan_app;
-- One names and ends one's own deputies, wherever one's account lies.
create policy own_opening on delegation for insert to puan_app
  with check (principal_id = current_setting('puan.account')::int);
create policy own_ending on delegation for update to puan_app
  using (current_setting('puan.account')::int in (principal_id, deputy_id));

-- The roles of people whom the caller has found already, wherever they lie: faults are judged on all of them.
create function assignments_of(accounts int[]) returns table (account_id int, role text, valid_from timestamptz,
  valid_to timestamptz, source text, team text, platform_id int, code text, name text, kind text, place int, place_to int,
  scenario int2, scenarios int2[]) language sql stable security definer set search_path = public, pg_temp as $$
  with held as (
    select r.account_id, r.role, r.valid_from, r.valid_to, r.source, null::text as team, r.platform_id
    from role_assignment r where r.account_id = any(accounts)
    union all
    select m.account_id, r.role, r.valid_from, r.valid_to, r.source, t.name, r.platform_id
    from team_member m join team t on t.id = m.team_id and t.disbanded_at is null join role_assignment r on r.team_id = t.id
    where m.account_id = any(accounts)
  )
  select h.account_id, h.role, h.valid_from, h.valid_to, h.source, h.team, p.id, p.code, p.name, p.kind, p.place, p.place_to,
    p.scenario, array(select c.scenario from platform c where c.scenario is not null
      and (c.id = p.id or c.parent_id = p.id and p.kind = 'industry') order by c.scenario)
  from held h join platform p on p.id = h.platform_id
$$;

-- Whether somebody named by user name can be a deputy or a member; nothing of the account but that.
create function person_standing(named text, at timestamptz) returns table (id int, username text, name text, is_person boolean,
  is_open boolean) language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, a.username, a.name, a.kind = 'person',
    a.disabled_at is null and (a.expires_at is null or a.expires_at > at)
  from account a where a.username = named
$$;

-- Which user names wait for a decision, wherever: a name is given once.
create function names_asked_for(names text[]) returns setof text language sql stable security definer
  set search_path = public, pg_temp as $$
  select username from account_request where state = 'pending' and username = any(names)
$$;

-- Every role somebody holds, alone, with a team or for somebody, with the span of it.
create function held_roles(of_account int) returns table (role text, span tstzrange, acted boolean) language sql stable
  security definer set search_path = public, pg_temp as $$
  with holder as (
    select of_account as id, tstzrange(null, null) as span, false as acted
    union all
    select d.principal_id, tstzrange(d.from_at, least(d.to_at, d.ended_at)), true from delegation d
    where d.deputy_id = of_account and (d.ended_at is null or d.ended_at > d.from_at)
  ), assigned as (
    select h.span, h.acted, r.role, r.valid_from, r.valid_to from holder h join role_assignment r on r.account_id = h.id
    union all
    select h.span, h.acted, r.role, r.valid_from, r.valid_to from holder h join team_member m on m.account_id = h.id
    join team t on t.id = m.team_id and t.disbanded_at is null join role_assignment r on r.team_id = m.team_id
  )
  select role, span * tstzrange(valid_from, valid_to), acted from assigned where valid_to is null or valid_to > valid_from
$$;

-- How many others can come in with a separated role, wherever they are. One at a time: two administrators must not switch each
-- other off at the same moment.
create function other_administrators(of_role text, but int, at timestamptz) returns int language plpgsql volatile
  security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(11, hashtext(of_role));
  return (select count(distinct a.id) from role_assignment r join account a on a.id = r.account_id
    where r.role = of_role and a.id <> but and a.disabled_at is null and (a.expires_at is null or a.expires_at > at)
      and r.valid_from <= at and (r.valid_to is null or r.valid_to > at));
end $$;

-- 三员分立 as the last line (等保三级 8.1.4.2 d): whatever writes, nobody holds a separated role beside another one at the same
-- moment. The lock keeps two transactions from giving one each.
create function check_separation(accounts int[]) returns void language plpgsql security definer
  set search_path = public, pg_temp as $$
declare one int;
begin
  for one in
    select a from unnest(accounts) a where a is not null
    union select d.deputy_id from delegation d where d.principal_id = any(accounts)
    order by 1
  loop
    perform pg_advisory_xact_lock(10, one);
    if exists (
      select from held_roles(one) x join held_roles(one) y
        on x.role in ('system-admin','security-admin','audit-admin') and y.role <> x.role and x.span && y.span
    ) then
      raise exception 'account % would hold a separated role beside another role', one
        using errcode = 'exclusion_violation', constraint = 'separated_roles';
    end if;
  end loop;
end $$;

create function keep_separation() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_table_name = 'delegation' then
    perform check_separation(array[new.deputy_id]);
  elsif tg_table_name = 'team_member' then
    perform check_separation(array[new.account_id]);
  elsif new.account_id is not null then
    perform check_separation(array[new.account_id]);
  else
    perform check_separation(array(select account_id from team_member where team_id = new.team_id));
  end if;
  return null;
end $$;
create trigger separated_roles after insert or update on role_assignment for each row execute function keep_separation();
create trigger separated_roles after insert or update on team_member for each row execute function keep_separation();
create trigger separated_roles after insert or update on delegation for each row execute function keep_separation();
revoke execute on function check_separation(int[]), held_roles(int), keep_separation(), assignments_of(int[]),
  person_standing(text, timestamptz), names_asked_for(text[]), other_administrators(text, int, timestamptz) from public;
grant execute on function assignments_of(int[]), person_standing(text, timestamptz), names_asked_for(text[]),
  held_roles(int), other_administrators(text, int, timestamptz) to puan_app;
