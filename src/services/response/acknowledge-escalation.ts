import { AppError } from '#base';
import type { WorkOrderDetail } from '#contract/response';
import { levelOf } from '#model/warning';
import { announce, audit, type RequestContext } from '#services/context';
import { recordset, type Tx } from '#storage';
import { sql } from 'kysely';

import { lockOrder } from './advance-work-order.ts';
import { type Pressing, pressingOf, wasTold } from './escalation.ts';
import { loadDetail } from './get-work-order.ts';
import { acknowledgedText } from './order-text.ts';
import { loadDeadlines, momentOf, type OrderRow } from './order-view.ts';
import { limitsInForce } from './standard-in-force.ts';

/**
 * Somebody who was told that an order is late has seen it (签收超期提醒): the ladder goes on at its own moments instead of going
 * one rung further every few minutes. It changes nothing of the order. Where nothing presses any more, nothing is done.
 *
 * Throws `record.not-found`, `escalation.not-told`.
 */
export async function acknowledgeEscalation(context: RequestContext, id: number): Promise<WorkOrderDetail> {
  context.authorize('work-order.read');
  return context.transaction(async (tx) => {
    const order = await lockOrder(tx, id);
    context.authorizeRecord('work-order.read', order);
    const deadlines = (await loadDeadlines(tx, [id])).get(id) ?? [];
    const at = momentOf(order, context.now());
    const pressing = pressingOf(order, deadlines, await limitsInForce(tx, context.now()));
    if (pressing.length === 0) return loadDetail(context, tx, id);
    const mine = pressing.filter((one) => wasTold(context.actor, order, one));
    if (mine.length === 0) throw new AppError('escalation.not-told');
    await save(tx, context, { order, mine, at });
    return loadDetail(context, tx, id);
  });
}

interface Acknowledged {
  readonly order: OrderRow;
  readonly mine: readonly Pressing[];
  readonly at: number;
}

async function save(tx: Tx, context: RequestContext, { order, mine, at }: Acknowledged): Promise<void> {
  const { id, place, scenario } = order;
  const moment = new Date(at);
  const { accountId, name } = context.actor;
  await sql`update deadline d set press_at = null, next_at = to_timestamp(r.next / 1000.0), acknowledged_at = ${moment},
      acknowledged_by_id = ${accountId}
    from ${recordset(
      mine.map(({ kind, nextAt }) => ({ kind, next: nextAt })),
      sql`r(kind text, next float8)`,
    )}
    where d.work_order_id = ${id} and d.kind = r.kind and d.press_at is not null`.execute(tx);
  const text = acknowledgedText(mine.map(({ kind }) => kind));
  await sql`insert into work_order_entry (work_order_id, place, scenario, at, by, kind, text)
    values (${id}, ${place}, ${scenario}, ${moment}, ${name}, 'acknowledged', ${text})`.execute(tx);
  await audit(context, tx, {
    action: 'work-order.acknowledge-escalation',
    subject: `work-order/${order.code}`,
    place,
    scenario,
    after: { limits: mine.map(({ kind }) => kind) },
  });
  await announce(tx, [
    {
      type: 'work-order.advanced',
      at,
      place,
      scenario,
      payload: {
        id,
        warning: order.warning_id,
        object: order.object.id,
        level: levelOf(order.level),
        state: order.state,
        action: 'acknowledge-escalation',
        by: name,
        session: order.replay_session_id,
        simulated: order.simulated,
      },
    },
  ]);
}
