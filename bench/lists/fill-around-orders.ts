import type { Storage } from '#storage';
import { type Kysely, sql } from 'kysely';

/** Who of those that look has most of the messages. */
const TOLD = ['district', 'flood.admin', 'flood.handler', 'town.zhangjiang', 'village.sample'];

/** What hangs on a million orders: incidents, daily lists of what is late, 督办, messages, reports. Written straight into the tables. */
export async function fillAroundOrders(storage: Storage, count: number): Promise<void> {
  const db = storage.system as unknown as Kysely<never>;
  await fillIncidents(db, count);
  await fillOverdueLists(db);
  await fillSupervisions(db, count);
  await fillMessages(db, count);
  await fillReports(db, count);
}

/** One of fifty orders each, of which ten are its own; one in ten large, with three units that answer for their part. */
async function fillIncidents(db: Kysely<never>, count: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    // The past of rows that never were otherwise is none.
    await sql`set local session_replication_role = replica`.execute(tx);
    await sql`
      insert into incident (id, code, title, place, scenario, level, loop, loop_since, state, ground, lat, lon, opened_at, closed_at)
      overriding system value
      select n, 'EV-' || n, '测量事件 ' || n, o.place, o.scenario, o.level, case when n % 10 = 0 then 'large' else 'medium' end,
        o.opened_at, case when n % 100 = 0 then 'open' else 'closed' end, 'near', 31.2, 121.5, o.opened_at,
        case when n % 100 <> 0 then o.opened_at + interval '6 hours' end
      from generate_series(1, ${count}::int / 50) n join work_order o on o.id = n * 50`.execute(tx);
    await sql`update work_order set incident_id = (id + 49) / 50 where id % 5 = 0 and (id + 49) / 50 <= ${count}::int / 50`.execute(
      tx,
    );
    await sql`
      insert into incident_part (incident_id, platform_id, place, scenario, unit, told, state, asked_at, ended_at)
      select i.id, p.id, coalesce(p.place, 1), p.scenario, p.name, '参与处置', i.state, i.opened_at, i.closed_at
      from incident i cross join lateral (
        select * from platform where kind = 'scenario' order by (id * 7919 + i.id) % 101, id limit 3) p
      where i.loop = 'large'`.execute(tx);
  });
}

/** Of thirty days, as they would have been written: what is late now stood on each of them. */
async function fillOverdueLists(db: Kysely<never>): Promise<void> {
  await sql`insert into overdue_list (day, written_at)
    select d::date, d + interval '1 hour' from generate_series(current_date - 29, current_date, interval '1 day') d
    on conflict do nothing`.execute(db);
  await sql`
    insert into overdue_line (day, work_order_id, place, scenario, level, overdue_since, limits, unit, handler, days)
    select l.day, o.id, o.place, o.scenario, o.level, o.opened_at + interval '30 minutes', '{accept}', o.unit, null,
      l.day - (current_date - 29) + 1
    from work_order o cross join overdue_list l where o.overdue and o.state <> 'closed'
    on conflict do nothing`.execute(db);
}

async function fillSupervisions(db: Kysely<never>, count: number): Promise<void> {
  await sql`
    insert into supervision (id, code, platform_id, place, scenario, issued_by_id, issued_by, asked, issued_at, answer_by, state,
      answered_at, closed_at)
    overriding system value
    select n, 'DB-' || n, p.id, coalesce(p.place, 1), p.scenario, a.id, a.name, '请说明超期原因', o.opened_at + interval '1 day',
      o.opened_at + interval '2 days', s.state, case when s.state <> 'open' then o.opened_at + interval '30 hours' end,
      case when s.state = 'closed' then o.opened_at + interval '40 hours' end
    from generate_series(1, ${count}::int / 200) n join work_order o on o.id = n * 200
    cross join lateral (select case when n % 100 = 0 then 'open' when n % 100 = 1 then 'answered' else 'closed' end as state) s
    cross join lateral (select * from platform where kind in ('scenario', 'town') order by (id * 7919 + n) % 101, id limit 1) p
    cross join (select id, name from account where username = 'district') a`.execute(db);
  await sql`insert into supervision_order (supervision_id, work_order_id, place, scenario)
    select s.id, s.id * 200 - k, s.place, coalesce(s.scenario, 1) from supervision s cross join generate_series(1, 3) k`.execute(
    db,
  );
}

/** One for each order: half on the page itself, half by SMS; one in a thousand was not sent, one in a thousand reached nobody. */
async function fillMessages(db: Kysely<never>, count: number): Promise<void> {
  await sql`
    insert into notification (key, cause, level, place, scenario, work_order_id, account_id, person, post, kind, title, text, state,
      created_at, expires_at, read_at)
    select 'bench|' || o.id, 'work-order.opened', o.level, o.place, o.scenario, o.id, a.id, a.name, '处置人员', k.kind,
      '红色预警工单', '测量对象：积水深度超限，请接单', s.state, o.opened_at, o.opened_at + interval '1 day',
      case when s.state = 'read' then o.opened_at + interval '1 hour' end
    from (select *, row_number() over (order by id) as n from work_order order by id limit ${count}) o
    cross join lateral (select case when o.n % 2 = 0 then 'in-app' else 'sms' end as kind) k
    cross join lateral (select case when o.n % 1000 = 1 then 'failed' when o.n % 1000 = 2 then 'unreachable'
      when k.kind = 'in-app' and o.state = 'closed' then 'read' else 'delivered' end as state) s
    join (select id, name, row_number() over (order by id) - 1 as nth from account where username = any(${TOLD})) a
      on a.nth = o.n / 2 % ${TOLD.length}`.execute(db);
}

/** A matter for one order in fifty: three duties, one late and one of a hundred open; two reports. */
async function fillReports(db: Kysely<never>, count: number): Promise<void> {
  await sql`
    insert into report_matter (id, place, scenario, platform_id, trigger, title, work_order_id, event_at, known_at, opened_at, closed_at,
      simulated)
    overriding system value
    select n, o.place, o.scenario, p.id, 'red-warning', '测量事项 ' || n, o.id, o.opened_at, o.opened_at, o.opened_at,
      case when n % 100 <> 0 then o.opened_at + interval '1 day' end, false
    from generate_series(1, ${count}::int / 50) n join work_order o on o.id = n * 50
    cross join lateral (select min(id) as id from platform where scenario = o.scenario) p`.execute(db);
  await sql`
    insert into incident_report (id, matter_id, place, scenario, platform_id, recipient, channel, stage, number, fields, text, event_at,
      known_at, reported_at, recorded_at, by, by_id, signed_at, signed_by, simulated)
    overriding system value
    select m.id * 2 + k, m.id, m.place, m.scenario, m.platform_id, 'district', 'platform', 'update', k, '{}', '测量报告', m.event_at,
      m.known_at, m.known_at + k * interval '30 minutes', m.known_at + k * interval '30 minutes', '测量', 1,
      case when m.id % 100 <> 0 then m.known_at + interval '2 hours' end, case when m.id % 100 <> 0 then '值班员' end, false
    from report_matter m cross join generate_series(0, 1) k`.execute(db);
  await sql`
    insert into report_duty (matter_id, place, scenario, platform_id, rule, kind, n, recipient, channel, started_at, due_at, missing_at,
      fulfilled_at, report_id, simulated)
    select m.id, m.place, m.scenario, m.platform_id, 'bench', 'update', k, 'district', 'platform', m.known_at,
      m.known_at + interval '1 hour', m.known_at + interval '1 day',
      case when not (k = 1 and m.id % 100 = 0) then m.known_at + (k * 40) * interval '1 minute' end,
      case when not (k = 1 and m.id % 100 = 0) then m.id * 2 + k % 2 end, false
    from report_matter m cross join generate_series(0, 2) k`.execute(db);
  await sql`
    insert into report_change (matter_id, report_id, place, scenario, platform_id, at, by, field, before, after, flagged, simulated)
    select id, id * 2, place, scenario, platform_id, known_at + interval '3 hours', '测量', 'deaths', '1', '0', true, false
    from report_matter where id % 50 = 0`.execute(db);
}
