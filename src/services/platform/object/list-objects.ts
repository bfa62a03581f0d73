import { AppError } from '#base';
import type { platformRoutes } from '#contract/platform';
import { scenarioOf } from '#model/platform';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

import { loadObjects } from './object-view.ts';

type Query = z.output<typeof platformRoutes.listObjects.query>;
type Reply = z.output<typeof platformRoutes.listObjects.reply>;

/** A page of the objects the caller may see, in the order they were registered. */
export async function listObjects(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<Reply> {
  context.authorize('object.read');
  const conditions = sql.join(
    [context.reach('o'), sql`o.id > ${readIdCursor(query.after)}`, ...filters(query)],
    sql` and `,
  );
  return context.transaction(async (tx) => {
    const suffix = sql`where ${conditions} order by o.id limit ${query.limit + 1}`;
    const rows = await loadObjects(context, tx, suffix);
    const { page, next } = cutPage(rows, query.limit, (row) => String(row.id));
    return { items: [...page], next };
  });
}

function filters(query: Query): readonly RawBuilder<unknown>[] {
  const narrowing = narrowingOf(query);
  const { search = '', retired = false, after, limit } = query;
  const needle = search.trim();
  if (needle === '')
    return [retired ? sql`o.retired_at is not null` : sql`o.retired_at is null`, ...narrowing];
  const wanted = retired ? 'retired-object' : 'object';
  // What is found is narrowed afterwards: then a page's worth of it may not be enough.
  const most = narrowing.length === 0 ? limit + 1 : null;
  const found = sql`o.id in (select search_ids(${wanted}, ${needle}, ${readIdCursor(after)}::int, ${most}::int))`;
  return [found, ...narrowing];
}

function narrowingOf({ scenario, town, village, unit, approximate }: Query): readonly RawBuilder<unknown>[] {
  return [
    scenario === undefined ? [] : sql`o.scenarios && ${[numberOf(scenario)]}::int2[]`,
    town === undefined ? [] : sql`o.town = ${town}`,
    village === undefined ? [] : sql`o.village = ${village}`,
    unit === undefined ? [] : sql`${unit} in (w.code, p.code, m.code)`,
    approximate === undefined ? [] : sql`o.place_approximate = ${approximate}`,
  ].flat();
}

function numberOf(code: string): number {
  const found = scenarioOf(code);
  if (!found) throw new AppError('input.invalid', { issues: `没有场景“${code}”` });
  return found.id;
}
