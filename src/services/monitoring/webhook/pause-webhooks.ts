import type { Webhook, webhookRoutes } from '#contract/monitoring';
import { AppError } from '#base';
import { DELIVERIES_KEPT_DAYS } from '#model/monitoring';
import { audit, auditRule, type RequestContext, type SystemContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { lockWebhook } from './lock-webhook.ts';
import { loadWebhooks } from './webhook-view.ts';

const DAY_MS = 86_400_000;
/** So long nothing has been taken, and a webhook stands still until a person resumes it. */
const PAUSE_AFTER_DAYS = 3;
/** What was received in a longer pause is not sent afterwards: the receiver can ask for it. */
const CATCH_UP_MS = DAY_MS;

/** Stops a webhook for a while: nothing is sent, readings are not queued, warnings wait. Throws `record.not-found`. */
export async function pauseWebhook(
  context: RequestContext,
  {
    params: { id },
    body,
  }: {
    readonly params: { readonly id: number };
    readonly body: z.output<typeof webhookRoutes.pauseWebhook.body>;
  },
): Promise<Webhook> {
  context.authorize('sharing.manage');
  return context.transaction(async (tx) => {
    const { place } = await lockWebhook(context, tx, id);
    const paused_by = context.actor.username;
    const pause_reason = body.note ?? null;
    await tx
      .updateTable('webhook')
      .set({ paused_at: new Date(context.now()), paused_by, pause_reason })
      .where('id', '=', id)
      .where('paused_at', 'is', null)
      .execute();
    await audit(context, tx, { action: 'webhook.pause', subject: `webhook/${id}`, after: body, place });
    return one(tx, id);
  });
}

/** Lets a webhook go on at once, with what waits and the last day's readings. Throws `record.not-found`. */
export async function resumeWebhook(context: RequestContext, id: number): Promise<Webhook> {
  context.authorize('sharing.manage');
  return context.transaction(async (tx) => {
    const { place } = await lockWebhook(context, tx, id);
    const now = context.now();
    await sql`
      update webhook set paused_at = null, paused_by = null, pause_reason = null, failing_since = null,
        queued_to = greatest(queued_to, ${new Date(now - CATCH_UP_MS)})
      where id = ${id} and paused_at is not null`.execute(tx);
    await sql`update webhook_delivery set next_at = ${new Date(now)} where webhook_id = ${id} and state = 'waiting'`.execute(
      tx,
    );
    await audit(context, tx, { action: 'webhook.resume', subject: `webhook/${id}`, place });
    return one(tx, id);
  });
}

/** Notes what came of an attempt: one that nothing has been taken by for days stands still by itself. */
export async function noteAttempt(
  tx: Tx,
  webhook: number,
  { taken, failure, now }: { readonly taken: boolean; readonly failure: string | null; readonly now: number },
): Promise<void> {
  if (taken) {
    await sql`update webhook set failing_since = null where id = ${webhook} and failing_since is not null`.execute(
      tx,
    );
    return;
  }
  await sql`update webhook set failing_since = ${new Date(now)} where id = ${webhook} and failing_since is null`.execute(
    tx,
  );
  const reason = `连续 ${PAUSE_AFTER_DAYS} 天没有送成：${failure ?? ''}`;
  const { rows } = await sql<{ place: number }>`
    update webhook set paused_at = ${new Date(now)}, paused_by = null, pause_reason = ${reason}
    where id = ${webhook} and paused_at is null and removed_at is null
      and failing_since <= ${new Date(now - PAUSE_AFTER_DAYS * DAY_MS)}
    returning place`.execute(tx);
  await auditRule(
    tx,
    { rule: 'pause-webhooks', at: now },
    rows.map(({ place }) => ({
      action: 'webhook.pause',
      subject: `webhook/${webhook}`,
      place,
      scenario: null,
      after: { reason },
    })),
  );
}

const KEPT_MS = DELIVERIES_KEPT_DAYS * DAY_MS;
const BATCH = 5000;

/** Removes deliveries that have served their time, but for the last that was taken; gives how many. */
export async function forgetDeliveries(system: SystemContext): Promise<number> {
  return system.transaction(async (tx) => {
    const { numAffectedRows } = await sql`delete from webhook_delivery where id in (
      select d.id from webhook_delivery d join webhook h on h.id = d.webhook_id
      where d.created_at < ${new Date(system.now() - KEPT_MS)} and (d.state <> 'waiting' or h.removed_at is not null)
        and d.id <> coalesce((select max(m.id) from webhook_delivery m where m.webhook_id = d.webhook_id and m.state = 'delivered'), 0)
      limit ${BATCH})`.execute(tx);
    return Number(numAffectedRows ?? 0);
  });
}

async function one(tx: Tx, id: number): Promise<Webhook> {
  const [webhook] = await loadWebhooks(tx, sql`h.id = ${id}`);
  if (!webhook) throw new AppError('record.not-found', { what: '数据推送', id: String(id) });
  return webhook;
}
