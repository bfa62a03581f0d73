import { AppError } from '#base';
import type { Notification, notificationRoutes } from '#contract/command';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { loadNotifications } from './notification-view.ts';

type Routes = typeof notificationRoutes;
interface Page {
  readonly items: Notification[];
  readonly next: string | null;
}
/** Gathered ones are looked for so long after an order opened. */
const GATHERED_WITHIN = '30 days';

/** A page of what was told to whom within the caller's scope, the newest first. */
export async function listNotifications(
  context: RequestContext,
  { query }: { readonly query: z.output<Routes['listNotifications']['query']> },
): Promise<Page> {
  context.authorize('duty.read');
  const { state, kind, limit } = query;
  const conditions = [
    context.reach('n'),
    query.after === undefined ? sql`true` : sql`n.id < ${readIdCursor(query.after)}`,
    state === undefined ? sql`true` : sql`n.state = ${state}`,
    kind === undefined ? sql`true` : sql`n.kind = ${kind}`,
  ];
  return context.transaction(async (tx) => {
    const rows = await loadNotifications(
      tx,
      sql`where ${sql.join(conditions, sql` and `)} order by n.id desc limit ${limit + 1}`,
    );
    const { page, next } = cutPage(rows, limit, ({ id }) => String(id));
    return { items: [...page], next };
  });
}

/** What was told about an order, gathered messages that stand for it among it. Throws `record.not-found`. */
export async function listOrderNotifications(
  context: RequestContext,
  {
    params,
    query,
  }: {
    readonly params: { readonly id: number };
    readonly query: z.output<Routes['listOrderNotifications']['query']>;
  },
): Promise<Page> {
  context.authorize('work-order.read');
  return context.transaction(async (tx) => {
    const order = await tx
      .selectFrom('work_order')
      .select(['place', 'scenario', 'opened_at'])
      .where('id', '=', params.id)
      .executeTakeFirst();
    if (!order) throw new AppError('record.not-found', { what: '工单', id: params.id });
    context.authorizeRecord('work-order.read', order);
    const before = query.after === undefined ? sql`true` : sql`n.id < ${readIdCursor(query.after)}`;
    const since = new Date(order.opened_at);
    // What was told together with orders that the caller does not see: that it was told, without what it names.
    const told = sql`(select * from notification where work_order_id = ${params.id}
      union all
      select * from notification where gathered is not null and scenario = ${order.scenario} and cause like 'work-order.%'
        and created_at between ${since}::timestamptz - interval '1 hour' and ${since}::timestamptz + ${GATHERED_WITHIN}::interval
        and ${params.id}::bigint = any(gathered)
      union all
      select * from gathered_elsewhere(${params.id}::bigint, ${order.scenario}::int2, ${since}::timestamptz) e
        where not exists (select from notification v where v.id = e.id))`;
    const rows = await loadNotifications(
      tx,
      sql`where ${before} order by n.id desc limit ${query.limit + 1}`,
      told,
    );
    const { page, next } = cutPage(rows, query.limit, ({ id }) => String(id));
    return { items: [...page], next };
  });
}
