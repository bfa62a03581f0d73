import type { rehearsalRoutes } from '#contract/standard';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { findDraft } from '../version/lock-draft.ts';
import { loadRehearsals, showRehearsal } from './rehearsal-view.ts';

type Route = typeof rehearsalRoutes.listRehearsals;

/** A page of a draft's rehearsals, newest first. Throws `record.not-found`. */
export async function listRehearsals(
  context: RequestContext,
  { params, query }: { readonly params: z.output<Route['params']>; readonly query: z.output<Route['query']> },
): Promise<z.output<Route['reply']>> {
  context.authorize('standard.read');
  return context.transaction(async (tx) => {
    await findDraft(tx, params.id);
    const before = query.after === undefined ? sql`true` : sql`r.id < ${readIdCursor(query.after)}`;
    const rows = await loadRehearsals(
      tx,
      sql`where r.draft_id = ${params.id} and ${before} order by r.id desc limit ${query.limit + 1}`,
    );
    const { page, next } = cutPage(rows, query.limit, (row) => String(row.id));
    return { items: page.map((row) => showRehearsal(context, row)), next };
  });
}
