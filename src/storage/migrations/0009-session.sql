-- Who somebody is (等保三级 8.1.4.1 a–d): passwords that change, a second factor, sessions that end, devices that are bound to
-- a person, and tokens that reach no further than they need.

alter table account
  -- Somebody else set the password: the first thing its holder does is to change it.
  add column if not exists must_change_password boolean not null default false,
  -- Null: it is as old as the account.
  add column if not exists password_changed_at timestamptz,
  -- Set where one-time codes are asked for at sign-in.
  add column if not exists totp_enrolled_at timestamptz;
grant select (must_change_password, password_changed_at, totp_enrolled_at) on account to puan_app;
grant update (password_hash, password_from_bootstrap, must_change_password, password_changed_at, totp_enrolled_at)
  on account to puan_app;
-- One's own secrets are changed by oneself and for nobody else's sake.
create policy own_secrets on account for update to puan_app using (
  id = current_setting('puan.account')::int and current_setting('puan.capability') = 'self'
);

create table password_history (
  id bigint generated always as identity primary key,
  account_id int not null references account,
  password_hash text not null,
  replaced_at timestamptz not null
);
create index password_history_account on password_history (account_id, id desc);

-- The secret of the authenticator, sealed with the vault's key; a pending one counts once a code of it was shown.
create table second_factor (
  account_id int primary key references account,
  totp_sealed text,
  pending_sealed text,
  pending_until timestamptz,
  -- Newest time step whose code was used: no code is taken twice.
  last_step bigint not null default 0
);

create table recovery_code (
  account_id int not null references account,
  code_hash bytea not null,
  used_at timestamptz,
  primary key (account_id, code_hash)
);

-- A handler's phone: its secret in a cookie, and a PIN instead of codes in the rain.
create table bound_device (
  id int generated always as identity primary key,
  account_id int not null references account,
  name text not null,
  secret_hash bytea not null unique,
  pin_hash text not null,
  wrong_pins int not null default 0,
  client text not null,
  address text not null,
  bound_at timestamptz not null,
  last_used_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index bound_device_account on bound_device (account_id, id) where ended_at is null;

alter table session
  add column client text not null default '',
  add column opened_with text collate "C" not null default 'password'
    check (opened_with in ('password','code','recovery-code','pin','identity')),
  add column bound_device_id int references bound_device;
create index session_account on session (account_id, id);
create index session_bound_device on session (bound_device_id) where bound_device_id is not null;

-- Narrower than its issuer: one platform, or some scenarios.
alter table token
  add column platform_id int references platform,
  add column only_scenarios int2[],
  add column replaced_by int references token;
create index token_account on token (account_id, id);

do $$
declare t text;
begin
  foreach t in array array['password_history','second_factor','recovery_code','bound_device'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy own on %I to puan_app using (account_id = current_setting(''puan.account'')::int)', t);
  end loop;
end $$;
-- Requests write secrets and never read one back: what is compared with them is compared by the owner.
grant insert, delete on password_history, recovery_code, second_factor to puan_app;
grant select (id, account_id) on password_history to puan_app;
grant select (account_id, used_at) on recovery_code to puan_app;
grant select (account_id, pending_until), update on second_factor to puan_app;
grant select (id, account_id, name, secret_hash, wrong_pins, client, address, bound_at, last_used_at, expires_at, ended_at),
  insert, update on bound_device to puan_app;

-- Whoever changes a password or shuts an account, and from wherever: the sessions that hang on it end, and so do the bound
-- devices. `puan.session` names the one session that may go on, the one in which the change was made.
create function end_what_hangs_on_account() returns trigger language plpgsql security definer set search_path = public as $$
begin
  delete from session where account_id = new.id
    and id <> coalesce(nullif(current_setting('puan.session', true), '')::bigint, 0);
  update bound_device set ended_at = now() where account_id = new.id and ended_at is null;
  return null;
end $$;
create trigger end_what_hangs_on_account after update of password_hash, disabled_at on account for each row
  when (new.password_hash is distinct from old.password_hash or (new.disabled_at is not null and old.disabled_at is null))
  execute function end_what_hangs_on_account();
