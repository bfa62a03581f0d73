import type { monitoringRoutes, Point } from '#contract/monitoring';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import type { MonitoringDesk } from './desk.ts';
import { loadPointViews, showPoint } from './point-view.ts';

type Query = z.output<typeof monitoringRoutes.listPoints.query>;

export interface PointPage {
  readonly items: Point[];
  readonly next: string | null;
  readonly total: number;
  readonly stale: number;
}

/** A page of points with their newest values; `total` and `stale` count all points the caller may see. */
export async function listPoints(
  context: RequestContext,
  desk: MonitoringDesk,
  { query }: { readonly query: Query },
): Promise<PointPage> {
  context.authorize('reading.read');
  const { book } = desk.ingest;
  const now = context.now();
  const conditions = [
    context.reach('p'),
    sql`p.id > ${readIdCursor(query.after)}`,
    ...(query.object === undefined ? [] : [sql`(o.code = ${query.object} or o.id::text = ${query.object})`]),
    ...(query.search === undefined
      ? []
      : [sql`strpos(lower(p.code || ' ' || o.name || ' ' || e.name), lower(${query.search})) > 0`]),
  ];
  return context.transaction(async (tx) => {
    const all = await tx.selectFrom('point').select('id').execute();
    const isStale = (id: number): boolean =>
      book.session[id] === 0 && !(now - (book.newestAt[id] ?? Number.NEGATIVE_INFINITY) <= book.freshFor(id));
    const staleIds = all.map((row) => row.id).filter(isStale);
    if (query.stale === true) conditions.push(sql`p.id = any(${staleIds})`);
    const rows = await loadPointViews(tx, {
      suffix: sql`where ${sql.join(conditions, sql` and `)} order by p.id limit ${query.limit + 1}`,
    });
    const { page, next } = cutPage(rows, query.limit, (row) => String(row.id));
    return {
      items: page.map((row) => showPoint(row, book, now)),
      next,
      total: all.length,
      stale: staleIds.length,
    };
  });
}
