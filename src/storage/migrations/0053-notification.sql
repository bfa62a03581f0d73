-- 通知: by which channels people are told, what, and what came of it.

-- 通道. It serves what lies in its platform's territory, of a scenario's platform what belongs to the scenario. A new one is dry:
-- nothing leaves the house until somebody says so.
create table channel (
  id int generated always as identity primary key,
  platform_id int not null references platform,
  place int not null,
  scenario int2,
  kind text collate "C" not null,
  name text not null,
  -- How it reaches its provider, but for what is secret; and that, as a JSON object sealed with the vault's key.
  settings jsonb not null default '{}',
  secret_sealed text,
  -- Whether people are known in it by their user name or by their phone number, unless they have told another account.
  address_by text collate "C" not null default 'username' check (address_by in ('username', 'phone')),
  rate_per_minute int not null check (rate_per_minute > 0),
  dry_run boolean not null default true,
  enabled boolean not null default true,
  -- How many were refused in a row; from a number on it is down, and probed.
  failures int not null default 0,
  down_since timestamptz,
  probe_at timestamptz,
  last_failure text,
  last_failure_at timestamptz,
  last_sent_at timestamptz,
  -- How many went out in the minute that began there.
  minute_from timestamptz not null default '-infinity',
  minute_used int not null default 0,
  created_by text not null,
  created_at timestamptz not null,
  removed_at timestamptz,
  version int not null default 1
);
create unique index channel_name on channel (platform_id, name) where removed_at is null;

-- One person (or one group) by one channel about one cause; several orders at once where somebody would be told of many.
create table notification (
  id bigint generated always as identity primary key,
  -- What is told once bears one key.
  key text collate "C" not null unique,
  cause text collate "C" not null,
  level int2,
  place int not null,
  scenario int2,
  work_order_id bigint,
  warning_id bigint,
  -- Of a gathered one: all orders (of a warning's cause: all warnings) it stands for.
  gathered bigint[],
  account_id int references account,
  contact_id int references contact,
  -- A platform_contact, which may be gone by the time something is sent.
  post_id int,
  -- In words: who, and as what (处置人员、值守).
  person text not null,
  post text not null,
  kind text collate "C" not null,
  channel_id int references channel,
  title text not null,
  text text not null,
  link text,
  asks_answer boolean not null default false,
  state text collate "C" not null check (state in ('queued','limited','sent','delivered','read','answered','failed','expired',
    'withdrawn','dry-run','withheld','unreachable')),
  -- Why it is held, failed, or went on by another way.
  reason text,
  attempts int not null default 0,
  next_at timestamptz,
  -- The one whose channel failed, and the kinds that were tried before this one.
  after_id bigint,
  tried text[] collate "C" not null default '{}',
  provider_id text collate "C",
  answer text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  sent_at timestamptz,
  delivered_at timestamptz,
  read_at timestamptz,
  answered_at timestamptz,
  replay_session_id int,
  simulated boolean not null default false
);
create index notification_due on notification (channel_id, next_at) where state in ('queued','limited');
create index notification_expiring on notification (expires_at) where state in ('queued','limited');
create index notification_order on notification (work_order_id, id) where work_order_id is not null;
create index notification_gathered on notification (scenario, created_at) where gathered is not null;
create index notification_person on notification (account_id, created_at desc, id desc);
create index notification_unread on notification (account_id, id desc) where kind = 'in-app' and read_at is null;
create index notification_place on notification (place, id desc);
create index notification_scenario on notification (scenario, id desc);
create index notification_provider on notification (channel_id, provider_id) where provider_id is not null;
create index notification_old on notification (created_at);

-- Words per cause and level (0: every level) that people have put in the place of the built-in ones.
create table notification_template (
  cause text collate "C" not null,
  level int2 not null,
  title text not null,
  text text not null,
  edited_by text not null,
  edited_at timestamptz not null,
  primary key (cause, level)
);

-- 免打扰时段 and addresses of a person, by their own hand. `HH:MM` Beijing time; addresses sealed, a JSON object by kind.
create table notification_preference (
  account_id int primary key references account,
  quiet_from text collate "C",
  quiet_to text collate "C",
  addresses_sealed text,
  address_kinds text[] collate "C" not null default '{}'
);

select scope_table('channel', 'scenario'), scope_table('notification', 'scenario');
grant select, insert, update on channel to puan_app;
grant select, insert on notification to puan_app;
grant update (state, read_at) on notification to puan_app;
-- A message is its receiver's, wherever it lies.
create policy own on notification to puan_app using (account_id = current_setting('puan.account')::int);
create policy self_test on notification as restrictive to puan_app
  using (place is distinct from -1 or current_setting('puan.a0')::int = -1);

alter table notification_template enable row level security;
create policy read on notification_template for select to puan_app using (true);
create policy write on notification_template to puan_app using (
  current_setting('puan.capability') = 'channel.manage'
  and 1 between current_setting('puan.a0')::int and current_setting('puan.a1')::int);
grant select, insert, update, delete on notification_template to puan_app;

alter table notification_preference enable row level security;
create policy own on notification_preference to puan_app using (account_id = current_setting('puan.account')::int);
grant select, insert, update on notification_preference to puan_app;
