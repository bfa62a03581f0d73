-- 时间机: what stood in the tables of the watch at any moment since now, as it was written down by then (decision 0030).
-- written_at: since when the row stands as it does; what it said before lies in <table>_past, from written_at until `until`.
alter table warning add column written_at timestamptz not null default clock_timestamp();
alter table work_order add column written_at timestamptz not null default clock_timestamp();
alter table deadline add column written_at timestamptz not null default clock_timestamp();
-- `at` of a change is the moment of the readings; somebody who looks asks what came since, however late it told itself.
alter table warning_change add column written_at timestamptz not null default clock_timestamp();
create index warning_change_written on warning_change (written_at);
create index work_order_entry_overdue on work_order_entry (at) where kind = 'overdue';

-- Since when there is a past to be shown.
create table time_machine (id int primary key default 1 check (id = 1), begins_at timestamptz not null);
insert into time_machine (begins_at) values (clock_timestamp());
grant select on time_machine to puan_app;

-- No foreign keys: rows are written in the transaction of the change, and what they are of is never deleted.
create table warning_past (
  id bigint not null,
  place int not null,
  scenario int2 not null,
  written_at timestamptz not null,
  until timestamptz not null,
  state text collate "C" not null,
  level int2 not null,
  peak_level int2 not null,
  reason text not null,
  changed_at timestamptz not null,
  normal_at timestamptz,
  closed_at timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by text
);
create table work_order_past (
  id bigint not null,
  place int not null,
  scenario int2 not null,
  written_at timestamptz not null,
  until timestamptz not null,
  level int2 not null,
  loop text collate "C" not null,
  state text collate "C" not null,
  unit text not null,
  handler_id int,
  limits jsonb not null,
  verdict text collate "C",
  cleared_at timestamptz,
  closed_at timestamptz,
  overdue boolean not null
);
create table deadline_past (
  work_order_id bigint not null,
  kind text collate "C" not null,
  place int not null,
  scenario int2 not null,
  written_at timestamptz not null,
  until timestamptz not null,
  started_at timestamptz not null,
  due_at timestamptz not null,
  met_at timestamptz,
  stopped_at timestamptz,
  overdue_at timestamptz
);
-- One moment is looked for among many stretches.
create index warning_past_when on warning_past using gist (tstzrange(least(written_at, until), until));
create index warning_past_of on warning_past (id);
create index work_order_past_when on work_order_past using gist (tstzrange(least(written_at, until), until));
create index work_order_past_of on work_order_past (id);
create index deadline_past_of on deadline_past (work_order_id);

do $$
declare t text;
begin
  foreach t in array array['warning_past', 'work_order_past', 'deadline_past'] loop
    perform scope_table(t, 'scenario');
    execute format('grant select on %I to puan_app', t);
  end loop;
end $$;

-- Two writes of one row have an order, also where the machine's clock is set back in between.
create function note_written() returns trigger language plpgsql as $$
begin
  new.written_at := greatest(clock_timestamp(), old.written_at + interval '1 microsecond');
  return new;
end $$;

-- The owner writes the past, nobody else may: one statement for all rows of the change.
create function keep_warning_past() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  insert into warning_past (id, place, scenario, written_at, until, state, level, peak_level, reason, changed_at, normal_at,
    closed_at, acknowledged_at, acknowledged_by)
  select b.id, b.place, b.scenario, b.written_at, a.written_at, b.state, b.level, b.peak_level, b.reason, b.changed_at,
    b.normal_at, b.closed_at, b.acknowledged_at, b.acknowledged_by
  from was b join stands a on a.id = b.id where a.written_at <> b.written_at;
  return null;
end $$;
create function keep_work_order_past() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  insert into work_order_past (id, place, scenario, written_at, until, level, loop, state, unit, handler_id, limits, verdict,
    cleared_at, closed_at, overdue)
  select b.id, b.place, b.scenario, b.written_at, a.written_at, b.level, b.loop, b.state, b.unit, b.handler_id, b.limits,
    b.verdict, b.cleared_at, b.closed_at, b.overdue
  from was b join stands a on a.id = b.id where a.written_at <> b.written_at;
  return null;
end $$;
create function keep_deadline_past() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  insert into deadline_past (work_order_id, kind, place, scenario, written_at, until, started_at, due_at, met_at, stopped_at,
    overdue_at)
  select b.work_order_id, b.kind, b.place, b.scenario, b.written_at, a.written_at, b.started_at, b.due_at, b.met_at,
    b.stopped_at, b.overdue_at
  from was b join stands a on a.work_order_id = b.work_order_id and a.kind = b.kind where a.written_at <> b.written_at;
  return null;
end $$;

create trigger note_written before update on warning for each row
  when ((old.state, old.level, old.peak_level, old.reason, old.changed_at, old.normal_at, old.closed_at, old.acknowledged_at,
      old.acknowledged_by)
    is distinct from (new.state, new.level, new.peak_level, new.reason, new.changed_at, new.normal_at, new.closed_at,
      new.acknowledged_at, new.acknowledged_by))
  execute function note_written();
create trigger note_written before update on work_order for each row
  when ((old.level, old.loop, old.state, old.unit, old.handler_id, old.limits, old.verdict, old.cleared_at, old.closed_at,
      old.overdue)
    is distinct from (new.level, new.loop, new.state, new.unit, new.handler_id, new.limits, new.verdict, new.cleared_at,
      new.closed_at, new.overdue))
  execute function note_written();
-- A rung of the ladder is no change of the limit: only what it is and what became of it.
create trigger note_written before update on deadline for each row
  when ((old.started_at, old.due_at, old.met_at, old.stopped_at, old.overdue_at)
    is distinct from (new.started_at, new.due_at, new.met_at, new.stopped_at, new.overdue_at))
  execute function note_written();

create trigger keep_past after update on warning
  referencing old table as was new table as stands for each statement execute function keep_warning_past();
create trigger keep_past after update on work_order
  referencing old table as was new table as stands for each statement execute function keep_work_order_past();
create trigger keep_past after update on deadline
  referencing old table as was new table as stands for each statement execute function keep_deadline_past();

-- Where somebody left off (上次看过): a mark of each person at each seat, 0 for a desk without a seat.
create table desk_look (
  account_id int not null references account,
  seat_id int not null,
  looked_at timestamptz not null,
  primary key (account_id, seat_id)
);
alter table desk_look enable row level security;
create policy own on desk_look to puan_app using (account_id = current_setting('puan.account')::int);
grant select, insert, update on desk_look to puan_app;
