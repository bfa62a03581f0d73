-- 随手报: who reported, by account, so that what a phone sends again is the report there is, and whoever reported sees what became of it
-- wherever it lies by then.
alter table suspected_event add column reporter_id int;
create unique index suspected_event_reporter_once on suspected_event (reporter_id, event_key)
  where reporter_id is not null and event_key is not null;
create index suspected_event_reporter on suspected_event (reporter_id, id desc) where reporter_id is not null;
create policy own on suspected_event for select to puan_app
  using (reporter_id = nullif(current_setting('puan.account')::int, 0));

-- Whom those who work at a place (null: somewhere in the district) call: who stands now in the rosters of the platforms that hold it, and of its scenario's. Rosters of the
-- platforms above are not theirs to read; who is on duty is there to be called by them.
create function duty_above(moment timestamptz, here int, of_scenario int2) returns table (
  platform text, platform_name text, seat text, until timestamptz, person text, post text, subject text,
  phone_sealed text, phone_masked text, phone_public boolean)
language sql stable security definer set search_path = pg_catalog, public as $$
  select p.code, p.name, t.name, least(s.to_at, d.ends), coalesce(a.name, c.name),
    coalesce(concat_ws(' ', a.unit, a.title), concat_ws(' ', c.unit, c.title)),
    coalesce('account/' || a.username, 'contact/' || c.id), coalesce(a.phone_sealed, c.phone_sealed),
    coalesce(a.phone_masked, c.phone_masked), coalesce(c.phone_public, false)
  from platform p
  join roster r on r.platform_id = p.id and r.retired_at is null
  join roster_seat t on t.roster_id = r.id and t.retired_at is null
  join duty_shift s on s.seat_id = t.id and s.status <> 'cancelled' and s.from_at <= moment and s.to_at > moment
  left join lateral (
    select d.deputy_id, least(d.to_at, coalesce(d.ended_at, d.to_at)) as ends from delegation d
    where d.principal_id = s.account_id and d.from_at <= moment and least(d.to_at, coalesce(d.ended_at, d.to_at)) > moment
    order by d.from_at desc, d.id desc limit 1
  ) d on true
  left join account a on a.id = coalesce(d.deputy_id, s.account_id)
  left join contact c on c.id = s.contact_id
  where p.kind in ('district','lingang','town','zone','village') and coalesce(here, 1) between p.place and p.place_to
    or p.kind = 'scenario' and p.scenario = of_scenario
  order by p.kind = 'scenario', p.place_to - p.place, r.id, t.position limit 12
$$;
revoke execute on function duty_above(timestamptz, int, int2) from public;
grant execute on function duty_above(timestamptz, int, int2) to puan_app;

-- The public half of the keys by which browsers are called (RFC 8292), for whoever wants theirs to be: of the channel that serves most.
create function web_push_key(of_account int) returns text
language sql stable security definer set search_path = pg_catalog, public as $$
  select c.settings->>'publicKey' from account a, channel c join platform p on p.id = c.platform_id
  where a.id = of_account and c.kind = 'web-push' and c.enabled and c.removed_at is null
    and (a.place between p.place and p.place_to or c.scenario = a.scenario)
  order by p.place_to - p.place desc nulls last, c.id limit 1
$$;
revoke execute on function web_push_key(int) from public;
grant execute on function web_push_key(int) to puan_app;
