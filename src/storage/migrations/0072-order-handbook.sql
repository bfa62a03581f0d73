-- The handbook entry that is frozen into orders is held once, by what it says, and not again in each: of an order's row it was more than
-- half, written anew with every step of the order.
create table order_handbook (
  id int generated always as identity primary key,
  digest bytea not null unique,
  entry jsonb not null
);
-- It says what a standard says, and nothing of an event.
alter table order_handbook enable row level security;
create policy published on order_handbook for select to puan_app using (true);
grant select on order_handbook to puan_app;

-- Gives the number under which an entry is held, writing it where it is new. Two that freeze the same at once get the same.
create function freeze_handbook(of_entry jsonb) returns int language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  of_digest constant bytea := sha256(convert_to(of_entry::text, 'UTF8'));
  found_id int;
begin
  select id into found_id from order_handbook where digest = of_digest;
  if found_id is null then
    insert into order_handbook (digest, entry) values (of_digest, of_entry) on conflict do nothing returning id into found_id;
  end if;
  if found_id is null then
    select id into strict found_id from order_handbook where digest = of_digest;
  end if;
  return found_id;
end $$;
revoke execute on function freeze_handbook(jsonb) from public;
grant execute on function freeze_handbook(jsonb) to puan_app;

alter table work_order add column handbook_id int;
-- What an order is has not changed: no past of it is kept, nobody is told.
alter table work_order disable trigger user;
insert into order_handbook (digest, entry)
select sha256(convert_to(handbook::text, 'UTF8')), handbook from (select distinct handbook from work_order) h;
update work_order o set handbook_id = h.id from order_handbook h where h.digest = sha256(convert_to(o.handbook::text, 'UTF8'));
alter table work_order enable trigger user;
-- Without a foreign key: written by the statement that has just frozen it, and never deleted (as 0069).
alter table work_order alter column handbook_id set not null, drop column handbook;

-- As in 0055, by the number of the handbook.
create or replace function open_incident_parts(of_incidents bigint[], asked timestamptz) returns table (incident_id bigint, unit text)
language sql security definer set search_path = pg_catalog, public as $$
  with orders as (
    select o.incident_id, o.place, o.scenario, o.handbook_id from work_order o join incident i on i.id = o.incident_id
    where o.incident_id = any(of_incidents) and i.loop = 'large' and i.state = 'open'
  ), named as (
    select distinct o.incident_id, u.unit from orders o join order_handbook h on h.id = o.handbook_id,
      jsonb_array_elements_text(h.entry->'coUnits') u(unit)
    union select o.incident_id, s.owner from orders o join scenario s on s.id = o.scenario
  ), units as (
    select distinct o.incident_id, t.id as platform_id, t.place, t.scenario, t.name as unit
    from orders o join platform t on t.kind = 'town' and o.place between t.place and t.place_to
    where exists (select from named n where n.incident_id = o.incident_id and n.unit like '事发地街镇%')
    union
    select n.incident_id, p.id, coalesce(p.place, 1), p.scenario, coalesce(p.department, n.unit)
    from named n left join lateral (
      select * from platform p where p.kind in ('industry', 'scenario', 'lingang') and n.unit like p.department || '%'
      order by p.kind = 'industry' desc, p.id limit 1
    ) p on true
    where n.unit not like '事发地街镇%' and n.unit not like '区应急管理局%' and (p.id is not null or n.unit like '区%')
  )
  insert into incident_part (incident_id, platform_id, place, scenario, unit, told, asked_at)
  select incident_id, platform_id, place, scenario, unit, '按指挥手册参与处置，报告到位情况和处置结果', asked from units
  on conflict do nothing returning incident_part.incident_id, incident_part.unit
$$;
