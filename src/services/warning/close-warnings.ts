import type { Event } from '#bus';
import { announce, auditRule } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

/**
 * A warning is closed (结案) once it is normal and its order is closed, whichever comes last. Follows `warning.normal`
 * and `work-order.advanced`; closing twice is closing once. `now` is the wall clock, for the audit.
 */
export async function closeWarnings(tx: Tx, events: readonly Event[], now: number): Promise<void> {
  const ids = events.flatMap(({ type, payload }) => {
    if (type === 'warning.normal') return [payload.id];
    return payload['state'] === 'closed' && typeof payload['warning'] === 'number'
      ? [payload['warning']]
      : [];
  });
  if (ids.length === 0) return;
  const { rows } = await sql<{ id: number; place: number; scenario: number; at: number }>`
    with closed as (
      update warning w set state = 'closed', closed_at = greatest(o.closed_at, w.normal_at)
      from work_order o
      where w.id = any(${ids}) and w.state = 'normal' and o.warning_id = w.id and o.state = 'closed'
      returning w.id, w.place, w.scenario, w.closed_at
    ), kept as (
      insert into warning_change (warning_id, place, scenario, at, change, from_level, to_level, reason)
      select id, place, scenario, closed_at, 'closed', 0, 0, '已恢复，工单已结案' from closed
    )
    select id, place, scenario, extract(epoch from closed_at)::float8 * 1000 as at from closed`.execute(tx);
  await auditRule(
    tx,
    { rule: 'close-warnings', at: now },
    rows.map(({ id, place, scenario }) => ({
      action: 'warning.closed',
      subject: `warning/${id}`,
      place,
      scenario,
      before: { state: 'normal' },
      after: { state: 'closed', reason: '已恢复，工单已结案' },
    })),
  );
  await announce(
    tx,
    rows.map((row) => ({
      type: 'warning.closed',
      at: row.at,
      place: row.place,
      scenario: row.scenario,
      payload: { id: row.id, state: 'closed' },
    })),
  );
}
