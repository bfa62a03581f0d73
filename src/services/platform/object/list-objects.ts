import { AppError } from '#base';
import type { platformRoutes } from '#contract/platform';
import { scenarioOf } from '#model/platform';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

import { loadObjects } from './object-view.ts';
import { containing } from './search-pattern.ts';

type Query = z.output<typeof platformRoutes.listObjects.query>;
type Reply = z.output<typeof platformRoutes.listObjects.reply>;

/** A page of the objects the caller may see, in the order they were registered. */
export async function listObjects(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<Reply> {
  context.authorize('object.read');
  const conditions = sql.join([sql`o.id > ${readIdCursor(query.after)}`, ...filters(query)], sql` and `);
  return context.transaction(async (tx) => {
    const rows = await loadObjects(tx, sql`where ${conditions} order by o.id limit ${query.limit + 1}`);
    const { page, next } = cutPage(rows, query.limit, (row) => String(row.id));
    return { items: [...page], next };
  });
}

function filters({ scenario, search }: Query): readonly RawBuilder<unknown>[] {
  return [
    scenario === undefined ? [] : sql`o.scenarios && ${[numberOf(scenario)]}::int2[]`,
    search === undefined
      ? []
      : sql`(o.name ilike ${containing(search)} or o.code ilike ${containing(search)})`,
  ].flat();
}

function numberOf(code: string): number {
  const found = scenarioOf(code);
  if (!found) throw new AppError('input.invalid', { issues: `没有场景“${code}”` });
  return found.id;
}
