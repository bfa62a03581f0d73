import type { CompositeSign, SignLevel } from '#model/standard';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import type { StandardOutline } from './composite-surroundings.ts';

interface Row {
  readonly scenario: string;
  readonly elements: readonly { readonly code: string; readonly unit: string }[];
  readonly items: readonly string[];
  readonly signs: readonly {
    readonly code: string;
    readonly item: string;
    readonly levels: Readonly<Partial<Record<SignLevel, unknown>>>;
  }[];
  readonly composites: readonly CompositeSign[] | null;
}

/** What composite signs may name of every scenario but one, by the newest versions. */
export async function otherOutlines(tx: Tx, scenario: number): Promise<readonly StandardOutline[]> {
  const { rows } = await sql<Row>`
    select s.code as scenario,
      (select jsonb_agg(jsonb_build_object('code', e->'code', 'unit', e->'unit'))
        from jsonb_array_elements(v.document->'elements') e) as elements,
      jsonb_path_query_array(v.document, '$.items[*].code') as items,
      coalesce((select jsonb_agg(jsonb_build_object('code', g->'code', 'item', g->'item', 'levels', g->'levels'))
        from jsonb_array_elements(v.document->'signs') g), '[]') as signs,
      v.document->'composites' as composites
    from standard_version v join scenario s on s.id = v.scenario
    where v.retired_at is null and v.scenario <> ${scenario} order by v.scenario`.execute(tx);
  return rows.map(({ items, composites, ...rest }) => ({
    ...rest,
    items: items.map((code) => ({ code })),
    composites: composites ?? [],
  }));
}
