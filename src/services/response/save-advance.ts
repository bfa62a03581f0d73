import { AppError } from '#base';
import type { responseRoutes } from '#contract/response';
import type { WorkOrderAction } from '#model/response';
import type { RequestContext } from '#services/context';
import type { Database, Tx } from '#storage';
import type { Advance } from '#workflow';
import { sql, type UpdateObject } from 'kysely';
import type { z } from 'zod';

import { likeOrder } from './gates/like-order.ts';
import { actionText } from './order-text.ts';
import type { OrderRow } from './order-view.ts';
import { saveMerge } from './merge-order.ts';
import { moveLimits } from './move-limits.ts';

export type AdvanceRequest = z.output<typeof responseRoutes.advanceWorkOrder.body>;
export type Decided = Extract<Advance, { kind: 'advanced' }>;

export interface DecidedStep {
  readonly order: OrderRow;
  readonly request: AdvanceRequest;
  readonly decided: Decided;
  readonly at: number;
  /** When it was done, where the phone held it (decision 0043). */
  readonly actedAt: number | null;
  /** The order that goes on for one that is merged. */
  readonly survivor?: OrderRow | undefined;
}

/** A phone's keys and the rules' keys never meet. */
export function keyOfPerson(key: string): string {
  return `person:${key}`;
}

/** Writes a decided step: limits first, then the order, its entry, the steps done and the photos that belong to it. */
export async function saveAdvance(tx: Tx, context: RequestContext, step: DecidedStep): Promise<void> {
  await moveLimits(tx, step, context.now());
  const unit = unitAfter(step);
  await saveOrder(tx, step, { unit, by: context.actor.accountId });
  await saveSteps(tx, step, context.actor.name);
  await saveResults(tx, step, context.actor.name);
  const entry = await saveEntry(tx, step, { unit, by: context.actor.name });
  await adoptAttachments(tx, step, entry);
  const { survivor, request, at } = step;
  if (survivor)
    await saveMerge(tx, { ...step, survivor }, { at, by: context.actor.name, reason: request.reason ?? '' });
}

function unitAfter({ order, request }: DecidedStep): string {
  if (request.action === 'dispatch') return request.unit ?? order.handbook.responsible.unit;
  return request.action === 'accept' ? (order.handed_to ?? order.unit) : order.unit;
}

async function saveOrder(
  tx: Tx,
  { order, request, decided, at, survivor }: DecidedStep,
  { unit, by }: { readonly unit: string; readonly by: number },
): Promise<void> {
  const moment = new Date(at);
  await tx
    .updateTable('work_order')
    .set({
      state: decided.state,
      handler_id: decided.handlerId,
      cleared_by_id: decided.clearedById,
      stood_at: decided.stoodAt,
      handed_to: handedTo(order, request, decided),
      ...(request.action === 'dispatch' ? { deputy: null } : {}),
      merged_into: survivor?.id ?? null,
      waived: request.action === 'waive',
      ...suspensionAfter(request, decided, by),
      unit,
      version: order.version + 1,
      overdue: sql<boolean>`exists (select from deadline d where d.work_order_id = ${order.id}
        and d.overdue_at is not null and d.met_at is null and d.stopped_at is null)`,
      ...closureAfter(request.action, by),
      ...(request.action === 'clear' ? { note_like: await likeOrder(tx, order, request.note ?? '') } : {}),
      ...(decided.verdict === null ? {} : { verdict: decided.verdict, false_alarm: decided.falseAlarm }),
      ...MOMENTS[request.action]?.(moment),
    })
    .where('id', '=', order.id)
    .execute();
}

function handedTo(order: OrderRow, { action, unit }: AdvanceRequest, { state }: Decided): string | null {
  if (state !== 'transferred') return null;
  return action === 'transfer' ? (unit?.trim() ?? null) : order.handed_to;
}

/** What is known of a suspension: asked with its reason, approved until a moment, nothing once it is over. */
function suspensionAfter(
  { action, reason, until }: AdvanceRequest,
  { suspensionAskedById }: Decided,
  by: number,
): UpdateObject<Database, 'work_order'> {
  const asked = { suspension_asked_by_id: suspensionAskedById };
  if (suspensionAskedById === null)
    return { ...asked, suspension_reason: null, suspension_approved_by_id: null, suspended_until: null };
  if (action === 'ask-suspension') return { ...asked, suspension_reason: reason?.trim() ?? null };
  if (action !== 'suspend' || until === undefined) return asked;
  return { ...asked, suspension_approved_by_id: by, suspended_until: new Date(until) };
}

/** Who closed it, and how often it came back. */
function closureAfter(action: WorkOrderAction, by: number): UpdateObject<Database, 'work_order'> {
  if (action === 'close' || action === 'close-false-alarm') return { closed_by_id: by };
  if (action !== 'send-back' && action !== 'reopen') return {};
  return { closed_by_id: null, sent_back: sql<number>`sent_back + 1` };
}

const MOMENTS: Readonly<
  Partial<
    Record<
      WorkOrderAction,
      (at: Date) => { readonly cleared_at?: Date | null; readonly closed_at?: Date | null }
    >
  >
> = {
  clear: (at) => ({ cleared_at: at }),
  'send-back': () => ({ cleared_at: null }),
  close: (at) => ({ closed_at: at }),
  'close-false-alarm': (at) => ({ closed_at: at }),
  merge: (at) => ({ closed_at: at }),
  waive: (at) => ({ closed_at: at }),
  reopen: () => ({ cleared_at: null, closed_at: null }),
};

async function saveSteps(tx: Tx, { order, request, at }: DecidedStep, by: string): Promise<void> {
  const codes = [...new Set(request.steps)];
  if (codes.length === 0) return;
  const { id, place, scenario } = order;
  await tx
    .insertInto('work_order_step')
    .values(
      codes.map((code) => ({ work_order_id: id, place, scenario, code, done_at: new Date(at), done_by: by })),
    )
    .onConflict((conflict) => conflict.columns(['work_order_id', 'code']).doNothing())
    .execute();
}

async function saveResults(tx: Tx, { order, request, at }: DecidedStep, by: string): Promise<void> {
  const results = new Map(request.results?.map((one) => [`${one.type}.${one.field}`, one]));
  if (results.size === 0) return;
  const { id, place, scenario } = order;
  await tx
    .insertInto('work_order_result')
    .values(
      [...results.values()].map(({ type, field, value }) => ({
        work_order_id: id,
        place,
        scenario,
        disposal_type: type,
        field,
        value: value.trim(),
        at: new Date(at),
        by,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['work_order_id', 'disposal_type', 'field'])
        .doUpdateSet((row) => ({ value: row.ref('excluded.value'), at: new Date(at), by })),
    )
    .execute();
}

async function saveEntry(
  tx: Tx,
  { order, request, decided, at, actedAt, survivor }: DecidedStep,
  facts: { readonly unit: string; readonly by: string },
): Promise<number> {
  const { action, reason, verdict, falseAlarm, note, location, until, idempotencyKey } = request;
  const onBehalfOf = decided.onBehalfOf === null ? undefined : (order.handler_name ?? undefined);
  const { id } = await tx
    .insertInto('work_order_entry')
    .values({
      work_order_id: order.id,
      place: order.place,
      scenario: order.scenario,
      at: new Date(at),
      by: facts.by,
      kind: action,
      text: actionText(action, {
        unit: request.unit ?? facts.unit,
        reason,
        verdict,
        falseAlarm,
        onBehalfOf,
        until,
        into: survivor?.code,
        measured: request.measured,
      }),
      note: note ?? null,
      location: location ? JSON.stringify(location) : null,
      idempotency_key: idempotencyKey === undefined ? null : keyOfPerson(idempotencyKey),
      acted_at: actedAt === null ? null : new Date(actedAt),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Pictures that were sent before become the entry's; throws `input.invalid` for any that is another's. */
export async function adoptAttachments(
  tx: Tx,
  { order, request }: { readonly order: OrderRow; readonly request: Pick<AdvanceRequest, 'attachments'> },
  entry: number,
): Promise<void> {
  const wanted = [...new Set(request.attachments)];
  if (wanted.length === 0) return;
  const adopted = await tx
    .updateTable('attachment')
    .set({ entry_id: entry })
    .where('work_order_id', '=', order.id)
    .where('entry_id', 'is', null)
    .where('id', 'in', wanted)
    .returning('id')
    .execute();
  if (adopted.length === wanted.length) return;
  const known = new Set(adopted.map((one) => one.id));
  const foreign = wanted.filter((id) => !known.has(id));
  throw new AppError('input.invalid', {
    issues: `附件 ${foreign.join('、')} 不属于这张工单，或已随别的步骤提交`,
  });
}
