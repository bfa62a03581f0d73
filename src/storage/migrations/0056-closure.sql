-- 销警、结案两道关 (decision 0042): what a photo says of itself, what was measured on site where the sensor lies, how good the records
-- of closed orders are.

alter table attachment
  -- When and where it was taken, by the camera's own record, else as the phone told. The kept picture is made anew from its pixels;
  -- sha256 is that of the file as it was handed in.
  add column taken_at timestamptz,
  add column lat float8,
  add column lon float8,
  add column accuracy float8,
  add column written_at timestamptz not null default now(),
  add check ((lat is null) = (lon is null));

-- Places of photos go as those of timelines do.
create index attachment_placed on attachment (written_at) where lat is not null;

alter table work_order
  -- How often it was sent back or reopened: none is 一次结案.
  add column sent_back int2 not null default 0,
  -- Who closed it: never the one who checks it afterwards.
  add column closed_by_id int references account,
  -- The order whose clearing note says nearly the same, as it was found when this one was cleared.
  add column note_like bigint references work_order;
create index work_order_cleared_of_unit on work_order (unit, cleared_at desc) where cleared_at is not null;
create index work_order_in_review on work_order (object_id, item_code) where state in ('cleared','reviewing');
-- The month's figures are read off this alone.
create index work_order_closed_at on work_order (closed_at, id) include (unit, sent_back, place, scenario)
  where state = 'closed' and merged_into is null and not waived and replay_session_id is null;

-- 传感器故障，现场已实测: said at clearing while signs still stood; a reviewer confirms it at closing. One that was sent back no longer holds.
create table order_measurement (
  work_order_id bigint primary key references work_order,
  place int not null,
  scenario int2 not null,
  value float8 not null,
  unit text not null,
  -- The signs that stood when it was said, in words.
  standing text[] not null,
  said_at timestamptz not null,
  said_by text not null,
  confirmed_at timestamptz,
  confirmed_by text,
  holds boolean not null default true
);
select scope_table('order_measurement', 'scenario');
grant select, insert, update on order_measurement to puan_app;

-- 抽查: a share of the month's closed orders of each unit, drawn by rule.
create table closure_sample (
  id bigint generated always as identity primary key,
  work_order_id bigint not null references work_order,
  place int not null,
  scenario int2 not null,
  unit text not null,
  -- First Beijing day of the month in which it was closed.
  month date not null,
  drawn_at timestamptz not null,
  -- Null while it waits.
  passed boolean,
  reason text,
  checked_at timestamptz,
  checked_by text,
  checked_by_id int references account,
  -- What followed of one that did not pass.
  remedy text collate "C" check (remedy in ('reopen','amend','notice')),
  check ((passed is null) = (checked_at is null)),
  check ((passed is false) = (remedy is not null))
);
create unique index closure_sample_once on closure_sample (work_order_id, month);
create index closure_sample_month on closure_sample (month desc, id desc);
create index closure_sample_waiting on closure_sample (month desc, id desc) where passed is null;
select scope_table('closure_sample', 'scenario');
grant select, insert, update on closure_sample to puan_app;
-- Which months have been drawn.
create table closure_draw (month date primary key, drawn_at timestamptz not null);

-- 更正: a closed record is never changed; what is put right stands beside it.
create table closure_amendment (
  id bigint generated always as identity primary key,
  work_order_id bigint not null references work_order,
  place int not null,
  scenario int2 not null,
  -- `note`, or `TYPE.field` of a result.
  field text collate "C" not null,
  was text not null,
  reads text not null,
  reason text not null,
  at timestamptz not null,
  by text not null,
  by_id int not null references account
);
create index closure_amendment_of on closure_amendment (work_order_id, id);
select scope_table('closure_amendment', 'scenario');
grant select, insert on closure_amendment to puan_app;

do $$
declare t text;
begin
  foreach t in array array['order_measurement','closure_sample','closure_amendment'] loop
    execute format($p$create policy self_test on %I as restrictive to puan_app
      using (place is distinct from -1 or current_setting('puan.a0')::int = -1)$p$, t);
  end loop;
end $$;
