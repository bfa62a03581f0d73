-- Sign-in through an identity provider (城运平台): which claims of a person lead to which role at which platform, who came
-- that way, and which of their sessions belongs to which session of the provider.

-- What the provider says of a person → a role here, or that nobody with this claim may come in (effect 'bar').
create table identity_mapping (
  id int generated always as identity primary key,
  -- Lower comes first; the first that grants gives the person's home platform.
  priority int not null default 100,
  enabled boolean not null default true,
  effect text collate "C" not null default 'grant' check (effect in ('grant','bar')),
  -- Name of a claim, or a path of names: realm_access.roles.
  claim text not null,
  value text not null,
  role text collate "C",
  -- The platform itself, or the claim that holds its code.
  platform_id int references platform,
  platform_claim text,
  note text,
  check (effect = 'grant' and role is not null and (platform_id is null) <> (platform_claim is null)
    or effect = 'bar' and role is null and platform_id is null and platform_claim is null)
);
alter table identity_mapping enable row level security;
-- One table for the whole district, whoever's territory: only who manages identities sees or changes it.
create policy of_managers on identity_mapping to puan_app
  using (current_setting('puan.capability') = 'identity.manage');
grant select, insert, update, delete on identity_mapping to puan_app;

-- Whoever the provider calls not enabled stays outside, before any other line is asked.
insert into identity_mapping (priority, effect, claim, value, note)
values (1, 'bar', 'enabled', 'false', '身份平台已停用的人员');

-- People who came through the provider. Nothing here is readable for requests.
create table identity_person (
  account_id int primary key references account,
  -- The last moment the provider vouched for the person.
  confirmed_at timestamptz not null,
  -- Equal to account.disabled_at where the provider, and not an administrator of ours, has shut the account.
  shut_at timestamptz
);
create index identity_person_confirmed on identity_person (confirmed_at) where shut_at is null;
alter table identity_person enable row level security;

-- The provider's session (sid) behind a session of ours, for back-channel logout.
create table identity_session (
  session_id bigint primary key references session on delete cascade,
  issuer text not null,
  sid text
);
create index identity_session_sid on identity_session (issuer, sid);
alter table identity_session enable row level security;

-- What may be used once: a state that came back, the number of a logout token.
create table identity_once (
  mark bytea primary key,
  expires_at timestamptz not null
);
create index identity_once_expires on identity_once (expires_at);
alter table identity_once enable row level security;
