import { AppError, momentText, toBeijing } from '#base';
import type { chaseRoutes, SupervisionDetail } from '#contract/response';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { limitsInForce } from '../standard-in-force.ts';
import { noteSupervision } from './note-supervision.ts';
import { standingAt } from './supervision-ladder.ts';
import { loadSupervision } from './supervision-view.ts';

type Request = z.output<typeof chaseRoutes.issueSupervision.body>;

interface Asked {
  readonly id: number;
  readonly place: number;
  readonly scenario: number | null;
}

/**
 * An office asks a platform to answer by a moment (督办), about orders that lie where it may direct, or about the unit itself. Sent
 * twice with one key it is issued once.
 *
 * Throws `record.not-found` (platform, orders), `access.denied`, `input.invalid` (a moment that is over).
 */
export async function issueSupervision(
  context: RequestContext,
  request: Request,
): Promise<SupervisionDetail> {
  context.authorize('supervision.issue');
  return context.transaction(async (tx) => {
    const now = context.now();
    const key = `${context.actor.accountId}:${request.idempotencyKey}`;
    const asked = await platformOf(tx, request.platform);
    context.authorizeRecord('supervision.issue', asked);
    if (request.answerBy <= now) throw new AppError('input.invalid', { issues: '答复时限须晚于现在' });
    const id = await insert(tx, context, { request, asked, key, now });
    const fresh = id ?? (await idOfKey(tx, key));
    if (id === undefined) return loadSupervision(context, tx, fresh);
    await attachOrders(tx, context, id, request.orders);
    const { year } = toBeijing(now);
    const code = `DB${year}-${String(id).padStart(5, '0')}`;
    await sql`update supervision set code = ${code} where id = ${id}`.execute(tx);
    const text = `${request.asked}（${momentText(request.answerBy)} 前答复）`;
    await noteSupervision(tx, context, { ...asked, id, code }, { kind: 'issued', text, at: now });
    return loadSupervision(context, tx, id);
  });
}

async function platformOf(tx: Tx, code: string): Promise<Asked> {
  const { rows } = await sql<Asked>`
    select id, place, scenario from platform where code = ${code} and place is not null`.execute(tx);
  if (!rows[0]) throw new AppError('record.not-found', { what: '平台', id: code });
  return rows[0];
}

async function insert(
  tx: Tx,
  context: RequestContext,
  draft: { readonly request: Request; readonly asked: Asked; readonly key: string; readonly now: number },
): Promise<number | undefined> {
  const { request, asked, key, now } = draft;
  const { escalation } = await limitsInForce(tx, now);
  const { nextAt } = standingAt(escalation, { issuedAt: now, answerBy: request.answerBy }, now);
  const { accountId, name } = context.actor;
  const { rows } = await sql<{ id: number }>`
    insert into supervision (code, platform_id, place, scenario, issued_by_id, issued_by, asked, issued_at, answer_by, state,
      next_at, idempotency_key)
    values (${key}, ${asked.id}, ${asked.place}, ${asked.scenario}::int2, ${accountId}, ${name}, ${request.asked},
      ${new Date(now)}, ${new Date(request.answerBy)}, 'open', ${new Date(nextAt)}, ${key})
    on conflict (idempotency_key) do nothing returning id`.execute(tx);
  return rows[0]?.id;
}

async function idOfKey(tx: Tx, key: string): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select id from supervision where idempotency_key = ${key}`.execute(tx);
  if (!rows[0]) throw new AppError('record.changed');
  return rows[0].id;
}

/** The orders it is about: each where the caller may direct, or it is not found. */
async function attachOrders(
  tx: Tx,
  context: RequestContext,
  id: number,
  orders: readonly number[],
): Promise<void> {
  const wanted = [...new Set(orders)];
  if (wanted.length === 0) return;
  const { rows } = await sql<{ id: number; place: number; scenario: number }>`
    select id, place, scenario from work_order where id = any(${wanted})`.execute(tx);
  const found = new Map(rows.map((row) => [row.id, row]));
  for (const one of wanted) {
    const order = found.get(one);
    if (!order || !context.actor.rights.mayAt('supervision.issue', order))
      throw new AppError('record.not-found', { what: '工单', id: one });
  }
  await sql`insert into supervision_order (supervision_id, work_order_id, place, scenario)
    select ${id}, id, place, scenario from work_order where id = any(${wanted})`.execute(tx);
}
