-- 通知 of everything that asks somebody to act (decision 0039): what a message waits for, receipts that come before their message is
-- written down as sent, and gathered messages that lie where what they name may be read.

alter table notification
  -- What its cause asks somebody to do something about (an order, a 督办, a 填报 …); null where nothing is asked, or of many at once.
  add column matter_id bigint;
create index notification_waiting on notification (matter_id) where matter_id is not null and state in ('queued','limited');

-- Orders that wait for somebody to take them.
create function waits_for_taker(state text) returns boolean language sql immutable as $$
  select state in ('raised','dispatched','transferred','reopened') $$;

-- What was asked has been done, or is not to be done any more: whatever still waits about it is withdrawn in the same transaction.
create function withdraw_waiting(of_causes text, matter bigint, only_answers boolean, why text) returns void
language sql security definer set search_path = pg_catalog, public as $$
  update notification set state = 'withdrawn', next_at = null, reason = why
  where matter_id = matter and state in ('queued','limited') and cause like of_causes and (asks_answer or not only_answers)
$$;
revoke execute on function withdraw_waiting(text, bigint, boolean, text) from public;

create function withdraw_of_order() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
declare done boolean := new.state in ('cleared','reviewing','closed');
begin
  perform withdraw_waiting('work-order.%', new.id, not done,
    case when done then '工单已处置' when new.state = 'rejected' then '工单已退单' else '工单已接单' end);
  return null;
end $$;
create trigger withdraw_messages after update of state on work_order for each row
  when (new.state <> old.state and not waits_for_taker(new.state)) execute function withdraw_of_order();

create function withdraw_of_matter() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  perform withdraw_waiting(tg_argv[0], new.id, false, tg_argv[1]);
  return null;
end $$;
create trigger withdraw_messages after update of state on supervision for each row
  when (old.state = 'open' and new.state <> 'open') execute function withdraw_of_matter('supervision.%', '督办已答复');
create trigger withdraw_messages after update of answered_at on incident_form_due for each row
  when (old.answered_at is null and new.answered_at is not null)
  execute function withdraw_of_matter('incident-form.%', '已填报');
create trigger withdraw_messages after update of fulfilled_at, stopped_at on report_duty for each row
  when (old.fulfilled_at is null and old.stopped_at is null and (new.fulfilled_at is not null or new.stopped_at is not null))
  execute function withdraw_of_matter('incident-report.%', '已报送或不再需要');
create trigger withdraw_messages after update of decision on verification for each row
  when (old.decision is null and new.decision is not null) execute function withdraw_of_matter('verification.%', '已核实');
create trigger withdraw_messages after update of taken_at, state on incident for each row
  when (old.taken_at is null and new.taken_at is not null or old.state = 'open' and new.state = 'closed')
  execute function withdraw_of_matter('incident.handed-over', '已签字接手或已结案');
create trigger withdraw_messages_asked after update of asked_loop on incident for each row
  when (old.asked_loop is not null and new.asked_loop is null)
  execute function withdraw_of_matter('incident.asked', '升级请求已处理');

-- Whether what a message asks has been done: looked at once more when it is taken for sending, since it may have been written while
-- somebody was doing it.
create function is_settled(of_cause text, matter bigint, for_answer boolean) returns boolean
language sql stable security definer set search_path = pg_catalog, public as $$
  select case split_part(of_cause, '.', 1)
    when 'work-order' then exists (select from work_order where id = matter
      and (state in ('cleared','reviewing','closed') or for_answer and not waits_for_taker(state)))
    when 'supervision' then exists (select from supervision where id = matter and state <> 'open')
    when 'incident-form' then exists (select from incident_form_due where id = matter and answered_at is not null)
    when 'incident-report' then exists (select from report_duty where id = matter
      and (fulfilled_at is not null or stopped_at is not null))
    when 'verification' then exists (select from verification where id = matter and decision is not null)
    when 'incident' then exists (select from incident where id = matter and (state = 'closed'
      or of_cause = 'incident.handed-over' and taken_at is not null or of_cause = 'incident.asked' and asked_loop is null))
    else false end
$$;
revoke execute on function is_settled(text, bigint, boolean) from public;

-- The smallest territory that holds both places: what names one of each lies there.
create function common_place(a int, b int) returns int language sql stable security definer set search_path = pg_catalog, public as $$
  select case when a = b then a else coalesce((
    select place from platform where kind in ('lingang','town','zone','village') and place <= least(a, b) and place_to >= greatest(a, b)
    order by place_to - place, id limit 1
  ), 1) end
$$;
revoke execute on function common_place(int, int) from public;

-- Messages that stand for an order among others, as far as anybody may know of them who sees this order alone: whom, by what, when.
create function gathered_elsewhere(of_order bigint, of_scenario int2, opened timestamptz) returns setof notification
language sql stable security definer set search_path = pg_catalog, public as $$
  select (jsonb_populate_record(n, '{"title":"合并通知","text":"与其他地方的工单一起通知","link":null,"reason":null,"answer":null}')).*
  from notification n where n.gathered is not null and n.scenario = of_scenario and n.cause like 'work-order.%'
    and n.created_at between opened - interval '1 hour' and opened + interval '30 days' and of_order = any(n.gathered)
$$;
revoke execute on function gathered_elsewhere(bigint, int2, timestamptz) from public;
grant execute on function gathered_elsewhere(bigint, int2, timestamptz) to puan_app;

-- What a provider tells of a message before its own answer to the sending is written down: kept until it is, for some minutes.
create table early_receipt (
  id bigint generated always as identity primary key,
  channel_id int not null references channel,
  provider_id text collate "C" not null,
  receipt jsonb not null,
  taken_at timestamptz not null
);
create index early_receipt_of on early_receipt (channel_id, provider_id);

-- Calls to the address for receipts that did not prove themselves.
alter table channel add column refused_receipts int not null default 0, add column refused_receipt_at timestamptz;

-- 我的通知: by which kinds a person does not want to be told of what is not red.
alter table notification_preference add column muted_kinds text[] collate "C" not null default '{}';

-- The channels that reach whoever asks, the nearest of each kind first; of each only what its people may know.
create function own_channels() returns table (id int, kind text, place int, scenario int2, down boolean, dry_run boolean)
language sql stable security definer set search_path = pg_catalog, public as $$
  with seats as (
    select p.place, p.scenario from role_assignment r join platform p on p.id = r.platform_id
    where r.account_id = current_setting('puan.account')::int or r.team_id in (
      select team_id from team_member where account_id = current_setting('puan.account')::int)
    union select p.place, p.scenario from account a join platform p on p.id = a.platform_id
    where a.id = current_setting('puan.account')::int
  )
  select distinct on (c.kind) c.id, c.kind, c.place, c.scenario, c.down_since is not null, c.dry_run
  from channel c join platform p on p.id = c.platform_id
  where c.enabled and c.removed_at is null and exists (select from seats s
    where c.scenario is null and s.place between p.place and p.place_to or c.scenario = s.scenario)
  order by c.kind, c.down_since is not null, c.scenario is null, p.place_to - p.place, c.id
$$;
revoke execute on function own_channels() from public;
grant execute on function own_channels() to puan_app;
