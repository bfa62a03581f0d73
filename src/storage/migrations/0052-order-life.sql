-- 工单的一生: handed on (转单), suspended with the clock stopped (挂起), merged (并入), opened by hand, with parts for co-units
-- (decision 0038).
alter table work_order
  -- The state from which it went aside; set while it is transferred or suspended.
  add column stood_at text collate "C",
  -- To whom the holder hands it on; the holder stays accountable until somebody takes over.
  add column handed_to text,
  add column suspension_asked_by_id int references account,
  add column suspension_reason text,
  add column suspension_approved_by_id int references account,
  -- A suspension ends by itself.
  add column suspended_until timestamptz,
  -- The order that goes on for this one.
  add column merged_into bigint references work_order,
  -- Why it was none, of an order judged 误报.
  add column false_alarm text collate "C",
  -- What it was opened by: a warning, people (patrol, superior, hotline), or the order whose part it is.
  add column source text collate "C" not null default 'warning'
    check (source in ('warning','patrol','superior','hotline','part')),
  -- What people who opened it told, and why this unit.
  add column told text,
  add column unit_reason text,
  add column parent_id bigint references work_order,
  add column waived boolean not null default false,
  alter column warning_id drop not null,
  add check ((warning_id is not null) = (source = 'warning')),
  add check ((parent_id is not null) = (source = 'part')),
  add check ((stood_at is not null) = (state in ('transferred','suspended'))),
  -- A red order never stands still.
  add check (state <> 'suspended' or level < 4),
  add check (merged_into is null or (state = 'closed' and merged_into <> id));
create index work_order_merged on work_order (merged_into) where merged_into is not null;
create index work_order_parts on work_order (parent_id) where parent_id is not null;
create index work_order_suspended on work_order (suspended_until) where state = 'suspended';

-- 停表: since when a limit stands still, and when it did before, as [{from, to}, …] in epoch ms.
alter table deadline add column paused_at timestamptz, add column pauses jsonb,
  add check (paused_at is null or next_at is null);
alter table deadline_past add column paused_at timestamptz, add column pauses jsonb;

create or replace function keep_deadline_past() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  insert into deadline_past (work_order_id, kind, place, scenario, written_at, until, started_at, due_at, met_at, stopped_at,
    overdue_at, paused_at, pauses)
  select b.work_order_id, b.kind, b.place, b.scenario, b.written_at, a.written_at, b.started_at, b.due_at, b.met_at,
    b.stopped_at, b.overdue_at, b.paused_at, b.pauses
  from was b join stands a on a.work_order_id = b.work_order_id and a.kind = b.kind where a.written_at <> b.written_at;
  return null;
end $$;
drop trigger note_written on deadline;
create trigger note_written before update on deadline for each row
  when ((old.started_at, old.due_at, old.met_at, old.stopped_at, old.overdue_at, old.paused_at, old.pauses)
    is distinct from (new.started_at, new.due_at, new.met_at, new.stopped_at, new.overdue_at, new.paused_at, new.pauses))
  execute function note_written();

-- What a disposal type must produce (处置结果, D01–D13), field by field.
create table work_order_result (
  work_order_id bigint not null references work_order,
  place int not null,
  scenario int2 not null,
  disposal_type text collate "C" not null,
  field text collate "C" not null,
  value text not null,
  at timestamptz not null,
  by text not null,
  primary key (work_order_id, disposal_type, field)
);
select scope_table('work_order_result', 'scenario');
create policy self_test on work_order_result as restrictive to puan_app
  using (place is distinct from -1 or current_setting('puan.a0')::int = -1);
grant select, insert, update on work_order_result to puan_app;
