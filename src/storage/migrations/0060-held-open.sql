-- What is held back on purpose of all that is open. Asked only of warnings that something in force could hold: that is little, and what
-- stands in a flood is much (decision 0036).
create function held_open_warnings(at timestamptz)
returns table (warning_id bigint, state text, held_by text, who text, until timestamptz, reason text)
language sql stable security definer set search_path = public, pg_temp as $$
  select h.* from held_warnings(array(
    select w.id from shelf f join warning w on w.object_id = f.object_id and w.state = 'open' where f.state = 'running'
    union
    select w.id from suppression_rule r join warning w on w.item_code = r.item_code and w.state = 'open' and w.level <= r.level
    where r.state = 'in-force'
    union
    select w.id from serviced_sign s join point p on p.id = s.point_id
    join warning w on w.object_id = p.object_id and w.state = 'open'
    where s.from_at <= at and s.to_at > at
  ), at) h
$$;
revoke execute on function held_open_warnings(timestamptz) from public;
grant execute on function held_open_warnings(timestamptz) to puan_app;
