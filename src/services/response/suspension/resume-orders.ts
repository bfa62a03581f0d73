import type { WorkOrderState } from '#model/response';
import { levelOf } from '#model/warning';
import { announce, auditRule, type SystemContext } from '#services/context';
import { recordset, type Tx } from '#storage';
import { sql } from 'kysely';

import { suspensionOverText } from '../order-text.ts';
import type { Moment } from '../raise-orders.ts';
import { limitsInForce } from '../standard-in-force.ts';
import { resumeLimits, type Resumed } from './stop-clock.ts';

/** A suspended order that goes on by itself, and the line its timeline gets. */
interface Resuming extends Resumed {
  readonly code: string;
  readonly place: number;
  readonly stood_at: WorkOrderState | null;
  readonly warning_id: number | null;
  readonly object_id: number;
  readonly replay_session_id: number | null;
  readonly simulated: boolean;
  readonly text: string;
}

/** Ends suspensions without anybody's hand: their clocks go on from each order's moment. */
export async function resumeOrders(
  tx: Tx,
  { now, standard }: Moment,
  orders: readonly Resuming[],
): Promise<void> {
  if (orders.length === 0) return;
  await resumeLimits(tx, orders, standard);
  await sql`
    with resumed as (
      update work_order o set state = o.stood_at, stood_at = null, version = o.version + 1, suspension_asked_by_id = null,
        suspension_reason = null, suspension_approved_by_id = null, suspended_until = null
      from ${recordset(orders, sql`r(id bigint, at float8, text text)`)}
      where o.id = r.id and o.state = 'suspended' returning o.id, o.place, o.scenario, r.at, r.text
    )
    insert into work_order_entry (work_order_id, place, scenario, at, kind, text)
    select id, place, scenario, to_timestamp(at / 1000.0), 'resume', text from resumed order by id`.execute(
    tx,
  );
  await auditRule(
    tx,
    { rule: 'resume-orders', at: now },
    orders.map(({ code, place, scenario, stood_at: state, text }) => ({
      action: 'work-order.resume',
      subject: `work-order/${code}`,
      place,
      scenario,
      before: { state: 'suspended' },
      after: { state, text },
    })),
  );
  await announce(
    tx,
    orders.map((order) => ({
      type: 'work-order.advanced',
      at: order.at,
      place: order.place,
      scenario: order.scenario,
      payload: {
        id: order.id,
        warning: order.warning_id,
        object: order.object_id,
        level: levelOf(order.level),
        state: order.stood_at,
        action: 'resume',
        text: order.text,
        session: order.replay_session_id,
        simulated: order.simulated,
      },
    })),
  );
}

/** Suspensions that have come to their end, at most 1,000 a round: each goes on from the moment it was agreed until. Gives how many. */
export async function endSuspensions(context: SystemContext): Promise<number> {
  return context.transaction(async (tx) => {
    const now = context.now();
    const { rows } = await sql<Omit<Resuming, 'text'>>`
      select o.id, o.code, o.place, o.scenario, o.level, o.limits, o.stood_at, o.warning_id, o.object_id, o.replay_session_id,
        o.simulated, o.suspended_until as at
      from work_order o left join replay_session r on r.id = o.replay_session_id
      where o.state = 'suspended'
        and o.suspended_until <= case when o.replay_session_id is null then ${new Date(now)} else r.clock end
      order by o.suspended_until limit 1000 for update of o skip locked`.execute(tx);
    if (rows.length === 0) return 0;
    const standard = await limitsInForce(tx, now);
    const text = suspensionOverText(false);
    await resumeOrders(
      tx,
      { now, standard },
      rows.map((row) => ({ ...row, text })),
    );
    return rows.length;
  });
}
