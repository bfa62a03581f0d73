import type { shelfRoutes } from '#contract/warning';
import { cutPage, readCursor, type RequestContext, writeCursor } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { loadShelves, showShelf } from './shelf-view.ts';

type Route = typeof shelfRoutes.listShelves;

/** A page of shelves in the caller's sight, newest first. */
export async function listShelves(
  context: RequestContext,
  { query }: { readonly query: z.output<Route['query']> },
): Promise<z.output<Route['reply']>> {
  context.authorize('warning.read');
  const cursor = readCursor(query.after);
  const conditions = [context.reach('s')];
  if (query.state) conditions.push(sql`s.state = ${query.state}`);
  if (cursor) conditions.push(sql`(s.made_at, s.id) < (${new Date(cursor.at)}, ${cursor.id})`);
  return context.transaction(async (tx) => {
    const rows = await loadShelves(
      tx,
      sql`where ${sql.join(conditions, sql` and `)} order by s.made_at desc, s.id desc limit ${query.limit + 1}`,
    );
    const { page, next } = cutPage(rows, query.limit, (row) => writeCursor(row.madeAt, row.id));
    return { items: page.map((row) => showShelf(row, context)), next };
  });
}
