-- 催办：limits that come again (续报), escalations that somebody acknowledges, a deputy who takes over, the daily list of what is
-- late (超期未结案) and orders to answer (督办); decision 0045.
alter table deadline
  -- Of a limit that comes again (续报): which turn this is, and how many before it were late.
  add column turn int2 not null default 1,
  add column missed int2 not null default 0,
  -- Since when the order is red, of a limit to accept that ran before: the voice call counts from here.
  add column red_at timestamptz,
  -- When the next rung is climbed early, unless somebody acknowledges the last one before; by whom and when that was.
  add column press_at timestamptz,
  add column acknowledged_at timestamptz,
  add column acknowledged_by_id int references account;
alter table deadline_past add column turn int2 not null default 1, add column missed int2 not null default 0,
  add column red_at timestamptz;

create or replace function keep_deadline_past() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  insert into deadline_past (work_order_id, kind, place, scenario, written_at, until, started_at, due_at, met_at, stopped_at,
    overdue_at, paused_at, pauses, turn, missed, red_at)
  select b.work_order_id, b.kind, b.place, b.scenario, b.written_at, a.written_at, b.started_at, b.due_at, b.met_at,
    b.stopped_at, b.overdue_at, b.paused_at, b.pauses, b.turn, b.missed, b.red_at
  from was b join stands a on a.work_order_id = b.work_order_id and a.kind = b.kind where a.written_at <> b.written_at;
  return null;
end $$;
drop trigger note_written on deadline;
create trigger note_written before update on deadline for each row
  when ((old.started_at, old.due_at, old.met_at, old.stopped_at, old.overdue_at, old.paused_at, old.pauses, old.turn, old.red_at)
    is distinct from (new.started_at, new.due_at, new.met_at, new.stopped_at, new.overdue_at, new.paused_at, new.pauses, new.turn,
      new.red_at))
  execute function note_written();

-- The deputy (替岗) to whom a red order went by rule, as it was told.
alter table work_order add column deputy text;

-- 超期未结案: what was late and open at the hour of the list, day by day. A line lies where its order lies.
create table overdue_list (
  day date primary key,
  written_at timestamptz not null
);
create table overdue_line (
  day date not null references overdue_list,
  work_order_id bigint not null,
  place int not null,
  scenario int2 not null,
  level int2 not null,
  -- Since when it is late, by which limits, and with whom it stood.
  overdue_since timestamptz not null,
  limits text[] not null,
  unit text not null,
  handler text,
  -- On how many lists it stands by now.
  days int2 not null,
  primary key (day, work_order_id)
);
create index overdue_line_newest on overdue_line (day, level desc, overdue_since, work_order_id);
create index overdue_line_of on overdue_line (work_order_id, day);
-- How many of them each platform has: what its list says at the head, and whom it concerns.
create table overdue_count (
  day date not null references overdue_list,
  platform_id int not null references platform,
  place int not null,
  scenario int2,
  orders int not null,
  red int not null,
  primary key (day, platform_id)
);

-- 督办: asked by an office of a unit, to be answered by a moment.
create table supervision (
  id bigint generated always as identity primary key,
  code text collate "C" not null unique,
  -- Who is asked; it lies where this office lies.
  platform_id int not null references platform,
  place int not null,
  scenario int2,
  issued_by_id int not null references account,
  issued_by text not null,
  asked text not null,
  issued_at timestamptz not null,
  answer_by timestamptz not null,
  state text collate "C" not null check (state in ('open','answered','closed')),
  answer text,
  answered_at timestamptz,
  answered_by_id int references account,
  answered_by text,
  -- Late is late, also when it is answered afterwards.
  overdue_at timestamptz,
  extended int2 not null default 0,
  closed_at timestamptz,
  closed_by text,
  -- Rungs of its ladder climbed, and when the next comes.
  step int2 not null default 0,
  next_at timestamptz,
  idempotency_key text collate "C" unique,
  version int not null default 1,
  check ((state = 'open') = (answered_at is null) or state = 'closed'),
  check (next_at is null or state = 'open')
);
create index supervision_newest on supervision (issued_at desc, id desc);
create index supervision_open on supervision (answer_by, id) where state <> 'closed';
create index supervision_due on supervision (next_at) where next_at is not null;

-- The orders it is about.
create table supervision_order (
  supervision_id bigint not null references supervision,
  work_order_id bigint not null references work_order,
  place int not null,
  scenario int2 not null,
  primary key (supervision_id, work_order_id)
);
create index supervision_order_of on supervision_order (work_order_id);

-- What was done to it, line by line.
create table supervision_entry (
  id bigint generated always as identity primary key,
  supervision_id bigint not null references supervision,
  place int not null,
  scenario int2,
  at timestamptz not null,
  by text,
  kind text collate "C" not null,
  text text not null
);
create index supervision_entry_of on supervision_entry (supervision_id, id);

alter table overdue_list enable row level security;
create policy everybody on overdue_list for select to puan_app using (true);
grant select on overdue_list to puan_app;
do $$
declare t text;
begin
  foreach t in array array['overdue_line','overdue_count','supervision','supervision_order','supervision_entry'] loop
    perform scope_table(t, 'scenario');
  end loop;
  foreach t in array array['overdue_line','overdue_count'] loop
    execute format('grant select on %I to puan_app', t);
  end loop;
  foreach t in array array['supervision','supervision_order','supervision_entry'] loop
    execute format('grant select, insert, update on %I to puan_app', t);
  end loop;
end $$;

-- Who would be called now about what lies here, by name: who holds the role there, their deputies (AB 角), or who is on watch at
-- a platform. Names travel to whoever sees the order, the accounts behind them do not; at most six.
create function people_called(moment timestamptz, here int, of_scenario int2, recipient jsonb) returns text[]
language sql stable security definer set search_path = pg_catalog, public as $$
  with assigned as (
    select r.account_id, r.team_id, p.place_to - p.place as width from role_assignment r join platform p on p.id = r.platform_id
    where recipient->>'kind' in ('role','deputy') and r.role = recipient->>'role'
      and r.valid_from <= moment and (r.valid_to is null or r.valid_to > moment)
      and (here between p.place and p.place_to
        or p.kind not in ('district','lingang','town','zone','village') and exists (select from platform c
          where c.scenario = of_scenario and (c.id = p.id or c.parent_id = p.id and p.kind = 'industry')))
  ), held as (
    select account_id, width from assigned where account_id is not null
    union select m.account_id, a.width from assigned a join team t on t.id = a.team_id and t.disbanded_at is null
      join team_member m on m.team_id = t.id
  ), called as (
    select account_id, width from held where recipient->>'kind' = 'role'
    union select d.deputy_id, h.width from held h join delegation d on d.principal_id = h.account_id
      where recipient->>'kind' = 'deputy' and d.from_at <= moment and d.to_at > moment and d.ended_at is null
    union select s.account_id, 0 from platform p join roster r on r.platform_id = p.id and r.retired_at is null
      join duty_shift s on s.roster_id = r.id
      where recipient->>'kind' = 'platform-duty' and p.code = recipient->>'platform' and s.status <> 'cancelled'
        and s.from_at <= moment and s.to_at > moment
  )
  select coalesce(array_agg(name order by width, name), '{}') from (
    select a.name, min(c.width) as width from called c join account a on a.id = c.account_id
    where a.disabled_at is null and a.left_at is null
    group by a.id, a.name order by 2, 1 limit 6
  ) named
$$;
revoke execute on function people_called(timestamptz, int, int2, jsonb) from public;
grant execute on function people_called(timestamptz, int, int2, jsonb) to puan_app;
