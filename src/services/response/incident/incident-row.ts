import type { IncidentGround, IncidentState } from '#model/response';
import type { Loop } from '#model/standard';
import { AppError } from '#base';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

import type { Incident } from '#contract/response';

/** An incident with the names a page needs. Moments are epoch ms. */
export interface IncidentRow {
  readonly id: number;
  readonly code: string;
  readonly title: string;
  readonly place: number;
  readonly scenario: number;
  readonly scenario_code: string;
  readonly scenario_name: string;
  readonly level: number;
  readonly loop: Loop;
  readonly loop_since: number;
  readonly state: IncidentState;
  readonly ground: IncidentGround;
  readonly opened_at: number;
  readonly opened_by: string | null;
  readonly closed_at: number | null;
  readonly closed_by: string | null;
  readonly taken_at: number | null;
  readonly taken_by: string | null;
  readonly second: Loop | null;
  readonly asked_loop: Loop | null;
  readonly asked_by: string | null;
  readonly asked_by_id: number | null;
  readonly asked_reason: string | null;
  readonly replay_session_id: number | null;
  readonly replay_clock: number | null;
  readonly simulated: boolean;
  readonly version: number;
  readonly figures: Incident['figures'];
  /** Whether one of its orders is in the hands of who asks. */
  readonly holds: boolean;
}

/** Incidents the caller may see (row-level security), as `suffix` picks and sorts them. `i` is the incident. */
export async function loadIncidents(
  tx: Tx,
  hands: readonly number[],
  suffix: RawBuilder<unknown>,
): Promise<readonly IncidentRow[]> {
  const { rows } = await sql<IncidentRow>`
    select i.id, i.code, i.title, i.place, i.scenario, s.code as scenario_code, s.name as scenario_name, i.level, i.loop,
      i.loop_since, i.state, i.ground, i.opened_at, i.opened_by, i.closed_at, i.closed_by, i.taken_at, i.second, i.asked_loop,
      i.asked_reason, i.asked_by_id, i.replay_session_id, i.simulated, i.version, r.clock as replay_clock,
      (select name from account_name where id = i.taken_by_id) as taken_by,
      (select name from account_name where id = i.asked_by_id) as asked_by,
      (select json_build_object('orders', f.orders, 'openOrders', f.open_orders, 'lateOrders', f.late_orders, 'parts', f.parts,
        'openParts', f.open_parts, 'unanswered', f.unanswered) from incident_figures(i.id) f) as figures,
      exists (select from work_order o where o.incident_id = i.id and o.state <> 'closed' and o.handler_id = any(${[...hands]}))
        as holds
    from (select * from incident i ${suffix}) i
    join scenario s on s.id = i.scenario
    left join replay_session r on r.id = i.replay_session_id
    order by i.opened_at desc, i.id desc`.execute(tx);
  return rows;
}

/** One that is there and seen. Throws `record.not-found`. */
export async function loadIncident(tx: Tx, hands: readonly number[], id: number): Promise<IncidentRow> {
  const [row] = await loadIncidents(tx, hands, sql`where i.id = ${id}`);
  if (!row) throw new AppError('record.not-found', { what: '事件', id });
  return row;
}

/** The incident, held until this transaction ends: two who act at once act one after the other. */
export async function lockIncident(tx: Tx, hands: readonly number[], id: number): Promise<IncidentRow> {
  // An advisory lock, not a row's: whoever may see an incident is not always one who may write its row.
  await sql`select pg_advisory_xact_lock(hashtext('incident'), ${id}::int)`.execute(tx);
  return loadIncident(tx, hands, id);
}
