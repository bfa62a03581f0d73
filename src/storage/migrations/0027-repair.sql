-- A subject may be poor for more than one reason at once.
drop index quality_finding_open;
create unique index quality_finding_open on quality_finding (subject_kind, subject_id, reason) where ended_at is null;

-- 检修标定窗口: a device or a point is being serviced or calibrated; what comes then is no safety fact and is not expected. It ends by itself.
create table service_window (
  id int generated always as identity primary key,
  kind text collate "C" not null check (kind in ('maintenance','calibration')),
  device_id int references device,
  point_id int references point,
  place int not null,
  scenario int2 not null,
  from_at timestamptz not null,
  to_at timestamptz not null check (to_at > from_at and to_at <= from_at + interval '7 days'),
  reason text not null,
  made_by text not null,
  made_at timestamptz not null,
  ended_by text,
  version int not null default 1,
  check ((device_id is null) <> (point_id is null))
);
create index service_window_place on service_window (place, id desc);
create index service_window_scenario on service_window (scenario, id desc);
create index service_window_to on service_window (to_at);
select scope_table('service_window', 'scenario');
grant select, insert, update on service_window to puan_app;

-- 数据修正: a stretch of readings is declared bad, or is what was sent × scale + shift. The raw readings stay as they came.
create table reading_correction (
  id int generated always as identity primary key,
  point_id int not null references point,
  place int not null,
  scenario int2 not null,
  -- Both inside.
  from_at timestamptz not null,
  to_at timestamptz not null check (to_at >= from_at),
  kind text collate "C" not null check (kind in ('bad','correct')),
  scale float8 not null default 1,
  shift float8 not null default 0,
  reason text not null,
  made_by text not null,
  made_at timestamptz not null,
  withdrawn_by text,
  withdrawn_at timestamptz,
  version int not null default 1
);
create index reading_correction_point on reading_correction (point_id, from_at) where withdrawn_at is null;
create index reading_correction_place on reading_correction (place, id desc);
create index reading_correction_scenario on reading_correction (scenario, id desc);
select scope_table('reading_correction', 'scenario');
grant select, insert, update on reading_correction to puan_app;

-- 人口: who lives and works in a town, as it was told; shown beside what is not watched there.
create table town_population (
  town text collate "C" primary key,
  residents int not null check (residents >= 0),
  workers int check (workers >= 0),
  source text not null,
  as_of date not null,
  told_by text not null,
  told_at timestamptz not null
);
-- Public figures, as the towns themselves.
grant select, insert, update on town_population to puan_app;
