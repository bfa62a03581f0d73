-- 大数据分析: which model made a reading out of what. The reading itself stands where all readings stand.
create table analytics_result (
  id bigint generated always as identity primary key,
  -- Null where a token wrote it.
  source_id int references intake_source,
  place int,
  scenario int2,
  point_id int not null references point,
  model text not null,
  model_version text not null,
  confidence float8,
  -- What it was made of: points with the stretch that was looked at (epoch ms).
  inputs jsonb not null,
  observed_at timestamptz not null,
  value float8 not null,
  received_at timestamptz not null,
  written_by text not null
);
-- Sent again it is the same result.
create unique index analytics_result_once on analytics_result (point_id, observed_at, model, model_version);
create index analytics_result_of on analytics_result (point_id, id);
create index analytics_result_place on analytics_result (place, id);
create index analytics_result_scenario on analytics_result (scenario, id);
select scope_table('analytics_result', 'scenario');
grant select on analytics_result to puan_app;
