import type { standardRoutes } from '#contract/standard';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { listSwitchedOffComposites } from './composite/list-switched-off-composites.ts';
import { equals, inForce } from './in-force.ts';

type Query = z.output<typeof standardRoutes.listSwitchedOff.query>;
type Reply = z.output<typeof standardRoutes.listSwitchedOff.reply>;

type Row = Reply['items'][number];

/**
 * Objects with signs that cannot judge there because a parameter is missing (无参数停用) or, for composite ones, a fact that nobody
 * within reach can tell; an object at a time. What is off is listed, never passed over in silence (catalog §7.2).
 */
export async function listSwitchedOff(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<Reply> {
  context.authorize('object.read');
  const { scenario, after, limit } = query;
  const now = context.now();
  return context.transaction(async (tx) => {
    const { rows } = await sql<Row>`
      with needing as (
        select g.code, g.name, g.element_code, s.code as scenario, needed.parameters
        from sign g join standard_version v on v.id = g.standard_id join scenario s on s.id = g.scenario
        cross join lateral (
          select array_agg(distinct n #>> '{}') as parameters from jsonb_path_query(g.body, '$.**.parameter') n
        ) needed
        where needed.parameters is not null and ${inForce(now)} ${equals(sql`s.code`, scenario)}
      )
      select o.id, o.code, o.name, (select t.name from platform t where t.code = o.town) as town, json_agg(json_build_object('code', off.code, 'name', off.name,
          'scenario', off.scenario, 'lacks', 'parameter', 'missing', off.missing) order by off.code) as signs
      from monitored_object o cross join lateral (
        select distinct g.code, g.name, g.scenario, missing.parameters as missing
        from needing g cross join lateral (
          select array_agg(json_build_object('code', p.code, 'name', p.name, 'unit', p.unit)::jsonb order by p.code)
            as parameters
          from parameter p where p.code = any(g.parameters) and not o.parameters ? p.code
        ) missing
        where missing.parameters is not null
          and exists (select from point t where t.object_id = o.id and t.element_code = g.element_code)
      ) off
      where ${context.reach('o')} and o.retired_at is null and o.id > ${readIdCursor(after)}
        and exists (select from point t join needing n on n.element_code = t.element_code where t.object_id = o.id)
      group by o.id order by o.id limit ${limit + 1}`.execute(tx);
    const lot = { scenario, after: readIdCursor(after), limit: limit + 1 };
    const all = merged(rows, await listSwitchedOffComposites(context, tx, lot));
    const { page, next } = cutPage(all.slice(0, limit + 1), limit, (row) => String(row.id));
    return { items: [...page], next };
  });
}

/** An object that is in both lists is one row. */
function merged(rows: readonly Row[], others: readonly Row[]): readonly Row[] {
  const byId = Map.groupBy([...rows, ...others], ({ id }) => id);
  return [...byId.values()]
    .flatMap((same) => (same[0] ? [{ ...same[0], signs: same.flatMap(({ signs }) => signs) }] : []))
    .toSorted((a, b) => a.id - b.id);
}
