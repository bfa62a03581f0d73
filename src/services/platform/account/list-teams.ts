import type { deputyRoutes } from '#contract/platform';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import { containing } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { loadTeams, showTeam } from './team-view.ts';

type Query = z.output<typeof deputyRoutes.listTeams.query>;
type Reply = z.output<typeof deputyRoutes.listTeams.reply>;

/** A page of the teams in the caller's scope; disbanded ones only where they are asked for. */
export async function listTeams(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<Reply> {
  context.authorize('duty.read');
  const { search } = query;
  const conditions = sql.join(
    [
      sql`t.id > ${readIdCursor(query.after)}`,
      query.disbanded === true ? [] : sql`t.disbanded_at is null`,
      search === undefined
        ? []
        : sql`(t.name ilike ${containing(search)} or t.code ilike ${containing(search)})`,
    ].flat(),
    sql` and `,
  );
  return context.transaction(async (tx) => {
    const rows = await loadTeams(
      tx,
      context.now(),
      sql`where ${conditions} order by t.id limit ${query.limit + 1}`,
    );
    const { page, next } = cutPage(rows, query.limit, (row) => String(row.id));
    return { items: page.map((row) => showTeam(context, row)), next };
  });
}
