-- What the signs of an object need to know of it (design pressure, warning stage …), by the parameter's code. A sign that lacks
-- one is switched off there.
alter table monitored_object add column parameters jsonb not null default '{}';

-- Signs say what they compare in a measure of their own. What was published says the same in the new words.
alter table sign disable trigger immutable;
update sign set body = body - 'over' - 'kind' || jsonb_build_object('measure', case
  when body->'over'->>'kind' = 'rolling-sum' then jsonb_build_object('kind', 'rolling', 'statistic', 'sum',
    'windowSeconds', body->'over'->'windowSeconds')
  else '{"kind": "value"}' end)
where body ? 'over';
alter table sign enable trigger immutable;

-- 对象参数 of the standards: what may be set for an object.
create table parameter (
  code text collate "C" primary key,
  standard_id int not null references standard_version,
  scenario int2 not null references scenario,
  name text not null,
  unit text not null,
  range_min float8 not null,
  range_max float8 not null,
  body jsonb not null
);
alter table parameter enable row level security;
create policy published on parameter for select to puan_app using (true);
grant select on parameter to puan_app;
