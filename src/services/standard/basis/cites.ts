import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

import { inForce } from '../in-force.ts';

/** One place of a standard in force that cites a basis. */
export interface Cite {
  readonly scenario: number;
  readonly scenario_code: string;
  readonly scenario_name: string;
  readonly kind: 'sign' | 'element' | 'parameter' | 'handbook';
  readonly code: string;
  readonly name: string;
  readonly document: string;
  readonly clause: string | null;
  readonly tag: string;
  readonly verified: boolean;
}

/** Where standards in force at `now` cite a basis, by a condition on `c` (document, clause, scenario). */
export async function loadCites(tx: Tx, now: number, where: RawBuilder<unknown>): Promise<readonly Cite[]> {
  const { rows } = await sql<Cite>`
    with law as (select v.id, v.scenario from standard_version v where v.scenario is not null and ${inForce(now)}),
    cited as (
      select l.scenario, 'sign' as kind, g.code, g.name, g.body from sign g join law l on l.id = g.standard_id
      union all select e.scenario, 'element', e.code, e.name, e.body from element e join law l on l.id = e.standard_id
      union all select p.scenario, 'parameter', p.code, p.name, p.body from parameter p join law l on l.id = p.standard_id
      union all select l.scenario, 'handbook', h.item_code || ' ' || h.level, i.name, h.body from handbook_entry h
        join law l on l.id = h.standard_id
        join warning_item i on i.standard_id = h.standard_id and i.code = h.item_code
    )
    select distinct c.scenario, s.code as scenario_code, s.name as scenario_name, c.kind, c.code, c.name, c.document, c.clause,
      c.tag, c.verified
    from (
      select r.scenario, r.kind, r.code, r.name, b->>'document' as document, b->>'clause' as clause, b->>'tag' as tag,
        (b->>'verified')::boolean as verified
      from cited r cross join lateral jsonb_path_query(r.body, '$.**.basis') b
    ) c join scenario s on s.id = c.scenario where ${where}
    order by c.document, c.clause nulls first, c.scenario, c.kind, c.code`.execute(tx);
  return rows;
}

/** Those that cite a document by (a part of) its title and, where that is told, this clause. */
export function citing(document: string, clause: string | null): RawBuilder<unknown> {
  const ofClause = clause === null ? sql`true` : sql`c.clause = ${clause}`;
  return sql`strpos(lower(c.document), lower(${document})) > 0 and ${ofClause}`;
}
