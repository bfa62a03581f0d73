import { AppError, momentText } from '#base';
import type { chaseRoutes, SupervisionDetail } from '#contract/response';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { loadIncident } from '../incident/incident-row.ts';
import { noteSupervision } from './note-supervision.ts';
import { askedPlatform, insertSupervision } from './insert-supervision.ts';
import { loadSupervision } from './supervision-view.ts';

type Request = z.output<typeof chaseRoutes.issueSupervision.body>;

/**
 * An office asks a platform to answer by a moment (督办), about orders that lie where it may direct, an incident that it sees, or
 * the unit itself. Sent twice with one key it is issued once.
 *
 * Throws `record.not-found` (platform, orders, incident), `access.denied`, `input.invalid` (a moment that is over).
 */
export async function issueSupervision(
  context: RequestContext,
  request: Request,
): Promise<SupervisionDetail> {
  context.authorize('supervision.issue');
  return context.transaction(async (tx) => {
    const key = `${context.actor.accountId}:${request.idempotencyKey}`;
    const platform = await askedPlatform(tx, request.platform);
    context.authorizeRecord('supervision.issue', platform);
    const { asked, answerBy, incident = null } = request;
    if (incident !== null) await loadIncident(tx, [], incident);
    const about = { sample: null, incident };
    const made = await insertSupervision(tx, context, { platform, asked, answerBy, key, ...about });
    if (made === undefined) return loadSupervision(context, tx, await idOfKey(tx, key));
    await attachOrders(tx, context, made.id, request.orders);
    const text = `${asked}（${momentText(answerBy)} 前答复）`;
    await noteSupervision(tx, context, made, { kind: 'issued', text, at: context.now() });
    return loadSupervision(context, tx, made.id);
  });
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
