import { AppError } from '#base';
import type { WorkOrderDetail } from '#contract/response';
import {
  CLEARING_NOTE_LENGTH,
  FINDING_KIND_TEXT,
  WORK_ORDER_ACTION_TEXT,
  WORK_ORDER_STATE_TEXT,
} from '#model/response';
import { levelOf } from '#model/warning';
import { announce, audit, type RequestContext } from '#services/context';
import { keepPlans, type Tx } from '#storage';
import { type Advance, advance } from '#workflow';
import { sql } from 'kysely';

import { actedAt } from './acted-at.ts';
import { saveMeasurement } from './gates/measurement.ts';
import { loadDetail } from './get-work-order.ts';
import { missingText, PARTY_TEXT } from './order-text.ts';
import { findSurvivor } from './merge-order.ts';
import { factsOf, loadOrders, momentOf, orderActor, type OrderRow } from './order-view.ts';
import { loadWork, type OrderWork } from './order-work.ts';
import { type AdvanceRequest, type Decided, keyOfPerson, saveAdvance } from './save-advance.ts';

/**
 * Moves an order one step. A step with a key that was done already is answered with the order as it stands.
 *
 * Throws `record.not-found`, `record.changed` (another version in between), `work-order.illegal-action`,
 * `work-order.not-yours`, `work-order.requirement-missing`, `work-order.record-poor`, `work-order.acted-refused`, `work-order.never-suspended`, `work-order.cannot-merge`, `input.invalid` (unknown step or foreign attachment).
 */
export async function advanceWorkOrder(
  context: RequestContext,
  id: number,
  request: AdvanceRequest,
): Promise<WorkOrderDetail> {
  context.authorize('work-order.read');
  return context.transaction(async (tx) => {
    await keepPlans(tx);
    const order = await lockOrder(tx, id, request.into);
    context.authorizeRecord('work-order.read', order);
    if (await isDone(tx, id, request.idempotencyKey)) return loadDetail(context, tx, id);
    if (request.version !== undefined && request.version !== order.version)
      throw new AppError('record.changed');

    const at = momentOf(order, context.now());
    const work = await loadWork(tx, id);
    const decided = decide(context, order, work, { ...request, at });
    const survivor =
      request.action === 'merge' && request.into !== undefined
        ? await findSurvivor(tx, order, request.into)
        : undefined;
    const acted = await actedAt(tx, order, at, request.acted);
    await saveAdvance(tx, context, { order, request, decided, at, actedAt: acted, survivor });
    await saveMeasurement(tx, { order, request, at, by: context.actor.name, standing: work.standing });
    await audit(context, tx, {
      action: `work-order.${request.action}`,
      subject: `work-order/${order.code}`,
      place: order.place,
      scenario: order.scenario,
      before: facts(order),
      after: {
        state: decided.state,
        handler: decided.handlerId,
        onBehalfOf: decided.onBehalfOf,
        ...told(request),
        into: survivor?.code,
        actedAt: acted ?? undefined,
      },
    });
    await announce(tx, [
      {
        type: 'work-order.advanced',
        at,
        place: order.place,
        scenario: order.scenario,
        payload: {
          id,
          warning: order.warning_id,
          object: order.object.id,
          level: levelOf(order.level),
          state: decided.state,
          action: request.action,
          by: context.actor.name,
          session: order.replay_session_id,
          simulated: order.simulated,
        },
      },
    ]);
    // A merge brings other warnings along.
    return loadDetail(context, tx, id, request.action === 'merge' ? undefined : work.standing);
  });
}

/** What a person said with it, for the audit. */
function told({ note, reason, unit, until, measured, confirmMeasured }: AdvanceRequest): object {
  return { note, reason, unit, until, measured, confirmMeasured };
}

/** The order, held until this transaction ends: two people who act at once act one after the other. */
export async function lockOrder(tx: Tx, id: number, beside?: number): Promise<OrderRow> {
  // The whole before its part and always in the same order: two that are merged into each other at once, or a part that is
  // reopened while the whole is closed, do not wait for each other for ever.
  await sql`select from work_order where id = any(${[id, beside ?? id]})
      or id = (select parent_id from work_order where id = ${id}) order by id for update`.execute(tx);
  const [order] = await loadOrders(tx, sql`where o.id = ${id}`);
  if (!order) throw new AppError('record.not-found', { what: '工单', id });
  return order;
}

/** Whether a person's key was taken already. */
export async function isDone(tx: Tx, id: number, key: string | undefined): Promise<boolean> {
  if (key === undefined) return false;
  const found = await tx
    .selectFrom('work_order_entry')
    .select('id')
    .where('work_order_id', '=', id)
    .where('idempotency_key', '=', keyOfPerson(key))
    .executeTakeFirst();
  return found !== undefined;
}

function decide(
  context: RequestContext,
  order: OrderRow,
  work: OrderWork,
  step: AdvanceRequest & { readonly at: number },
): Decided {
  const decided = advance(factsOf(order, work), step, orderActor(context.actor, order));
  if (decided.kind === 'refused') throw refusal(decided, order, step);
  return decided;
}

function refusal(
  refused: Extract<Advance, { kind: 'refused' }>,
  order: OrderRow,
  step: AdvanceRequest,
): AppError {
  switch (refused.code) {
    case 'illegal-action':
      return new AppError('work-order.illegal-action', {
        state: WORK_ORDER_STATE_TEXT[order.state],
        action: WORK_ORDER_ACTION_TEXT[step.action],
        allowed:
          refused.allowed.map((action) => WORK_ORDER_ACTION_TEXT[action]).join('、') ||
          '（您现在没有可做的）',
      });
    case 'never-suspended':
      return new AppError('work-order.never-suspended');
    case 'not-yours':
      return new AppError('work-order.not-yours', {
        holder: refused.waitsFor === 'holder' ? (order.handler_name ?? '') : PARTY_TEXT[refused.waitsFor],
      });
    case 'requirement-missing':
      return new AppError('work-order.requirement-missing', {
        missing: missingText(refused.missing, step.action === 'clear' ? CLEARING_NOTE_LENGTH : 1),
        requirements: refused.missing.map((one) => one.requirement),
      });
    case 'record-poor':
      return new AppError('work-order.record-poor', {
        findings: refused.findings
          .map(({ kind, text, mend }) => `【${FINDING_KIND_TEXT[kind]}】${text}——${mend}`)
          .join('；'),
        checks: refused.findings.map(({ check }) => check),
      });
    case 'unknown-step':
      return new AppError('input.invalid', { issues: `手册没有步骤或处置结果 ${refused.steps.join('、')}` });
    default:
      return refused satisfies never;
  }
}

function facts(order: OrderRow): object {
  return { state: order.state, handler: order.handler_id, version: order.version };
}
