import type { commandRoutes } from '#contract/command';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { loadSwaps, showSwaps } from './swap-view.ts';

type Query = z.output<typeof commandRoutes.listSwaps.query>;
type Reply = z.output<typeof commandRoutes.listSwaps.reply>;

/** Swaps the caller may see, newest first. */
export async function listSwaps(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<Reply> {
  context.authorize('duty.read');
  const { state, roster, mine, limit } = query;
  const me = context.actor.accountId;
  const after = readIdCursor(query.after);
  const conditions = [
    after === 0 ? [] : sql`w.id < ${after}`,
    state === undefined ? [] : sql`w.state = ${state}`,
    roster === undefined ? [] : sql`w.roster_id = ${roster}`,
    mine === true ? sql`${me} in (w.requester_id, w.other_id)` : [],
  ].flat();
  const where = conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`;
  return context.transaction(async (tx) => {
    const rows = await loadSwaps(tx, sql`${where} order by w.id desc limit ${limit + 1}`);
    const { page, next } = cutPage(rows, limit, (row) => String(row.id));
    return { items: await showSwaps(context, tx, page), next };
  });
}
