import type { Notification, NotificationPreference, notificationRoutes } from '#contract/command';
import type { ChannelKind } from '#model/command';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { ADDRESS_PURPOSE } from './load-addresses.ts';
import { loadNotifications } from './notification-view.ts';

type Routes = typeof notificationRoutes;
/** Beyond it “99+” says enough. */
const COUNT_MOST = 100;

/** A page of what I am told on the page itself, the newest first, and how much of it I have not read. */
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
      sql`where n.account_id = ${account} and n.kind = 'in-app' and n.state in ('delivered', 'read') and ${before}
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

export async function getNotificationPreference(context: RequestContext): Promise<NotificationPreference> {
  context.authorizeSelf();
  return context.transaction((tx) => preferenceOf(tx, context.actor.accountId));
}

/** Changes my quiet hours and my accounts in the channels; these are sealed and not told again. */
export async function putNotificationPreference(
  context: RequestContext,
  { body }: { readonly body: z.output<Routes['putNotificationPreference']['body']> },
): Promise<NotificationPreference> {
  context.authorizeSelf();
  const account = context.actor.accountId;
  return context.transaction(async (tx) => {
    const before = await tx
      .selectFrom('notification_preference')
      .select('addresses_sealed')
      .where('account_id', '=', account)
      .forUpdate()
      .executeTakeFirst();
    const sealed = before?.addresses_sealed ?? null;
    const known =
      sealed === null
        ? {}
        : (JSON.parse(context.vault.open(sealed, ADDRESS_PURPOSE)) as Record<string, string>);
    const addresses = Object.entries({ ...known, ...body.addresses }).filter(([, to]) => to !== '');
    const row = {
      quiet_from: body.quiet?.from ?? null,
      quiet_to: body.quiet?.to ?? null,
      addresses_sealed: context.vault.seal(JSON.stringify(Object.fromEntries(addresses)), ADDRESS_PURPOSE),
      address_kinds: addresses.map(([kind]) => kind),
    };
    await tx
      .insertInto('notification_preference')
      .values({ account_id: account, ...row })
      .onConflict((conflict) => conflict.column('account_id').doUpdateSet(row))
      .execute();
    return preferenceOf(tx, account);
  });
}

async function preferenceOf(tx: Tx, account: number): Promise<NotificationPreference> {
  const row = await tx
    .selectFrom('notification_preference')
    .select(['quiet_from', 'quiet_to', 'address_kinds'])
    .where('account_id', '=', account)
    .executeTakeFirst();
  const { quiet_from: from = null, quiet_to: to = null, address_kinds: kinds = [] } = row ?? {};
  return {
    quiet: from === null || to === null ? null : { from, to },
    addressKinds: kinds as ChannelKind[],
  };
}
