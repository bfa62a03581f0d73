import type { standardRoutes } from '#contract/standard';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { equals, inForce } from './in-force.ts';

type Query = z.output<typeof standardRoutes.listItems.query>;
type Reply = z.output<typeof standardRoutes.listItems.reply>;

/** A page of the warning items in force, in the order they were published. */
export async function listItems(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<Reply> {
  context.authorize('standard.read');
  const { rows } = await context.transaction((tx) =>
    sql<Reply['items'][number]>`
      select i.id, i.code, i.name, i.kind, i.verification, s.code as scenario, s.name as "scenarioName",
        v.version as standard, d.summary,
        (select count(*) from sign g where g.standard_id = i.standard_id and g.item_code = i.code) as signs
      from warning_item i join standard_version v on v.id = i.standard_id join scenario s on s.id = i.scenario
      join lateral jsonb_to_recordset(v.document->'items') as d(code text, summary text) on d.code = i.code
      where ${inForce(context.now())} and i.id > ${readIdCursor(query.after)} ${equals(sql`s.code`, query.scenario)}
      order by i.id limit ${query.limit + 1}`.execute(tx),
  );
  const { page, next } = cutPage(rows, query.limit, (row) => String(row.id));
  return { items: [...page], next };
}
