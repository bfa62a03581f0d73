import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

import type { Inserted } from './save-duties.ts';

/** What has gone over to reports of incidents. */
interface Covered {
  /** Duties of orders that are asked for no more. */
  readonly moved: ReadonlySet<number>;
  /** What is asked of the incidents' matters instead, as far as it was not asked already. */
  readonly asked: readonly Inserted[];
}

/**
 * Puts the matters of orders (`which` of `m`) under the matter of their incident, where it has one that is open (合并报送), and moves
 * there what they owe. Nothing is lost: for what several owe under a rule one report is owed, until the earliest of their limits; once
 * it was made, what comes later asks for another one. What is late already stays where it is and is late. Recordings stay out.
 */
export async function coverDuties(tx: Tx, which: RawBuilder<unknown>, now: number): Promise<Covered> {
  const at = new Date(now);
  await sql`update report_matter m set covered_by = g.id, covered_at = ${at}
    from work_order o join report_matter g on g.incident_id = o.incident_id
    where o.id = m.work_order_id and m.covered_by is null and m.closed_at is null and g.closed_at is null
      and m.replay_session_id is null and ${which}`.execute(tx);
  // The whole is as grave as the gravest of its orders has been.
  await sql`update report_matter g set trigger = m.trigger from report_matter m
    where m.covered_by = g.id and m.trigger = 'red-warning' and g.trigger <> m.trigger and ${which}`.execute(
    tx,
  );
  const { rows } = await sql<Inserted & { moved: number[] | null }>`
    with moved as (
      update report_duty d set stopped_at = ${at}, covered_at = ${at}, next_at = null
      from report_matter m join report_matter g on g.id = m.covered_by
      where d.matter_id = m.id and g.closed_at is null and m.closed_at is null and d.kind <> 'final' and d.fulfilled_at is null
        and d.stopped_at is null and d.due_at >= ${at} and ${which}
      returning d.id, g.id as matter, d.rule, d.kind, d.recipient, d.channel, d.started_at, d.due_at, d.missing_at,
        d.repeat_minutes, case when d.platform_id = m.platform_id then g.platform_id else d.platform_id end as platform
    ), wanted as (
      select matter, rule, kind, max(recipient) as recipient, max(channel) as channel, max(platform) as platform,
        min(started_at) as started_at, min(due_at) as due_at, min(missing_at) as missing_at, max(repeat_minutes) as repeat_minutes
      from moved group by matter, rule, kind
    ), joined as (
      update report_duty d set started_at = least(d.started_at, w.started_at), due_at = least(d.due_at, w.due_at),
        missing_at = least(d.missing_at, w.missing_at), next_at = least(d.next_at, w.due_at)
      from wanted w where d.matter_id = w.matter and d.rule = w.rule and d.kind = w.kind and d.kind = 'first'
        and d.fulfilled_at is null and d.stopped_at is null
      returning d.matter_id as matter, d.rule, d.kind
    ), asked as (
      insert into report_duty (matter_id, place, scenario, platform_id, rule, kind, n, recipient, channel, started_at, due_at,
        missing_at, repeat_minutes, next_at, replay_session_id, simulated)
      select w.matter, g.place, g.scenario, w.platform, w.rule, w.kind,
        1 + coalesce((select max(n) from report_duty d where d.matter_id = w.matter and d.rule = w.rule and d.kind = w.kind), 0),
        w.recipient, w.channel, w.started_at, w.due_at, w.missing_at, w.repeat_minutes, w.due_at, null, g.simulated
      from wanted w join report_matter g on g.id = w.matter
      where not exists (select from joined j where j.matter = w.matter and j.rule = w.rule and j.kind = w.kind)
        and (w.kind = 'first' or not exists (select from report_duty d where d.matter_id = w.matter and d.rule = w.rule
          and d.kind = w.kind and d.next_at is not null))
      returning id, matter_id, platform_id, due_at, recipient, channel, simulated, replay_session_id
    )
    select null::json as moved, a.id, a.platform_id, a.due_at, g.title, a.recipient, a.channel, a.simulated, a.replay_session_id
    from asked a join report_matter g on g.id = a.matter_id
    union all select json_agg(id), 0, 0, null, '', '', '', false, null from moved having count(*) > 0`.execute(
    tx,
  );
  return {
    moved: new Set(rows.flatMap(({ moved }) => moved ?? [])),
    asked: rows.flatMap(({ moved, ...duty }) => (moved === null ? [duty] : [])),
  };
}
