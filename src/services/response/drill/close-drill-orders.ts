import { announce, auditRule } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

const RULE = 'end-drill';
const TEXT = '演练结束，工单由规则结束，不再催办';

interface Closed {
  readonly id: number;
  readonly code: string;
  readonly warning: number | null;
  readonly object: number;
  readonly place: number;
  readonly scenario: number;
  readonly session: number;
  readonly was: string;
}

/**
 * Ends the open orders of drills that are over: closed as 测试, every limit stopped, nobody is chased any more. What somebody had still
 * under way is no record of his work. `session` absent: of all drills that are over, for what arrives late.
 */
export async function closeDrillOrders(tx: Tx, now: number, session?: number): Promise<number> {
  const moment = new Date(now);
  const { rows } = await sql<Closed>`
    with open as (
      select o.id, o.state as was from work_order o join replay_session r on r.id = o.replay_session_id and r.kind = 'drill'
      where o.state <> 'closed' and o.replay_session_id is not null and case when ${session ?? null}::int is null
        then not exists (select from drill d where d.replay_session_id = r.id and d.state = 'running') and r.state = 'ended'
        else r.id = ${session ?? null}::int end
      order by o.id for update of o
    ), stopped as (
      update deadline d set stopped_at = ${moment}, next_at = null, paused_at = null
      from open where d.work_order_id = open.id and d.met_at is null and d.stopped_at is null
    ), noted as (
      insert into work_order_entry (work_order_id, place, scenario, at, kind, text)
      select o.id, o.place, o.scenario, ${moment}, 'drill-ended', ${TEXT} from open join work_order o using (id)
    )
    update work_order o set state = 'closed', closed_at = ${moment}, verdict = coalesce(o.verdict, 'test'), stood_at = null,
      handed_to = null, suspension_asked_by_id = null, suspension_reason = null, suspension_approved_by_id = null,
      suspended_until = null, overdue = false, version = o.version + 1
    from open where o.id = open.id
    returning o.id, o.code, o.warning_id as warning, o.object_id as object, o.place, o.scenario, o.replay_session_id as session,
      open.was`.execute(tx);
  await auditRule(
    tx,
    { rule: RULE, at: now },
    rows.map(({ code, place, scenario, was }) => ({
      action: 'work-order.drill-ended',
      subject: `work-order/${code}`,
      place,
      scenario,
      before: { state: was },
      after: { state: 'closed', reason: TEXT },
    })),
  );
  await announce(
    tx,
    rows.map(({ id, warning, object, place, scenario, session: its }) => ({
      type: 'work-order.advanced',
      at: now,
      place,
      scenario,
      payload: { id, warning, object, state: 'closed', action: 'drill-ended', session: its, simulated: true },
    })),
  );
  return rows.length;
}
