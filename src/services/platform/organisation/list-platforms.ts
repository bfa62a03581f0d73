import type { platformRoutes } from '#contract/platform';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import { containing } from '#storage';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

type Query = z.output<typeof platformRoutes.listPlatforms.query>;
type Reply = z.output<typeof platformRoutes.listPlatforms.reply>;

/** One level of the tree (the root unless told), or platforms by name or kind; in the tree's own order. */
export async function listPlatforms(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<Reply> {
  context.authorize('platform.read');
  const conditions = sql.join([sql`p.id > ${readIdCursor(query.after)}`, ...filters(query)], sql` and `);
  return context.transaction(async (tx) => {
    const { rows } = await sql<Reply['items'][number]>`
      select p.id, p.code, p.name, p.kind, u.code as parent, p.department, p.unit, s.code as scenario, p.inferred,
        p.place, p.place_to as "placeTo", p.lat, p.lon,
        (select count(*) from platform c where c.parent_id = p.id) as children
      from platform p left join platform u on u.id = p.parent_id left join scenario s on s.id = p.scenario
      where ${conditions} order by p.id limit ${query.limit + 1}`.execute(tx);
    const { page, next } = cutPage(rows, query.limit, (row) => String(row.id));
    const counts = await sql<Reply['counts'][number]>`
      select kind, regulation, held, note from platform_count
      order by array_position(array['district','industry','scenario','lingang','town','village'], kind)`.execute(
      tx,
    );
    return { items: [...page], next, counts: counts.rows };
  });
}

function filters({ parent, kind, search }: Query): readonly RawBuilder<unknown>[] {
  const given = [
    parent === undefined ? [] : sql`u.code = ${parent}`,
    kind === undefined ? [] : sql`p.kind = ${kind}`,
    search === undefined
      ? []
      : sql`(p.name ilike ${containing(search)} or p.code ilike ${containing(search)})`,
  ].flat();
  return given.length === 0 ? [sql`p.parent_id is null`] : given;
}
