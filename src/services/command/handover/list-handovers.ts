import type { commandRoutes, Handover, HandoverDetail } from '#contract/command';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { loadHandovers, showHandover, showSummary } from './handover-view.ts';

type Query = z.output<typeof commandRoutes.listHandovers.query>;
type Reply = z.output<typeof commandRoutes.listHandovers.reply>;

/** Hand-overs the caller may see, newest first. */
export async function listHandovers(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<Reply> {
  context.authorize('duty.read');
  const { platform, roster, waiting, limit } = query;
  const after = readIdCursor(query.after);
  const conditions = [
    after === 0 ? [] : sql`h.id < ${after}`,
    platform === undefined ? [] : sql`h.platform_id = (select id from platform where code = ${platform})`,
    roster === undefined ? [] : sql`h.roster_id = ${roster}`,
    waiting === true ? sql`h.state <> 'complete'` : [],
  ].flat();
  const where = conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`;
  return context.transaction(async (tx) => {
    const rows = await loadHandovers(tx, sql`${where} order by h.id desc limit ${limit + 1}`);
    const { page, next } = cutPage(rows, limit, (row) => String(row.id));
    const items: Handover[] = [];
    for (const row of page) items.push(await showSummary(context, tx, row));
    return { items, next };
  });
}

/** One hand-over: its page, signatures and notes. Throws `record.not-found`. */
export async function getHandover(
  context: RequestContext,
  { params }: { readonly params: { readonly id: number } },
): Promise<HandoverDetail> {
  context.authorize('duty.read');
  return context.transaction((tx) => showHandover(context, tx, params.id));
}
