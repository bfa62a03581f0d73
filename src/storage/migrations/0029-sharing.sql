-- The catalogue of shared data (共享目录): what a platform lets others have, who may, and who did.
create table shared_item (
  id int generated always as identity primary key,
  name text not null,
  -- Whose data: the points within this platform …
  platform_id int not null references platform,
  -- … of these elements (all, where none is named) …
  elements text[] not null default '{}',
  -- … standing in this territory (everywhere, where null).
  territory_id int references platform,
  note text,
  created_by text not null,
  created_at timestamptz not null,
  withdrawn_at timestamptz,
  -- Of its platform.
  place int not null,
  scenarios int2[] not null default '{}'
);

-- A unit may have it for a purpose and a time. It asks with its token, or is sent it by a webhook.
create table shared_grant (
  id int generated always as identity primary key,
  item_id int not null references shared_item,
  unit text not null,
  purpose text not null,
  token_id int references token,
  from_at timestamptz not null,
  to_at timestamptz not null,
  granted_by text not null,
  granted_at timestamptz not null,
  ended_at timestamptz,
  ended_by text,
  place int not null,
  scenarios int2[] not null default '{}',
  check (to_at > from_at)
);
create index shared_grant_item on shared_grant (item_id, id);

-- What was taken, by day in Beijing. Without a grant: by the owner's own people, from the catalogue.
create table shared_use (
  item_id int not null references shared_item,
  grant_id int references shared_grant,
  day date not null,
  requests bigint not null,
  readings bigint not null,
  place int not null,
  scenarios int2[] not null default '{}',
  unique nulls not distinct (item_id, grant_id, day)
);

select scope_table('shared_item', 'scenarios'), scope_table('shared_grant', 'scenarios'), scope_table('shared_use', 'scenarios');
grant select, insert, update on shared_item, shared_grant, shared_use to puan_app;
