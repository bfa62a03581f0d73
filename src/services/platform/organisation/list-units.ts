import type { organisationRoutes } from '#contract/platform';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

import { loadUnits } from './unit-view.ts';

type Query = z.output<typeof organisationRoutes.listUnits.query>;
type Reply = z.output<typeof organisationRoutes.listUnits.reply>;

/** A page of the units the caller may see, in the order they were registered. */
export async function listUnits(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<Reply> {
  context.authorize('platform.read');
  const conditions = sql.join([sql`t.id > ${readIdCursor(query.after)}`, ...filters(query)], sql` and `);
  return context.transaction(async (tx) => {
    const rows = await loadUnits(
      context,
      tx,
      sql`where ${conditions} order by t.id limit ${query.limit + 1}`,
    );
    const { page, next } = cutPage(rows, query.limit, (row) => String(row.id));
    return { items: [...page], next };
  });
}

function filters({ search, kind, platform, after, limit }: Query): readonly RawBuilder<unknown>[] {
  const narrowing = [
    kind === undefined ? [] : sql`t.kind = ${kind}`,
    platform === undefined ? [] : sql`p.code = ${platform}`,
  ].flat();
  const needle = search?.trim() ?? '';
  if (needle === '') return narrowing;
  // What is found is narrowed afterwards: then a page's worth of it may not be enough.
  const most = narrowing.length === 0 ? limit + 1 : null;
  const found = sql`t.id in (select search_ids('unit', ${needle}, ${readIdCursor(after)}::int, ${most}::int))`;
  return [found, ...narrowing];
}
