import { AppError } from '#base';
import type { closureRoutes, WorkOrderDetail } from '#contract/response';
import { levelOf } from '#model/warning';
import { announce, audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { amendableOf, amendmentFault } from '#workflow';
import { sql } from 'kysely';
import type { z } from 'zod';

import { lockOrder } from '../advance-work-order.ts';
import { loadAmendments } from '../gates/amendments.ts';
import { loadDetail } from '../get-work-order.ts';
import { amendedText } from '../order-text.ts';
import { momentOf, type OrderRow } from '../order-view.ts';
import { loadWork } from '../order-work.ts';
import { amendedRecord, whyNotAmended } from './amendable.ts';

type Amendment = z.output<typeof closureRoutes.amendWorkOrder.body>;

/**
 * 更正: a closed record is never changed. What is put right stands beside it with who, when and why; whoever may review the order does
 * it, never who handled or cleared it.
 *
 * Throws `record.not-found`, `access.denied`, `amendment.refused`.
 */
export async function amendOrder(
  context: RequestContext,
  id: number,
  request: Amendment,
): Promise<WorkOrderDetail> {
  context.authorize('work-order.review');
  return context.transaction(async (tx) => {
    const order = await lockOrder(tx, id);
    context.authorizeRecord('work-order.review', order);
    const refused = whyNotAmended(order, context.actor);
    if (refused !== undefined) throw new AppError('amendment.refused', { why: refused });
    const record = amendedRecord(order, await loadWork(tx, id), await loadAmendments(tx, id));
    const one = amendableOf(record).find(({ field }) => field === request.field);
    if (!one) throw new AppError('amendment.refused', { why: '记录里没有这一项' });
    const fault = amendmentFault(record, one, request.reads);
    if (fault !== undefined) throw new AppError('amendment.refused', { why: fault });
    const { field, fieldText, reads: was } = one;
    await save(tx, context, order, { ...request, field, fieldText, was });
    return loadDetail(context, tx, id);
  });
}

async function save(
  tx: Tx,
  context: RequestContext,
  order: OrderRow,
  amended: Amendment & { readonly fieldText: string; readonly was: string },
): Promise<void> {
  const { id, place, scenario, state, object, warning_id: warning, simulated } = order;
  const { accountId, name } = context.actor;
  const { field, was, reads, reason } = amended;
  const at = momentOf(order, context.now());
  const moment = new Date(at);
  await sql`insert into closure_amendment (work_order_id, place, scenario, field, was, reads, reason, at, by, by_id)
    values (${id}, ${place}, ${scenario}, ${field}, ${was}, ${reads}, ${reason}, ${moment}, ${name}, ${accountId})`.execute(
    tx,
  );
  await sql`insert into work_order_entry (work_order_id, place, scenario, at, by, kind, text)
    values (${id}, ${place}, ${scenario}, ${moment}, ${name}, 'amended', ${amendedText(amended)})`.execute(
    tx,
  );
  await audit(context, tx, {
    action: 'work-order.amend',
    subject: `work-order/${order.code}`,
    place,
    scenario,
    before: { field, reads: was },
    after: { field, reads, reason },
  });
  const level = levelOf(order.level);
  const session = order.replay_session_id;
  const payload = { id, warning, object: object.id, level, state, by: name, session, simulated };
  await announce(tx, [{ type: 'work-order.noted', at, place, scenario, payload }]);
}
