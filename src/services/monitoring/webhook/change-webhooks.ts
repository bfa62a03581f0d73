import { randomBytes } from 'node:crypto';

import { AppError } from '#base';
import type { Webhook, WebhookDelivery, webhookRoutes } from '#contract/monitoring';
import { audit, cutPage, placedFor, readIdCursor, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { findOwner } from '../sharing/find-owner.ts';
import { lockWebhook } from './lock-webhook.ts';
import { loadDeliveries, loadWebhooks, SECRET_PURPOSE } from './webhook-view.ts';

const SECRET_BYTES = 32;

/** A page of webhooks, in the order they were made. */
export async function listWebhooks(
  context: RequestContext,
  { query }: { readonly query: z.output<typeof webhookRoutes.listWebhooks.query> },
): Promise<{ items: Webhook[]; next: string | null }> {
  context.authorize('sharing.manage');
  return context.transaction(async (tx) => {
    const after = readIdCursor(query.after);
    const found = await loadWebhooks(tx, sql`h.id > ${after} order by h.id limit ${query.limit + 1}`);
    const { page, next } = cutPage(found, query.limit, ({ id }) => String(id));
    return { items: [...page], next };
  });
}

/** Makes a webhook; its secret is in this answer and nowhere else. Throws `record.not-found` for a platform or a grant out of reach. */
export async function createWebhook(
  context: RequestContext,
  { body }: { readonly body: z.output<typeof webhookRoutes.createWebhook.body> },
): Promise<{ id: number; secret: string }> {
  context.authorize('sharing.manage');
  const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
  return context.transaction(async (tx) => {
    const platform = await findOwner(tx, body.platform);
    context.authorizeRecord('sharing.manage', placedFor(context, 'sharing.manage', platform));
    if (body.grant !== undefined) await refuseStrangeGrant(tx, body.grant);
    const now = new Date(context.now());
    const { id } = await tx
      .insertInto('webhook')
      .values({
        name: body.name,
        platform_id: platform.id,
        url: body.url,
        secret_sealed: context.vault.seal(secret, SECRET_PURPOSE),
        grant_id: body.grant ?? null,
        warnings: body.warnings,
        queued_to: now,
        created_by: context.actor.username,
        created_at: now,
        place: platform.place,
        scenarios: platform.scenarios,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(context, tx, {
      action: 'webhook.create',
      subject: `webhook/${id}`,
      after: body,
      place: platform.place,
    });
    return { id, secret };
  });
}

/** Ends a webhook; what it has not been sent it is not sent any more. Throws `record.not-found`. */
export async function removeWebhook(context: RequestContext, id: number): Promise<{ removed: boolean }> {
  context.authorize('sharing.manage');
  return context.transaction(async (tx) => {
    const { place, name, url } = await lockWebhook(context, tx, id);
    await tx
      .updateTable('webhook')
      .set({ removed_at: new Date(context.now()) })
      .where('id', '=', id)
      .execute();
    await audit(context, tx, {
      action: 'webhook.remove',
      subject: `webhook/${id}`,
      before: { name, url },
      place,
    });
    return { removed: true };
  });
}

/** A page of what a webhook was or will be sent, the newest first. Throws `record.not-found`. */
export async function listWebhookDeliveries(
  context: RequestContext,
  {
    params,
    query,
  }: {
    readonly params: { readonly id: number };
    readonly query: z.output<typeof webhookRoutes.listWebhookDeliveries.query>;
  },
): Promise<{ items: WebhookDelivery[]; next: string | null }> {
  context.authorize('sharing.manage');
  return context.transaction(async (tx) => {
    const found = await tx.selectFrom('webhook').select('id').where('id', '=', params.id).executeTakeFirst();
    if (!found) throw new AppError('record.not-found', { what: '数据推送', id: String(params.id) });
    const before = query.after === undefined ? sql`true` : sql`d.id < ${readIdCursor(query.after)}`;
    const rows = await loadDeliveries(
      tx,
      sql`d.webhook_id = ${params.id} and ${before} order by d.id desc limit ${query.limit + 1}`,
    );
    const { page, next } = cutPage(rows, query.limit, ({ id }) => String(id));
    return { items: [...page], next };
  });
}

/** Sends once more what was not taken, or was lost behind the receiver's door; under the same number. Throws `record.not-found`. */
export async function resendDelivery(context: RequestContext, id: number): Promise<WebhookDelivery> {
  context.authorize('sharing.manage');
  return context.transaction(async (tx) => {
    const row = await tx
      .selectFrom('webhook_delivery')
      .select(['webhook_id', 'message_id'])
      .where('id', '=', id)
      .executeTakeFirst();
    if (!row) throw new AppError('record.not-found', { what: '投递', id: String(id) });
    const { place } = await lockWebhook(context, tx, row.webhook_id);
    const anew = { state: 'waiting' as const, attempts: 0, next_at: new Date(context.now()), failure: null };
    await tx.updateTable('webhook_delivery').set(anew).where('id', '=', id).execute();
    const after = { message: row.message_id };
    await audit(context, tx, {
      action: 'webhook.resend',
      subject: `webhook/${row.webhook_id}`,
      after,
      place,
    });
    const [delivery] = await loadDeliveries(tx, sql`d.id = ${id}`);
    if (!delivery) throw new AppError('record.not-found', { what: '投递', id: String(id) });
    return delivery;
  });
}

async function refuseStrangeGrant(tx: Tx, id: number): Promise<void> {
  const found = await tx
    .selectFrom('shared_grant')
    .select('id')
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  if (!found) throw new AppError('record.not-found', { what: '共享授权', id: String(id) });
}
