-- Where others are sent what they may have, as it happens. The secret that signs is sealed with the vault's key.
create table webhook (
  id int generated always as identity primary key,
  name text not null,
  platform_id int not null references platform,
  url text not null,
  secret_sealed text not null,
  -- Readings of this grant, where one is named; warnings within the platform, where wanted.
  grant_id int references shared_grant,
  warnings boolean not null,
  -- Readings received up to here are queued.
  queued_to timestamptz not null,
  created_by text not null,
  created_at timestamptz not null,
  removed_at timestamptz,
  -- Of its platform.
  place int not null,
  scenarios int2[] not null default '{}'
);

-- What is on its way. Of one webhook the oldest that waits goes first, and none passes it.
create table webhook_delivery (
  id bigint generated always as identity primary key,
  webhook_id int not null references webhook,
  -- Told to the receiver, which knows by it what it has had already.
  message_id text collate "C" not null,
  kind text collate "C" not null check (kind in ('readings','warning')),
  body text not null,
  readings int not null,
  created_at timestamptz not null,
  state text collate "C" not null default 'waiting' check (state in ('waiting','delivered','dead')),
  attempts int not null default 0,
  next_at timestamptz not null,
  tried_at timestamptz,
  -- What came of the last attempt.
  failure text,
  place int not null,
  scenarios int2[] not null default '{}',
  unique (webhook_id, message_id)
);
create index webhook_delivery_waiting on webhook_delivery (webhook_id, id) where state = 'waiting';
create index webhook_delivery_of on webhook_delivery (webhook_id, id desc);

select scope_table('webhook', 'scenarios'), scope_table('webhook_delivery', 'scenarios');
grant select, insert, update on webhook, webhook_delivery to puan_app;
