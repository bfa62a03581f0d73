import type { Cascade, cascadeRoutes } from '#contract/warning';
import { cutPage, readCursor, type RequestContext, writeCursor } from '#services/context';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

import { loadCascades, showCascade } from './cascade-view.ts';

type Query = z.output<typeof cascadeRoutes.listCascades.query>;

/** A page of cascades whose cause, or any of whose reached objects, the caller may see; newest first. */
export async function listCascades(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<{ readonly items: Cascade[]; readonly next: string | null }> {
  context.authorize('warning.read');
  const cursor = readCursor(query.after);
  const conditions = [sql`true`, ...filters(query)];
  if (cursor) conditions.push(sql`(c.began_at, c.id) < (${new Date(cursor.at)}, ${cursor.id})`);
  const where = sql`where ${sql.join(conditions, sql` and `)}`;
  return context.transaction(async (tx) => {
    const rows = await loadCascades(
      tx,
      sql`${where} order by c.began_at desc, c.id desc limit ${query.limit + 1}`,
    );
    const { page, next } = cutPage(rows, query.limit, (row) => writeCursor(row.beganAt, row.id));
    return { items: page.map((row) => showCascade(row, context.actor)), next };
  });
}

function filters({ state, warning, object }: Query): RawBuilder<unknown>[] {
  const reaches = (where: RawBuilder<unknown>): RawBuilder<unknown> =>
    sql`exists (select from cascade_reach r where r.cascade_id = c.id and ${where})`;
  return [
    state === undefined ? [] : state === 'running' ? sql`c.ended_at is null` : sql`c.ended_at is not null`,
    warning === undefined
      ? []
      : sql`(c.cause_kind = 'warning' and c.cause_id = ${warning} or ${reaches(sql`r.warning_id = ${warning}`)})`,
    object === undefined ? [] : sql`(c.object_id = ${object} or ${reaches(sql`r.object_id = ${object}`)})`,
  ].flat();
}
