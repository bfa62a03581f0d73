-- What retention goes by: the server's clock when a round last went on, and since when the rounds wait because it has leapt ahead.
create table retention_clock (
  id int primary key default 1 check (id = 1),
  looked_at timestamptz not null,
  leapt_at timestamptz
);
-- Where something has happened here before, the newest of it is what the first round is held against.
insert into retention_clock (looked_at) select coalesce(max(at), now()) from event;
grant select, update on retention_clock to puan_app;
