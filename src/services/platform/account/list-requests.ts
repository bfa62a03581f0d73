import type { accountRoutes } from '#contract/platform';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import { containing } from '#storage';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

import { loadRequests, showRequest } from './request-view.ts';

type Query = z.output<typeof accountRoutes.listAccountRequests.query>;
type Reply = z.output<typeof accountRoutes.listAccountRequests.reply>;

/** A page of the requests in the caller's scope and of the own ones, newest first. */
export async function listAccountRequests(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<Reply> {
  context.authorize('account.read');
  const conditions = sql.join([sql`true`, ...filters(query)], sql` and `);
  return context.transaction(async (tx) => {
    const rows = await loadRequests(tx, sql`where ${conditions} order by r.id desc limit ${query.limit + 1}`);
    const { page, next } = cutPage(rows, query.limit, (row) => String(row.id));
    return { items: page.map((row) => showRequest(context, row)), next };
  });
}

function filters({ after, state, action, batch, search }: Query): readonly RawBuilder<unknown>[] {
  return [
    after === undefined ? [] : sql`r.id < ${readIdCursor(after)}`,
    state === undefined ? [] : sql`r.state = ${state}`,
    action === undefined ? [] : sql`r.action = ${action}`,
    batch === undefined ? [] : sql`r.batch_id = ${batch}`,
    search === undefined
      ? []
      : sql`(r.username ilike ${containing(search)} or r.name ilike ${containing(search)})`,
  ].flat();
}
