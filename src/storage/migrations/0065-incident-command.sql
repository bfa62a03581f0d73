-- 督办 over an incident, and one report for all orders of an incident (decisions 0044, 0045).

alter table supervision add incident_id bigint references incident;
create index supervision_of_incident on supervision (incident_id, id) where incident_id is not null;

-- 合并报送: the matter of an incident covers those of its orders. What a covered one owes is owed by it.
alter table report_matter add incident_id bigint references incident,
  add covered_by bigint references report_matter,
  add covered_at timestamptz,
  add constraint of_one_thing check (work_order_id is null or incident_id is null),
  add constraint covered_since check ((covered_by is null) = (covered_at is null));
create unique index report_matter_of_incident on report_matter (incident_id) where incident_id is not null;
create index report_matter_covered on report_matter (covered_by) where covered_by is not null;

-- Since when the incident's report asks for it; it is stopped here, and comes back where the order leaves the incident unreported.
alter table report_duty add covered_at timestamptz;

-- What is done about a 督办 stands in its incident's timeline, also where who answers does not see the incident.
create function note_supervised_incident(of_supervision bigint, moment timestamptz, who text, what text, words text) returns void
language sql security definer set search_path = pg_catalog, public as $$
  insert into incident_entry (incident_id, at, by, kind, text)
  select incident_id, moment, who, what, words from supervision where id = of_supervision and incident_id is not null
$$;
revoke execute on function note_supervised_incident(bigint, timestamptz, text, text, text) from public;
grant execute on function note_supervised_incident(bigint, timestamptz, text, text, text) to puan_app;

-- How many orders' reports an incident's stands for, also those that the reader does not see: a figure only.
create function matters_covered(whole bigint) returns bigint
language sql stable security definer set search_path = pg_catalog, public as $$
  select count(*) from report_matter where covered_by = whole
$$;
revoke execute on function matters_covered(bigint) from public;
grant execute on function matters_covered(bigint) to puan_app;

-- How far an incident reaches, for the one report on it: figures and names of towns and scenarios only.
create function incident_extent(of_incident bigint, out orders bigint, out open_orders bigint, out red bigint, out orange bigint,
  out towns text[], out scenarios text[])
language sql stable security definer set search_path = pg_catalog, public as $$
  select count(*), count(*) filter (where o.state <> 'closed'), count(*) filter (where o.level = 4), count(*) filter (where o.level = 3),
    coalesce(array_agg(distinct t.name) filter (where t.name is not null), '{}'), coalesce(array_agg(distinct s.name), '{}')
  from work_order o join scenario s on s.id = o.scenario
  left join platform t on t.kind = 'town' and o.place between t.place and t.place_to
  where o.incident_id = of_incident
$$;
revoke execute on function incident_extent(bigint) from public;
grant execute on function incident_extent(bigint) to puan_app;
