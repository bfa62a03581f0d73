-- What is still open, object by object, since when and until when: a warning until its order is closed, too; an event that waits for
-- somebody; a case that rehearsals are held against. What was only replayed rests on nothing that is kept.
create view held_object as
  select w.object_id, w.opened_at as since, 'infinity'::timestamptz as until
    from warning w left join work_order o on o.warning_id = w.id
    where w.replay_session_id is null and (w.closed_at is null or (o.id is not null and o.closed_at is null))
  union all select object_id, from_at, to_at from known_case where removed_at is null and object_id is not null
  union all select object_id, observed_at, 'infinity' from suspected_event where state = 'suspected' and object_id is not null;

-- What readings are still leant on, whatever their time (保存期限): those of such an object, and of what an open fault or finding is
-- about; with the four weeks before, which signs compare with.
create view held_reading as
  with held_point as (
    select p.id as point_id, o.since, o.until from held_object o join point p on p.object_id = o.object_id
    union all select p.id, f.opened_at, 'infinity' from fault f
      join point p on f.subject_kind = 'point' and p.code = f.subject where f.state <> 'closed'
    union all select p.id, f.opened_at, 'infinity' from fault f
      join device d on f.subject_kind = 'device' and d.protocol || '/' || d.code = f.subject
      join point p on p.device_id = d.id where f.state <> 'closed'
    union all select unnest(q.point_ids), q.since, 'infinity' from quality_finding q where q.ended_at is null
  )
  select point_id, since - interval '30 days' as from_at, until as to_at from held_point;

-- Pictures with the moment they were last seen or sent, and whether something open leans on them. The same picture may be here often.
create view seen_picture as
  select e.picture, greatest(e.last_at, e.received_at) as at,
    e.state = 'suspected' or exists (select from held_object h
      where h.object_id = e.object_id and e.last_at between h.since - interval '30 days' and h.until) as held
    from suspected_event e where e.picture is not null
  union all
  select n.picture, greatest(n.at, n.received_at), exists (select from point p join held_reading h on h.point_id = p.id
      where p.device_id = n.device_id and n.at between h.from_at and h.to_at)
    from device_note n where n.picture is not null;

create index suspected_event_picture on suspected_event (picture) where picture is not null;
create index suspected_event_picture_at on suspected_event (greatest(last_at, received_at)) where picture is not null;
create index device_note_picture_at on device_note (greatest(at, received_at)) where picture is not null;
