-- Lists around a million orders. Whoever sees one of its orders sees an incident. Who sees by place sees few orders: those that belong to
-- an incident are looked up once. Who sees by scenario sees a great many, and of most incidents one: each incident is asked (offset 0
-- keeps PostgreSQL from reading all those orders first).
create index work_order_incident_place on work_order (place) include (incident_id) where incident_id is not null;
alter policy of_order on incident using (case when current_setting('puan.scenarios') = '{}'
  then exists (select from work_order o where o.incident_id = incident.id and o.incident_id is not null)
  else exists (select from work_order o where o.incident_id = incident.id offset 0) end);

-- What was not told is looked for among everything that was.
create index notification_amiss on notification (state, id desc) where state in ('failed', 'expired', 'unreachable');
-- What waits for an answer of one's own office.
create index incident_part_open on incident_part (platform_id) where state = 'open';
-- My messages, the newest first.
create index notification_mine on notification (account_id, id desc) where kind = 'in-app' and state in ('delivered', 'read');
