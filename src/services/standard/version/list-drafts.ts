import type { versionRoutes } from '#contract/standard';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

import { loadDrafts, showDraft } from './draft-view.ts';

type Route = typeof versionRoutes.listStandardDrafts;
type Query = z.output<Route['query']>;

/** A page of the drafts in the caller's scope, newest first. */
export async function listDrafts(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<z.output<Route['reply']>> {
  context.authorize('standard.read');
  const conditions = sql.join([sql`true`, ...filters(query)], sql` and `);
  return context.transaction(async (tx) => {
    const rows = await loadDrafts(tx, sql`where ${conditions} order by d.id desc limit ${query.limit + 1}`);
    const { page, next } = cutPage(rows, query.limit, (row) => String(row.id));
    return { items: page.map((row) => showDraft(context, row)), next };
  });
}

function filters({ after, scenario, state }: Query): readonly RawBuilder<unknown>[] {
  return [
    after === undefined ? [] : sql`d.id < ${readIdCursor(after)}`,
    scenario === undefined ? [] : sql`s.code = ${scenario}`,
    state === undefined ? [] : sql`d.state = ${state}`,
  ].flat();
}
