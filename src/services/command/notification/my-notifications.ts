import type { Notification, notificationRoutes } from '#contract/command';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { loadNotifications } from './notification-view.ts';

type Routes = typeof notificationRoutes;
/** Beyond it “99+” says enough. */
const COUNT_MOST = 100;

const BY = {
  'in-app': sql`n.kind = 'in-app' and n.state in ('delivered', 'read')`,
  channels: sql`n.kind <> 'in-app'`,
} as const;

/** A page of what I am told on the page itself or by channels, the newest first, and how much of the former I have not read. */
export async function listMyNotifications(
  context: RequestContext,
  { query }: { readonly query: z.output<Routes['listMyNotifications']['query']> },
): Promise<{ items: Notification[]; next: string | null; unread: number }> {
  context.authorizeSelf();
  const account = context.actor.accountId;
  return context.transaction(async (tx) => {
    const before = query.after === undefined ? sql`true` : sql`n.id < ${readIdCursor(query.after)}`;
    const rows = await loadNotifications(
      tx,
      sql`where n.account_id = ${account} and ${BY[query.by]} and ${before}
        order by n.id desc limit ${query.limit + 1}`,
    );
    const { rows: counted } = await sql<{ n: number }>`select count(*) as n from (
      select from notification where account_id = ${account} and kind = 'in-app' and read_at is null and state = 'delivered'
      limit ${COUNT_MOST}) unread`.execute(tx);
    const { page, next } = cutPage(rows, query.limit, ({ id }) => String(id));
    return { items: [...page], next, unread: counted[0]?.n ?? 0 };
  });
}

/** I have seen everything up to this one. */
export async function readMyNotifications(
  context: RequestContext,
  { body }: { readonly body: z.output<Routes['readMyNotifications']['body']> },
): Promise<{ read: number }> {
  context.authorizeSelf();
  return context.transaction(async (tx) => {
    const { numAffectedRows } =
      await sql`update notification set state = 'read', read_at = ${new Date(context.now())}
      where account_id = ${context.actor.accountId} and kind = 'in-app' and read_at is null and state = 'delivered'
        and id <= ${body.upTo}`.execute(tx);
    return { read: Number(numAffectedRows ?? 0) };
  });
}
