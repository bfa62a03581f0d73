-- Messages that speak of several matters know them, co-units that have answered are called no more; up to three pictures of a report,
-- a line beside the answers of a form, and readings of a drill's script told apart from those that were received.

alter table notification
  -- What it speaks of where that is several at once (reports that are owed, messages that were gathered); null for orders (`gathered`).
  add column matters bigint[];

create trigger withdraw_messages after update of answered_at, state on incident_part for each row
  when (old.answered_at is null and new.answered_at is not null or old.state = 'open' and new.state <> 'open')
  execute function withdraw_of_matter('incident-part.%', '参与单位已答复或免办');

create or replace function is_settled(of_cause text, matter bigint, for_answer boolean) returns boolean
language sql stable security definer set search_path = pg_catalog, public as $$
  select case split_part(of_cause, '.', 1)
    when 'work-order' then exists (select from work_order where id = matter
      and (state in ('cleared','reviewing','closed') or for_answer and not waits_for_taker(state)))
    when 'supervision' then exists (select from supervision where id = matter and state <> 'open')
    when 'incident-form' then exists (select from incident_form_due where id = matter and answered_at is not null)
    when 'incident-part' then exists (select from incident_part where id = matter and (answered_at is not null or state <> 'open'))
    when 'incident-report' then exists (select from report_duty where id = matter
      and (fulfilled_at is not null or stopped_at is not null))
    when 'verification' then exists (select from verification where id = matter and decision is not null)
    when 'incident' then exists (select from incident where id = matter and (state = 'closed'
      or of_cause = 'incident.handed-over' and taken_at is not null or of_cause = 'incident.asked' and asked_loop is null))
    else false end
$$;

-- Whether nothing of what a message speaks of waits any more. Of a report on one thing (合并报送) the first one tells that the desk is at
-- it: what else it owes there has its own limits, and calls again when it is late.
create function all_settled(of_cause text, of_matters bigint[]) returns boolean
language sql stable security definer set search_path = pg_catalog, public as $$
  select case when of_cause like 'incident-report.%' then not exists (
      select from report_duty where id = any(of_matters) group by matter_id
      having bool_and(fulfilled_at is null and stopped_at is null))
    else not exists (select from unnest(of_matters) matter where not is_settled(of_cause, matter, false)) end
$$;
revoke execute on function all_settled(text, bigint[]) from public;

-- How many of the orders that a message stands for somebody has taken, also those that whoever was told does not see (one's own messages
-- are read without any scope): a figure only.
create function orders_taken(of_orders bigint[]) returns int
language sql stable security definer set search_path = pg_catalog, public as $$
  select count(*)::int from work_order where id = any(of_orders) and not waits_for_taker(state)
$$;
revoke execute on function orders_taken(bigint[]) from public;
grant execute on function orders_taken(bigint[]) to puan_app;

-- What a report shows besides its first picture.
alter table suspected_event add column more_pictures text[] collate "C" not null default '{}';
create index suspected_event_more_pictures on suspected_event (id) where more_pictures <> '{}';
create or replace view seen_picture as
  select e.picture, greatest(e.last_at, e.received_at) as at,
    e.state = 'suspected' or exists (select from held_object h
      where h.object_id = e.object_id and e.last_at between h.since - interval '30 days' and h.until) as held
    from suspected_event e where e.picture is not null
  union all
  select p.picture, greatest(e.last_at, e.received_at), e.state = 'suspected' or exists (select from held_object h
      where h.object_id = e.object_id and e.last_at between h.since - interval '30 days' and h.until)
    from suspected_event e, unnest(e.more_pictures) p(picture) where e.more_pictures <> '{}'
  union all
  select n.picture, greatest(n.at, n.received_at), exists (select from point p join held_reading h on h.point_id = p.id
      where p.device_id = n.device_id and n.at between h.from_at and h.to_at)
    from device_note n where n.picture is not null;

-- 一句话说明 beside the answers.
alter table incident_form_due add column note text;

-- What a drill's script told is counted by itself: it was neither measured nor recorded.
alter table reading_count add column script boolean not null default false,
  drop constraint reading_count_pkey, add primary key (day, scenario, replay, script);
