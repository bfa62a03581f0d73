-- What holds at a platform of a limit that may only be tightened on the way down: the strictest value from the root to it.
-- A subtree is one stretch of numbers, so those above are the stretches that hold it. As settings_above, it is read below
-- where it was set.
create function setting_limit(key text, platform int, otherwise int) returns int
  language sql stable security definer set search_path = pg_catalog, public as $$
  select coalesce(min((s.value #>> '{}')::int), setting_limit.otherwise)
  from platform_setting s join platform above on above.id = s.platform_id
  join platform here on here.place between above.place and above.place_to
  where s.key = setting_limit.key and here.id = setting_limit.platform
$$;

-- A setting on the way from the root to the platform of each scenario, for what is decided by scenario and not by place.
create function settings_of_scenarios(key text) returns table (scenario int2, value jsonb)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select here.scenario, s.value
  from platform_setting s join platform above on above.id = s.platform_id
  join platform here on here.kind = 'scenario' and here.place between above.place and above.place_to
  where s.key = settings_of_scenarios.key
  order by here.scenario, above.place, above.place_to desc
$$;

revoke execute on function setting_limit(text, int, int), settings_of_scenarios(text) from public;
grant execute on function setting_limit(text, int, int), settings_of_scenarios(text) to puan_app;

-- How long a session may rest unused: what held at its account's platform when it was opened.
alter table session add column idle_minutes int2 not null default 30;
