import { type RawBuilder, sql } from 'kysely';

/** The moment a page is of: epoch ms, or null for now. */
export type AsOf = number | null;

/**
 * The tables of the watch as they stood at a moment (时间机, decision 0030), to be put where the table's name would stand. Null is
 * now and gives the table itself: looking at the present costs nothing. They hold what was written down by then, whatever the
 * readings' own time; row-level security holds for what was as for what is.
 */
export function warningsAt(at: AsOf): RawBuilder<unknown> {
  if (at === null) return sql`warning`;
  const then = new Date(at);
  return sql`(
    select id, object_id, item_code, place, scenario, state, level, peak_level, reason, opened_at, changed_at, normal_at, closed_at,
      acknowledged_at, acknowledged_by, replay_session_id, simulated
    from warning where written_at <= ${then}
    union all
    select w.id, w.object_id, w.item_code, w.place, w.scenario, p.state, p.level, p.peak_level, p.reason, w.opened_at, p.changed_at,
      p.normal_at, p.closed_at, p.acknowledged_at, p.acknowledged_by, w.replay_session_id, w.simulated
    from warning_past p join warning w on w.id = p.id where tstzrange(least(p.written_at, p.until), p.until) @> ${then}::timestamptz)`;
}

/** Work orders, without what is frozen into them. */
export function workOrdersAt(at: AsOf): RawBuilder<unknown> {
  if (at === null) return sql`work_order`;
  const then = new Date(at);
  return sql`(
    select id, code, warning_id, object_id, item_code, place, scenario, level, loop, state, unit, handler_id, limits, verdict,
      opened_at, cleared_at, closed_at, overdue, replay_session_id, simulated
    from work_order where written_at <= ${then}
    union all
    select o.id, o.code, o.warning_id, o.object_id, o.item_code, o.place, o.scenario, p.level, p.loop, p.state, p.unit, p.handler_id,
      p.limits, p.verdict, o.opened_at, p.cleared_at, p.closed_at, p.overdue, o.replay_session_id, o.simulated
    from work_order_past p join work_order o on o.id = p.id where tstzrange(least(p.written_at, p.until), p.until) @> ${then}::timestamptz)`;
}

/** Limits of orders. Which rung of its ladder one had reached is not kept: that follows from the moment. */
export function deadlinesAt(at: AsOf): RawBuilder<unknown> {
  if (at === null) return sql`deadline`;
  const then = new Date(at);
  return sql`(
    select work_order_id, kind, place, scenario, started_at, due_at, met_at, stopped_at, overdue_at, paused_at, pauses,
      turn, red_at
    from deadline where written_at <= ${then}
    union all
    select work_order_id, kind, place, scenario, started_at, due_at, met_at, stopped_at, overdue_at, paused_at, pauses,
      turn, red_at
    from deadline_past where written_at <= ${then} and until > ${then})`;
}
