-- Composite signs look at objects that are linked: an underpass and its pump station, a pump station and what feeds it. A link has
-- no direction in judging; it is written from the one that leans on the other.
create table object_link (
  from_object int not null references monitored_object,
  to_object int not null references monitored_object check (to_object <> from_object),
  kind text collate "C" not null check (kind in ('drains','powers','gauges','contains','other')),
  primary key (from_object, to_object)
);
create index object_link_to on object_link (to_object);
alter table object_link enable row level security;
-- Whoever sees either end sees that they are linked; whoever manages the one it is written from may write it.
create policy of_object on object_link for select to puan_app using (
  exists (select from monitored_object o where o.id in (from_object, to_object))
);
create policy of_from on object_link for insert to puan_app with check (
  exists (select from monitored_object o where o.id = from_object)
);
create policy unlink on object_link for delete to puan_app using (
  exists (select from monitored_object o where o.id = from_object)
);
grant select, insert, delete on object_link to puan_app;

create index monitored_object_spot on monitored_object (lat, lon);

-- Within a district the Earth is flat: the error is below 0.1 %.
create function metres_between(lat1 float8, lon1 float8, lat2 float8, lon2 float8) returns float8 language sql immutable
as $$
  select 111195 * sqrt((lat2 - lat1) ^ 2 + ((lon2 - lon1) * cos(radians((lat1 + lat2) / 2))) ^ 2)
$$;

-- Which objects a composite sign at one object is shown (its `within`), and how far they are (m); never the object itself. Asks
-- about every object, for what is judged does not depend on who looks.
create function objects_within(of_object int, within jsonb) returns table (object int, distance float8)
language sql stable security definer set search_path = public, pg_temp as $$
  with here as (select * from monitored_object where id = of_object),
  reach as (
    select l.to_object as id from object_link l where (within->>'linked')::boolean and l.from_object = of_object
    union
    select l.from_object from object_link l where (within->>'linked')::boolean and l.to_object = of_object
    union
    select n.id from here h join monitored_object n on n.town = h.town
      where (within->>'sameTown')::boolean and not within ? 'radiusMeters'
    union
    select n.id from here h join monitored_object n
      on n.lat between h.lat - (within->>'radiusMeters')::float8 / 110000 and h.lat + (within->>'radiusMeters')::float8 / 110000
      and n.lon between h.lon - (within->>'radiusMeters')::float8 / (110000 * cos(radians(h.lat)))
        and h.lon + (within->>'radiusMeters')::float8 / (110000 * cos(radians(h.lat)))
      where within ? 'radiusMeters' and (n.town = h.town or not coalesce((within->>'sameTown')::boolean, false))
        and metres_between(h.lat, h.lon, n.lat, n.lon) <= (within->>'radiusMeters')::float8
    union
    select n.id from monitored_object n where not within ?| '{linked,sameTown,radiusMeters,sameObject}'
  )
  select n.id, metres_between(h.lat, h.lon, n.lat, n.lon)
  from reach r join monitored_object n on n.id = r.id cross join here h
  where n.id <> of_object and n.retired_at is null
$$;

-- Elements that have a point at an object or within reach of it: what could be told there at all.
create function elements_within(of_object int, within jsonb) returns text[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct p.element_code), '{}') from point p
  where p.object_id = of_object or p.object_id in (select object from objects_within(of_object, within))
$$;
revoke execute on function objects_within(int, jsonb), elements_within(int, jsonb) from public;
grant execute on function objects_within(int, jsonb), elements_within(int, jsonb) to puan_app;

-- One Chinese sentence with the facts that made a composite sign true; other signs tell it from their limits.
alter table alarm add column reason text;

-- 火险天气指数, a day a row, written in the transaction in which it was judged; the codes go on to the next day.
create table fire_weather_day (
  point_id int not null references point,
  -- Of Beijing; the index is that of noon.
  day date not null,
  temperature float8,
  relative_humidity float8,
  wind float8,
  rain float8,
  -- Elements without a usable value: such a day has no index, and the codes of the day before stand.
  missing text[] not null default '{}',
  ffmc float8 not null,
  dmc float8 not null,
  dc float8 not null,
  isi float8,
  bui float8,
  fwi float8,
  primary key (point_id, day)
);
alter table fire_weather_day enable row level security;
create policy of_point on fire_weather_day for select to puan_app using (
  exists (select from point p where p.id = point_id)
);
grant select on fire_weather_day to puan_app;
