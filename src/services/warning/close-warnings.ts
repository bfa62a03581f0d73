import type { Event } from '#bus';
import { announce, auditRule } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

interface Closed {
  readonly id: number;
  readonly place: number;
  readonly scenario: number;
  readonly at: number;
  readonly state: 'normal' | 'open';
  readonly reason: string;
}

/**
 * A warning is closed (结案) once it is normal and its order is closed, whichever comes last. One that was reopened by a person's word,
 * no sign speaking for it, has nothing to return from: its order alone closes it. Follows `warning.normal` and
 * `work-order.advanced`; closing twice is closing once. `now` is the wall clock, for the audit.
 */
export async function closeWarnings(tx: Tx, events: readonly Event[], now: number): Promise<void> {
  const ids = events.flatMap(({ type, payload }) => {
    if (type === 'warning.normal') return [payload.id];
    return payload['state'] === 'closed' && typeof payload['warning'] === 'number'
      ? [payload['warning']]
      : [];
  });
  if (ids.length === 0) return;
  const { rows } = await sql<Closed>`
    with due as (
      select w.id, w.state, w.level, greatest(g.closed_at, w.normal_at) as at,
        case w.state when 'normal' then '已恢复，工单已结案' else '凭人工判断重开，工单已结案' end as reason
      from warning w join work_order g on g.warning_id = w.id and g.state = 'closed'
      where w.id = any(${ids}) and (w.state = 'normal' or w.state = 'open' and w.reopened_from is not null
        and not exists (select from warning_evidence e where e.warning_id = w.id and e.level > 0))
      for update of w
    ), closed as (
      update warning w set state = 'closed', level = 0, closed_at = due.at, normal_at = coalesce(w.normal_at, due.at)
      from due where w.id = due.id
      returning w.id, w.place, w.scenario, due.at, due.state, due.level, due.reason
    ), kept as (
      insert into warning_change (warning_id, place, scenario, at, change, from_level, to_level, reason)
      select id, place, scenario, at, 'closed', level, 0, reason from closed
    )
    select id, place, scenario, extract(epoch from at)::float8 * 1000 as at, state, reason from closed`.execute(
    tx,
  );
  await auditRule(
    tx,
    { rule: 'close-warnings', at: now },
    rows.map(({ id, place, scenario, state, reason }) => ({
      action: 'warning.closed',
      subject: `warning/${id}`,
      place,
      scenario,
      before: { state },
      after: { state: 'closed', reason },
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
