-- 指挥体系: calendars, rosters and shifts, swaps, hand-overs, the duty log, contacts and stores. A row's place and scenario
-- are its platform's: an office's own numbers, seen by its people and by the district.

-- Holidays and make-up working days (节假日与调休) of a year, as announced; a year without a row is not announced.
create table calendar_year (
  calendar_id text collate "C" not null,
  year int not null,
  source text not null,
  edited_by text,
  edited_at timestamptz,
  version int not null default 1,
  primary key (calendar_id, year)
);
create table calendar_day (
  calendar_id text collate "C" not null,
  day date not null,
  kind text collate "C" not null check (kind in ('holiday','workday')),
  name text not null,
  primary key (calendar_id, day)
);

-- Public numbers and posts (通讯录). phone_public: a hotline that may be shown as it is.
create table contact (
  id int generated always as identity primary key,
  platform_id int not null references platform,
  place int not null,
  scenario int2,
  name text not null,
  unit text,
  title text,
  phone_sealed text,
  phone_masked text,
  phone_public boolean not null default false,
  tags text[] not null default '{}',
  team_id int references team,
  note text,
  simulated boolean not null default false,
  retired_at timestamptz,
  version int not null default 1
);
create index contact_platform on contact (platform_id, id);
create index contact_place on contact (place, id);
create index contact_scenario on contact (scenario, id);

create table emergency_store (
  id int generated always as identity primary key,
  platform_id int not null references platform,
  place int not null,
  scenario int2,
  name text not null,
  address text,
  lat float8 not null,
  lon float8 not null,
  keeper_id int references contact,
  -- [{name, quantity, unit}]
  items jsonb not null default '[]',
  checked_at timestamptz,
  note text,
  simulated boolean not null default false,
  retired_at timestamptz,
  version int not null default 1
);
create index emergency_store_platform on emergency_store (platform_id, id);

create table roster (
  id int generated always as identity primary key,
  platform_id int not null references platform,
  place int not null,
  scenario int2,
  name text not null,
  calendar_id text collate "C" not null,
  -- {workday: [{name, from, to}], holiday: [...] | null}
  pattern jsonb not null,
  handover_required boolean not null default true,
  retired_at timestamptz,
  created_at timestamptz not null,
  version int not null default 1
);
create unique index roster_name on roster (platform_id, name) where retired_at is null;
create index roster_place on roster (place, id);
create index roster_scenario on roster (scenario, id);

create table roster_seat (
  id int generated always as identity primary key,
  roster_id int not null references roster,
  place int not null,
  scenario int2,
  position int2 not null,
  name text not null,
  turn text collate "C" not null check (turn in ('shift','day','week')),
  own_holiday_rota boolean not null,
  retired_at timestamptz
);
create index roster_seat_of on roster_seat (roster_id, position);

-- The rotas of a seat. An account, or a contact who has none.
create table roster_member (
  seat_id int not null references roster_seat,
  place int not null,
  scenario int2,
  for_holidays boolean not null,
  position int2 not null,
  account_id int references account,
  contact_id int references contact,
  primary key (seat_id, for_holidays, position),
  check ((account_id is null) <> (contact_id is null))
);
create index roster_member_account on roster_member (account_id);

create table duty_shift (
  id bigint generated always as identity primary key,
  roster_id int not null references roster,
  seat_id int not null references roster_seat,
  place int not null,
  scenario int2,
  from_at timestamptz not null,
  to_at timestamptz not null,
  account_id int references account,
  contact_id int references contact,
  status text collate "C" not null check (status in ('planned','swapped','cancelled')),
  day_off boolean not null default false,
  version int not null default 1,
  check (to_at > from_at),
  check ((account_id is null) <> (contact_id is null)),
  -- One person per seat and instant, kept by the database. A range of one number stands for equality: no extension. A span the
  -- wrong way round is the check's to refuse.
  constraint duty_shift_one_at_a_time
    exclude using gist (int4range(seat_id, seat_id, '[]') with &&, tstzrange(least(from_at, to_at), to_at) with &&)
    where (status <> 'cancelled')
);
-- Shifts of a seat never overlap, so the newest one that has begun is the only one that can be on.
create index duty_shift_seat on duty_shift (seat_id, from_at) where status <> 'cancelled';
create index duty_shift_roster on duty_shift (roster_id, from_at, id);
create index duty_shift_account on duty_shift (account_id, from_at);
create index duty_shift_place on duty_shift (place, from_at, id);

create table shift_swap (
  id int generated always as identity primary key,
  roster_id int not null references roster,
  place int not null,
  scenario int2,
  shift_id bigint not null references duty_shift,
  with_shift_id bigint not null references duty_shift,
  requester_id int not null references account,
  other_id int not null references account,
  reason text not null,
  state text collate "C" not null check (state in ('requested','accepted','approved','refused','withdrawn')),
  requested_at timestamptz not null,
  accepted_at timestamptz,
  decided_at timestamptz,
  decided_by text,
  note text,
  check (requester_id <> other_id)
);
create index shift_swap_roster on shift_swap (roster_id, id desc);
-- A shift is in one swap at a time.
create unique index shift_swap_one on shift_swap (shift_id) where state in ('requested','accepted');

create index shift_swap_with on shift_swap (with_shift_id) where state in ('requested','accepted');

create table handover (
  id int generated always as identity primary key,
  platform_id int not null references platform,
  roster_id int not null references roster,
  seat_id int not null references roster_seat,
  shift_id bigint not null unique references duty_shift,
  place int not null,
  scenario int2,
  state text collate "C" not null check (state in ('draft','outgoing-signed','complete')),
  written_at timestamptz not null,
  -- Text, not jsonb: the hash is that of these very characters.
  document text not null,
  hash text collate "C" not null,
  outgoing_id int,
  outgoing_name text,
  outgoing_acting_for text,
  outgoing_at timestamptz,
  incoming_id int,
  incoming_name text,
  incoming_acting_for text,
  incoming_at timestamptz
);
create index handover_roster on handover (roster_id, id desc);
create index handover_seat on handover (seat_id, id desc);

create table handover_note (
  id int generated always as identity primary key,
  handover_id int not null references handover,
  place int not null,
  scenario int2,
  at timestamptz not null,
  by text not null,
  text text not null
);
create index handover_note_of on handover_note (handover_id, id);

-- What was signed stays as it was signed; also the owner does not change it.
create function keep_signed_handover() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then raise exception 'a hand-over is not deleted'; end if;
  if old.state <> 'draft' and (new.document, new.hash, new.shift_id, new.outgoing_id, new.outgoing_name, new.outgoing_at)
      is distinct from (old.document, old.hash, old.shift_id, old.outgoing_id, old.outgoing_name, old.outgoing_at) then
    raise exception 'a signed hand-over does not change';
  end if;
  if old.state = 'complete' and new is distinct from old then raise exception 'a complete hand-over does not change'; end if;
  return new;
end $$;
create trigger keep_signed before update or delete on handover for each row execute function keep_signed_handover();

-- 值班日志、电话记录. Lines are struck through, never removed.
create table duty_log (
  id bigint generated always as identity primary key,
  platform_id int not null references platform,
  place int not null,
  scenario int2,
  at timestamptz not null,
  kind text collate "C" not null check (kind in ('system','note','call')),
  text text not null,
  -- How many happenings the line stands for; more than one in a flood, up to the event counted last.
  count int not null default 1,
  last_seq bigint,
  -- Type of the event behind a line of the system.
  event_type text collate "C",
  by text,
  by_id int,
  warning_id bigint,
  work_order_id bigint,
  contact_id int references contact,
  outcome text collate "C" check (outcome in ('reached','no-answer','wrong')),
  for_handover boolean not null default false,
  -- The town's copy of what also stands in the scenario's log.
  copy boolean not null default false,
  idempotency_key text collate "C",
  struck_at timestamptz,
  struck_by text,
  struck_reason text,
  corrected_by_id bigint references duty_log,
  replay_session_id int,
  simulated boolean not null default false
);
create unique index duty_log_once on duty_log (platform_id, idempotency_key) where idempotency_key is not null;
create index duty_log_platform on duty_log (platform_id, at desc, id desc);
create index duty_log_place on duty_log (place, at desc, id desc);
create index duty_log_scenario on duty_log (scenario, at desc, id desc);
create index duty_log_warning on duty_log (warning_id) where warning_id is not null;
create index duty_log_work_order on duty_log (work_order_id) where work_order_id is not null;
create index duty_log_handover on duty_log (platform_id, at) where for_handover;

do $$
declare t text;
begin
  foreach t in array array['contact','emergency_store','roster','roster_seat','roster_member','duty_shift','shift_swap','handover',
    'handover_note','duty_log'] loop
    perform scope_table(t, 'scenario');
    execute format('grant select, insert, update on %I to puan_app', t);
  end loop;
end $$;
revoke update on handover_note from puan_app;
grant delete on roster_member to puan_app;

-- The calendar is one for all; only the district, whose stretch of territory begins with number 1, changes it.
alter table calendar_year enable row level security;
alter table calendar_day enable row level security;
do $$
declare t text;
begin
  foreach t in array array['calendar_year','calendar_day'] loop
    execute format('create policy read on %I for select to puan_app using (true)', t);
    execute format($p$create policy write on %I to puan_app using (
      current_setting('puan.capability') in ('roster.manage','setting.manage')
      and 1 between current_setting('puan.a0')::int and current_setting('puan.a1')::int)$p$, t);
    execute format('grant select, insert, update, delete on %I to puan_app', t);
  end loop;
end $$;

-- Whoever reads a roster reads who stands in it, also where the account itself belongs to another office; and who stands in for
-- them: of the rosters in the caller's scope, and of no others. Numbers are sealed; password and sign-in facts are not in it.
-- (Sorted, so that the index is gone through and not the table for those who stand nowhere.)
do $$ begin
  execute format($f$
    create function stands_duty(account int) returns boolean language sql stable security definer set search_path = public as $b$
      select exists (select from roster_member m where m.account_id = account and (%1$s))
        or (select s.id from duty_shift s where s.account_id = account and (%1$s) order by s.from_at limit 1) is not null
    $b$
  $f$, scope_condition('scenario'));
end $$;
create view duty_person as
  select a.id, a.username, a.name, a.unit, a.title, a.phone_masked, a.phone_sealed, a.disabled_at, a.left_at, a.expires_at
  from account a
  where stands_duty(a.id) or exists (select from delegation d where d.deputy_id = a.id and stands_duty(d.principal_id));
create view duty_deputy as
  select d.id, d.principal_id, d.deputy_id, d.from_at, least(d.to_at, coalesce(d.ended_at, d.to_at)) as to_at
  from delegation d where stands_duty(d.principal_id);
-- When people are on duty anywhere, so that nobody is planned twice; where is not told.
create view duty_busy as
  select seat_id, account_id, from_at, to_at from duty_shift where status <> 'cancelled' and account_id is not null;
grant select on duty_person, duty_deputy, duty_busy to puan_app;

-- Hotlines are everybody's.
create policy hotline on contact for select to puan_app using (phone_public);
