import type { Webhook, WebhookDelivery } from '#contract/monitoring';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

/** Bound into the seal of a webhook's secret. */
export const SECRET_PURPOSE = 'webhook secret';

interface Row extends Omit<
  Webhook,
  'lastDeliveredAt' | 'createdBy' | 'pausedAt' | 'pausedBy' | 'pauseReason'
> {
  readonly paused_at: number | null;
  readonly paused_by: string | null;
  readonly pause_reason: string | null;
  readonly last_delivered_at: number | null;
  readonly created_by: string;
}

/** Webhooks that the caller sees, after a condition on `h` and with its order and limit. */
export async function loadWebhooks(tx: Tx, suffix: RawBuilder<unknown>): Promise<readonly Webhook[]> {
  const { rows } = await sql<Row>`
    select h.id, h.name, h.url, h.warnings, h.created_by, h.paused_at, h.paused_by, h.pause_reason, json_build_object('code', p.code, 'name', p.name) as platform,
      case when g.id is not null then json_build_object('id', g.id, 'unit', g.unit, 'item', i.name) end as grant,
      (select count(*) from webhook_delivery d where d.webhook_id = h.id and d.state = 'waiting') as waiting,
      (select count(*) from webhook_delivery d where d.webhook_id = h.id and d.state = 'dead') as dead,
      (select max(d.tried_at) from webhook_delivery d where d.webhook_id = h.id and d.state = 'delivered') as last_delivered_at,
      (select d.failure from webhook_delivery d where d.webhook_id = h.id and d.state = 'waiting' order by d.id limit 1) as failure
    from webhook h join platform p on p.id = h.platform_id left join shared_grant g on g.id = h.grant_id
      left join shared_item i on i.id = g.item_id
    where h.removed_at is null and ${suffix}`.execute(tx);
  return rows.map(({ last_delivered_at, created_by, paused_at, paused_by, pause_reason, ...row }) => ({
    ...row,
    lastDeliveredAt: last_delivered_at,
    createdBy: created_by,
    pausedAt: paused_at,
    pausedBy: paused_by,
    pauseReason: pause_reason,
  }));
}

/** Deliveries that the caller sees, after a condition on `d` and with its order and limit. */
export async function loadDeliveries(
  tx: Tx,
  suffix: RawBuilder<unknown>,
): Promise<readonly WebhookDelivery[]> {
  const { rows } = await sql<WebhookDelivery>`
    select d.id, d.message_id as "messageId", d.kind, d.readings, d.created_at as "createdAt", d.state, d.attempts,
      case when d.state = 'waiting' then d.next_at end as "nextAt", d.tried_at as "triedAt", d.failure
    from webhook_delivery d where ${suffix}`.execute(tx);
  return rows;
}
