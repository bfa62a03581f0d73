import { randomUUID } from 'node:crypto';

import type { OrderSource } from '#model/response';
import { type Level, rankOf } from '#model/warning';
import { announce, audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { type LimitRow, limitRows, type OrderPlan } from '../order-plan.ts';
import type { LimitsInForce } from '../standard-in-force.ts';

/** An order that people open. */
export interface HandDraft {
  readonly source: Exclude<OrderSource, 'warning'>;
  readonly object: number;
  readonly item: string;
  readonly place: number;
  readonly scenario: number;
  readonly level: Level;
  readonly unit: string;
  readonly unitReason: string | null;
  readonly told: string;
  readonly plan: OrderPlan;
  readonly openedAt: number;
  readonly parent?: number;
  readonly replaySession: number | null;
  readonly simulated: boolean;
  /** What its code begins with, and what comes after its own number. */
  readonly code: string;
  readonly key: string | null;
  readonly text: string;
}

/** Writes an order with its first entry and its limits, sent to its unit; audited and announced. Gives its id. */
export async function insertOrder(
  tx: Tx,
  context: RequestContext,
  draft: HandDraft,
  standard: LimitsInForce,
): Promise<{ readonly id: number; readonly code: string }> {
  const order = await insertRow(tx, draft);
  const rows = limitRows(draft.plan, { scenario: draft.scenario, from: draft.openedAt }, standard);
  await insertLimits(tx, order.id, draft, rows);
  const { place, scenario } = draft;
  await tx
    .insertInto('work_order_entry')
    .values({
      work_order_id: order.id,
      place,
      scenario,
      at: new Date(draft.openedAt),
      by: context.actor.name,
      kind: 'raised',
      text: draft.text,
      note: draft.told,
      location: null,
      idempotency_key: draft.key,
    })
    .execute();
  await audit(context, tx, {
    action: 'work-order.opened',
    subject: `work-order/${order.code}`,
    place,
    scenario,
    after: {
      source: draft.source,
      level: draft.level,
      unit: draft.unit,
      unitReason: draft.unitReason,
      told: draft.told,
    },
  });
  await announce(tx, [
    {
      type: 'work-order.raised',
      at: draft.openedAt,
      place,
      scenario,
      payload: {
        id: order.id,
        object: draft.object,
        level: draft.level,
        state: 'dispatched',
        session: draft.replaySession,
        simulated: draft.simulated,
      },
    },
  ]);
  return order;
}

async function insertRow(tx: Tx, draft: HandDraft): Promise<{ readonly id: number; readonly code: string }> {
  const { plan } = draft;
  const { id } = await tx
    .insertInto('work_order')
    .values({
      // Its own number is known only once it is there.
      code: randomUUID(),
      warning_id: null,
      object_id: draft.object,
      item_code: draft.item,
      place: draft.place,
      scenario: draft.scenario,
      level: rankOf(draft.level),
      loop: plan.handbook.loop,
      state: 'dispatched',
      unit: draft.unit,
      handbook_id: sql<number>`freeze_handbook(${JSON.stringify(plan.handbook)}::jsonb)`,
      limits: JSON.stringify(plan.limits),
      standard_version: plan.version,
      limit_class: plan.handbook.limitClass,
      opened_at: new Date(draft.openedAt),
      replay_session_id: draft.replaySession,
      simulated: draft.simulated,
      source: draft.source,
      told: draft.told,
      unit_reason: draft.unitReason,
      parent_id: draft.parent ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const code = `${draft.code}${String(id).padStart(6, '0')}`;
  await sql`update work_order set code = ${code} where id = ${id}`.execute(tx);
  return { id, code };
}

async function insertLimits(tx: Tx, id: number, draft: HandDraft, rows: readonly LimitRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto('deadline')
    .values(
      rows.map(({ kind, startedAt, dueAt, step, nextAt }) => ({
        work_order_id: id,
        place: draft.place,
        scenario: draft.scenario,
        kind,
        started_at: new Date(startedAt),
        due_at: new Date(dueAt),
        step,
        next_at: nextAt === null ? null : new Date(nextAt),
        replay_session_id: draft.replaySession,
      })),
    )
    .execute();
}
