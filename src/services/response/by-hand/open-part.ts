import { AppError } from '#base';
import type { handRoutes, WorkOrderDetail } from '#contract/response';
import { WORK_ORDER_STATE_TEXT } from '#model/response';
import { levelOf } from '#model/warning';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { lockOrder } from '../advance-work-order.ts';
import { loadDetail } from '../get-work-order.ts';
import { handText, partText } from '../order-text.ts';
import { isWhole, momentOf, type OrderRow } from '../order-view.ts';
import { limitsInForce } from '../standard-in-force.ts';
import { type HandDraft, insertOrder } from './insert-order.ts';

type PartRequest = z.output<typeof handRoutes.openPart.body>;

/**
 * Opens the order of a co-unit (协同工单): with an owner and limits of its own; the whole waits for it. Gives the whole. Throws
 * `record.not-found`, `work-order.illegal-action` for one that is closed or a part itself.
 */
export async function openPart(
  context: RequestContext,
  id: number,
  request: PartRequest,
): Promise<WorkOrderDetail> {
  context.authorize('work-order.dispatch');
  return context.transaction(async (tx) => {
    const whole = await lockOrder(tx, id);
    context.authorizeRecord('work-order.dispatch', whole);
    if (!isWhole(whole)) {
      throw new AppError('work-order.illegal-action', {
        state: whole.parent_id === null ? WORK_ORDER_STATE_TEXT[whole.state] : '协同工单',
        action: '开协同工单',
        allowed: '在未结案的主单上开',
      });
    }
    const at = momentOf(whole, context.now());
    const standard = await limitsInForce(tx, context.now());
    const { code } = await insertOrder(tx, context, partOf(whole, request, at), standard);
    await noteOpened(tx, whole, {
      at,
      by: context.actor.name,
      text: partText(code, request.unit),
      note: request.told,
    });
    return loadDetail(context, tx, whole.id);
  });
}

/** Without steps and results of its own: what it is to do is told. */
function partOf(whole: OrderRow, { unit, told }: PartRequest, openedAt: number): HandDraft {
  const level = levelOf(whole.level) ?? 'blue';
  const handbook = {
    ...whole.handbook,
    level,
    disposalTypes: [],
    steps: [],
    coUnits: [],
    responsible: { ...whole.handbook.responsible, unit },
  };
  return {
    source: 'part',
    object: whole.object.id,
    item: whole.item.code,
    place: whole.place,
    scenario: whole.scenario,
    level,
    unit,
    unitReason: null,
    told,
    plan: {
      handbook,
      limits: whole.limits,
      overrides: whole.handbook.limits,
      version: whole.standard_version,
      inHandbook: true,
    },
    openedAt,
    parent: whole.id,
    replaySession: whole.replay_session_id,
    simulated: whole.simulated,
    code: `${whole.code}-X`,
    key: null,
    text: handText('part', unit),
  };
}

async function noteOpened(
  tx: Tx,
  { id, place, scenario }: OrderRow,
  facts: { readonly at: number; readonly by: string; readonly text: string; readonly note: string },
): Promise<void> {
  await sql`insert into work_order_entry (work_order_id, place, scenario, at, by, kind, text, note)
    values (${id}, ${place}, ${scenario}, ${new Date(facts.at)}, ${facts.by}, 'part-opened', ${facts.text}, ${facts.note})`.execute(
    tx,
  );
}
