create table work_order (
  id bigint generated always as identity primary key,
  code text collate "C" not null unique,
  warning_id bigint not null references warning,
  object_id int not null references monitored_object,
  item_code text collate "C" not null,
  place int not null,
  scenario int2 not null,
  level int2 not null,
  loop text collate "C" not null check (loop in ('small','medium','large')),
  state text collate "C" not null,
  unit text not null,
  handler_id int references account,
  -- Who cleared it last (the handler, or somebody on his behalf): never its reviewer.
  cleared_by_id int references account,
  -- The handbook entry as it stood when the order opened (or was upgraded): frozen, never re-read.
  handbook jsonb not null,
  -- The level's limits out of the class and the entry, frozen with them.
  limits jsonb not null,
  standard_version text not null,
  limit_class text collate "C" not null,
  verdict text collate "C",
  opened_at timestamptz not null,
  cleared_at timestamptz,
  closed_at timestamptz,
  overdue boolean not null default false,
  replay_session_id int,
  simulated boolean not null,
  version int not null default 1
);
create unique index work_order_of_warning on work_order (warning_id);
create index work_order_by_place on work_order (place, opened_at desc, id desc);
create index work_order_by_scenario on work_order (scenario, opened_at desc, id desc);
create index work_order_newest on work_order (opened_at desc, id desc);
create index work_order_open_newest on work_order (opened_at desc, id desc) where state <> 'closed';
create index work_order_handler on work_order (handler_id) where state <> 'closed';

create table work_order_step (
  work_order_id bigint not null references work_order,
  place int not null,
  scenario int2 not null,
  code text collate "C" not null,
  done_at timestamptz not null,
  done_by text not null,
  primary key (work_order_id, code)
);

-- work_order_entry and deadline have no foreign key to their order: they are written in its transaction, orders are never
-- deleted, and the check would be a seventh of the cost of a flood (140,000 rows for 20,000 orders).
create table work_order_entry (
  id bigint generated always as identity primary key,
  work_order_id bigint not null,
  place int not null,
  scenario int2 not null,
  at timestamptz not null,
  by text,
  kind text collate "C" not null,
  text text not null,
  note text,
  location jsonb,
  idempotency_key text collate "C"
);
create unique index work_order_entry_once on work_order_entry (work_order_id, idempotency_key)
  where idempotency_key is not null;
create index work_order_entry_of on work_order_entry (work_order_id, id);

create table attachment (
  id bigint generated always as identity primary key,
  work_order_id bigint not null references work_order,
  entry_id bigint references work_order_entry,
  place int not null,
  scenario int2 not null,
  name text not null,
  media_type text collate "C" not null,
  sha256 bytea not null,
  content bytea not null,
  at timestamptz not null,
  by text not null
);
create index attachment_of on attachment (work_order_id, id);
-- A photo that a phone sends again is the same photo.
create unique index attachment_once on attachment (work_order_id, sha256);

-- One row per limit of an order. next_at is the ladder's next moment; null when met or stopped.
create table deadline (
  work_order_id bigint not null,
  place int not null,
  scenario int2 not null,
  kind text collate "C" not null,
  started_at timestamptz not null,
  due_at timestamptz not null,
  met_at timestamptz,
  -- Set when the limit no longer applies though nobody kept it (remote work: nobody has to be on site).
  stopped_at timestamptz,
  overdue_at timestamptz,
  step int2 not null default 0,
  next_at timestamptz,
  replay_session_id int,
  primary key (work_order_id, kind)
);
create index deadline_due_live on deadline (next_at) where next_at is not null and replay_session_id is null;
create index deadline_due_replay on deadline (replay_session_id, next_at) where next_at is not null and replay_session_id is not null;

create table reminder (
  id bigint generated always as identity primary key,
  work_order_id bigint not null references work_order,
  place int not null,
  scenario int2 not null,
  at timestamptz not null,
  to_role text not null,
  channel text collate "C" not null,
  reason text not null
);
create index reminder_of on reminder (work_order_id, id);

do $$
declare t text;
begin
  foreach t in array array['work_order','work_order_step','work_order_entry','attachment','deadline','reminder'] loop
    execute format('alter table %I enable row level security', t);
    execute format($p$create policy scope on %I to puan_app using (
      place between current_setting('puan.a0')::int and current_setting('puan.a1')::int
      or place between current_setting('puan.b0')::int and current_setting('puan.b1')::int
      or scenario = any(current_setting('puan.scenarios')::int2[]))$p$, t);
    execute format('grant select, insert, update on %I to puan_app', t);
  end loop;
end $$;
