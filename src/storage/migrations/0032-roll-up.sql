-- Readings as people have corrected them: whoever may read a point's readings reads them as corrected, whichever of the point's
-- scenarios the correction was filed under. As of `reading`: a use case finds the point first, under the point's policy.
create function corrections_of(points int[], since timestamptz, until timestamptz)
  returns table (point int, "from" float8, "to" float8, kind text, scale float8, shift float8)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select c.point_id, extract(epoch from c.from_at)::float8 * 1000, extract(epoch from c.to_at)::float8 * 1000, c.kind, c.scale, c.shift
  from reading_correction c
  where c.point_id = any(points) and c.withdrawn_at is null and c.from_at < until and c.to_at >= since
  order by c.point_id, c.id desc
$$;
revoke execute on function corrections_of(int[], timestamptz, timestamptz) from public;
grant execute on function corrections_of(int[], timestamptz, timestamptz) to puan_app;

-- Roll-ups of packed readings by minute and by hour, so many stretches of a point together (bytes: src/storage/readings/roll-codec.ts;
-- decision 0020). A page tells what all packed live readings of its time come to, as people have corrected them. A page that is not
-- there, or is stale, tells nothing: those readings are summed up when somebody asks.
create table rolled_page (
  point_id int not null,
  -- Length of a stretch.
  seconds int2 not null check (seconds in (60, 3600)),
  -- The time the page is of, without the end.
  from_at timestamptz not null,
  to_at timestamptz not null check (to_at > from_at),
  -- Stretches that have readings.
  n int not null default 0,
  bytes bytea not null default '',
  -- Readings were packed into its time, or corrected in it, since it was made.
  stale boolean not null default true,
  -- Stays however few readings it sums up: their own time is over or about to be.
  kept boolean not null default false,
  primary key (point_id, seconds, from_at)
) with (fillfactor = 90);
alter table rolled_page alter column bytes set storage external;
alter table rolled_page set (toast_tuple_target = 8160);
create index rolled_page_stale on rolled_page (to_at) where stale;
create index rolled_page_end on rolled_page (seconds, to_at);
grant select on rolled_page to puan_app;

-- Readings observed before this moment are not kept one by one any more (保存期限); whatever still comes from then is not rolled up.
create table reading_horizon (
  id int primary key default 1 check (id = 1),
  kept_from timestamptz not null
);
insert into reading_horizon values (1, '-infinity');
grant select on reading_horizon to puan_app;

-- What is corrected, or no longer, is summed up anew; in the transaction of the correction, whoever makes it.
create function correction_unrolls() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  update rolled_page r set stale = true
  where r.point_id = new.point_id and r.from_at <= new.to_at and r.to_at > new.from_at and not r.stale
    and r.from_at >= (select kept_from from reading_horizon);
  return null;
end $$;
create trigger correction_unrolls after insert or update on reading_correction
  for each row execute function correction_unrolls();

-- What was packed before there were roll-ups is rolled up by and by.
insert into rolled_page (point_id, seconds, from_at, to_at)
select distinct c.point_id, t.seconds, b.from_at, b.from_at + t.page
from reading_chunk c
  cross join (values (60, interval '6 hours'), (3600, interval '7 days')) t(seconds, page)
  cross join lateral generate_series(date_bin(t.page, c.from_at, timestamptz '1970-01-01 00:00+08'), c.to_at, t.page) b(from_at)
where c.n >= 8 * greatest(1, extract(epoch from c.to_at - c.from_at) / t.seconds);
