import type { AddressGuard } from '#outlets/call';
import { postWebhook, type WebhookOutcome } from '#outlets/webhook';
import type { SystemContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { countUse } from '../sharing/count-use.ts';
import { noteAttempt } from './pause-webhooks.ts';
import { SECRET_PURPOSE } from './webhook-view.ts';

/** Waits after each attempt that failed, in seconds; after the last a message is dead until somebody sends it again. */
const WAITS = [5, 15, 60, 120, 300, 600, 1800, 3600, 7200] as const;
const AT_ONCE = 20;

interface Head {
  readonly id: number;
  readonly webhook: number;
  readonly url: string;
  readonly secret_sealed: string;
  readonly message_id: string;
  readonly body: string;
  readonly attempts: number;
  readonly readings: number;
  readonly grant_id: number | null;
  readonly item_id: number | null;
}

/**
 * Sends the oldest waiting message of every webhook whose time has come: one webhook's messages one after the other, different
 * ones beside each other. Gives how many were taken; while that is not 0 there may be more.
 */
export async function deliverWebhooks(context: SystemContext, guard: AddressGuard): Promise<number> {
  const heads = await context.transaction((tx) => loadHeads(tx, context.now()));
  const taken = await Promise.all(heads.map((head) => deliver(context, guard, head)));
  return taken.filter(Boolean).length;
}

async function loadHeads(tx: Tx, now: number): Promise<readonly Head[]> {
  const { rows } = await sql<Head>`
    select d.id, h.id as webhook, h.url, h.secret_sealed, d.message_id, d.body, d.attempts, d.readings, h.grant_id, g.item_id
    from webhook h join lateral (
      select * from webhook_delivery w where w.webhook_id = h.id and w.state = 'waiting' order by w.id limit 1
    ) d on d.next_at <= ${new Date(now)}
    left join shared_grant g on g.id = h.grant_id
    where h.removed_at is null and h.paused_at is null order by d.next_at limit ${AT_ONCE}`.execute(tx);
  return rows;
}

async function deliver(context: SystemContext, guard: AddressGuard, head: Head): Promise<boolean> {
  const secret = context.vault.open(head.secret_sealed, SECRET_PURPOSE);
  const { url, message_id: id, body } = head;
  const outcome = await postWebhook({ url, secret, id, body, now: context.now() }, guard);
  await context.transaction((tx) => note(tx, head, { outcome, now: context.now() }));
  return outcome.taken;
}

async function note(
  tx: Tx,
  head: Head,
  { outcome, now }: { readonly outcome: WebhookOutcome; readonly now: number },
): Promise<void> {
  const attempts = head.attempts + 1;
  const wait = WAITS[head.attempts];
  const failure = outcome.taken ? null : outcome.failure;
  const state = outcome.taken ? 'delivered' : wait === undefined ? 'dead' : 'waiting';
  await tx
    .updateTable('webhook_delivery')
    .set({
      state,
      attempts,
      tried_at: new Date(now),
      next_at: new Date(now + (wait ?? 0) * 1000),
      failure,
    })
    .where('id', '=', head.id)
    .execute();
  await noteAttempt(tx, head.webhook, { taken: outcome.taken, failure, now });
  const isUse = outcome.taken && head.readings > 0 && head.item_id !== null;
  if (isUse)
    await countUse(tx, { item: head.item_id, grant: head.grant_id, at: now, readings: head.readings });
}
