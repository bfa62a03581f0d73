-- Cards, bulk actions and the load guard of duty desks (decision 0033).

-- Late orders of open warnings are few and counted on every card.
create index work_order_late on work_order (warning_id) where overdue and state <> 'closed';

-- A note that is sent twice is one note.
alter table warning_change add column idempotency_key text collate "C";
create unique index warning_change_once on warning_change (warning_id, idempotency_key) where idempotency_key is not null;

-- What came in the last ten minutes, by the clock of this system and not by that of a device.
create index warning_arrived on warning (recorded_at) where replay_session_id is null;

-- Flood mode (洪峰模式) of a duty desk: began above the limit, ended below the lower one. The desk is its platform's.
create table seat_flood (
  id bigint generated always as identity primary key,
  platform_id int not null references platform,
  place int not null,
  scenario int2,
  began_at timestamptz not null,
  ended_at timestamptz,
  -- Most warnings in ten minutes so far.
  peak int not null
);
create unique index seat_flood_one on seat_flood (platform_id) where ended_at is null;
create index seat_flood_newest on seat_flood (platform_id, began_at desc);

-- What a desk was asked to bear, per hour of the clock: for the figures of alarm performance.
create table seat_load (
  platform_id int not null references platform,
  place int not null,
  scenario int2,
  hour timestamptz not null,
  -- Warnings that came, and what of them stood before the people: one line each, in a flood one a card.
  warnings int not null,
  shown int not null,
  -- Most in any ten minutes that ended in the hour.
  peak int not null,
  flood boolean not null,
  primary key (platform_id, hour)
);
create index seat_load_hour on seat_load (hour);

select scope_table('seat_flood', 'scenario'), scope_table('seat_load', 'scenario');
grant select on seat_flood, seat_load to puan_app;
