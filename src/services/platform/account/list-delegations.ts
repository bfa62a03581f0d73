import type { deputyRoutes } from '#contract/platform';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { requireSession } from '../session/credential.ts';
import { loadDelegations, showDelegation } from './delegation-view.ts';

type Query = z.output<typeof deputyRoutes.listDelegations.query>;
type Reply = z.output<typeof deputyRoutes.listDelegations.reply>;

/** Who acts for whom, newest first: one's own, or those of everybody in scope. */
export async function listDelegations(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<Reply> {
  if (query.of === 'mine') {
    requireSession(context);
    context.authorizeSelf();
  } else context.authorize('delegation.arrange');
  const at = new Date(context.now());
  const conditions = sql.join(
    [
      query.after === undefined ? [] : sql`d.id < ${readIdCursor(query.after)}`,
      query.of === 'mine' ? sql`${context.actor.accountId} in (d.principal_id, d.deputy_id)` : [],
      query.over === true ? [] : sql`d.ended_at is null and d.to_at > ${at}`,
      sql`true`,
    ].flat(),
    sql` and `,
  );
  return context.transaction(async (tx) => {
    const rows = await loadDelegations(
      tx,
      sql`where ${conditions} order by d.id desc limit ${query.limit + 1}`,
    );
    const { page, next } = cutPage(rows, query.limit, (row) => String(row.id));
    return { items: page.map((row) => showDelegation(context, row)), next };
  });
}
