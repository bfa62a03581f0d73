-- Quality of readings one can see: figures of a day per point, what was found, and since when a value stands still.
alter table point_state add column same_since timestamptz;

-- Live readings of a point by the Beijing day they were observed on, so that what comes late counts where it belongs. Counts are
-- written with the flush mark: readings behind it are counted, those after it are counted by the next start.
create table point_day (
  day date not null,
  point_id int not null,
  received int not null default 0,
  suspect int not null default 0,
  -- Received within max(period, 60 s) of their observation (A5).
  in_time int not null default 0,
  last_at timestamptz,
  -- Minutes in which the point had a fresh value, of those in which it should have had one (A1); by the clock, while the server ran.
  online_minutes int not null default 0,
  required_minutes int not null default 0,
  -- Set when the day is over; until then it follows from the time that has passed. Null where the element has no period.
  expected int,
  primary key (day, point_id)
) with (fillfactor = 80);
create index point_day_point on point_day (point_id, day);

-- Readings of a day by their marks (bits of quality), only where there are any.
create table point_day_mark (
  day date not null,
  point_id int not null,
  mark int2 not null,
  count int not null,
  primary key (day, point_id, mark)
);
create table point_day_closed (id int primary key default 1 check (id = 1), day date not null);
-- As of `reading`: a use case finds the point first, under the point's policy.
grant select on point_day, point_day_mark to puan_app;

-- 数据异常: poor data at a point, a device or a whole line, once and until it is good again.
create table quality_finding (
  id int generated always as identity primary key,
  subject_kind text collate "C" not null check (subject_kind in ('point','device','line')),
  subject_id text collate "C" not null,
  reason text collate "C" not null,
  text text not null,
  point_ids int[] not null,
  place int not null,
  scenario int2 not null,
  since timestamptz not null,
  opened_at timestamptz not null,
  ended_at timestamptz
);
create unique index quality_finding_open on quality_finding (subject_kind, subject_id) where ended_at is null;
create index quality_finding_place on quality_finding (place, id desc);
create index quality_finding_scenario on quality_finding (scenario, id desc);
select scope_table('quality_finding', 'scenario');
grant select on quality_finding to puan_app;
