-- What readings are still leant on, whatever their time (保存期限): those of objects with an open warning or order, of what an open fault or
-- finding is about, and of cases that rehearsals are held against; with the four weeks before, which signs compare with.
create view held_reading as
  with held_object as (
    select object_id, opened_at as since, 'infinity'::timestamptz as until from warning
      where closed_at is null and replay_session_id is null
    union all select object_id, opened_at, 'infinity' from work_order where closed_at is null and replay_session_id is null
    union all select object_id, from_at, to_at from known_case where removed_at is null and object_id is not null
    union all select object_id, observed_at, 'infinity' from suspected_event where state = 'suspected' and object_id is not null
  ), held_point as (
    select p.id as point_id, o.since, o.until from held_object o join point p on p.object_id = o.object_id
    union all select p.id, f.opened_at, 'infinity' from fault f
      join point p on f.subject_kind = 'point' and p.code = f.subject where f.state <> 'closed'
    union all select p.id, f.opened_at, 'infinity' from fault f
      join device d on f.subject_kind = 'device' and d.protocol || '/' || d.code = f.subject
      join point p on p.device_id = d.id where f.state <> 'closed'
    union all select unnest(q.point_ids), q.since, 'infinity' from quality_finding q where q.ended_at is null
  )
  select point_id, since - interval '30 days' as from_at, until as to_at from held_point;

create index suspected_event_picture on suspected_event (picture) where picture is not null;
