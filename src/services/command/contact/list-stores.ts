import type { commandRoutes } from '#contract/command';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import { containing } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { loadStores, showStore } from './store-view.ts';

type Query = z.output<typeof commandRoutes.listStores.query>;
type Reply = z.output<typeof commandRoutes.listStores.reply>;

/** A page of the emergency stores the caller may see. */
export async function listStores(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<Reply> {
  context.authorize('duty.read');
  const { platform, search, retired, limit } = query;
  const pattern = search === undefined || search === '' ? undefined : containing(search);
  const conditions = [
    sql`e.id > ${readIdCursor(query.after)}`,
    retired === true ? sql`e.retired_at is not null` : sql`e.retired_at is null`,
    platform === undefined ? [] : sql`e.platform_id = (select id from platform where code = ${platform})`,
    pattern === undefined
      ? []
      : sql`(e.name ilike ${pattern} or e.address ilike ${pattern}
          or exists (select from jsonb_array_elements(e.items) i where i->>'name' ilike ${pattern}))`,
  ].flat();
  return context.transaction(async (tx) => {
    const rows = await loadStores(
      tx,
      sql`where ${sql.join(conditions, sql` and `)} order by e.id limit ${limit + 1}`,
    );
    const { page, next } = cutPage(rows, limit, (row) => String(row.id));
    return { items: page.map((row) => showStore(row, context.actor)), next };
  });
}
