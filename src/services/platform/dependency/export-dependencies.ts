import { IMPORT_ROWS } from '#contract/platform';
import type { Tx } from '#storage';
import { sql } from 'kysely';

type Cells = Readonly<Record<string, string | number | null>>;

/** Dependencies by the fields of an import, of those in sight. */
export async function exportDependencies(tx: Tx): Promise<readonly Cells[]> {
  const { rows } = await sql<Cells>`
    with d as (select * from dependency order by id limit ${IMPORT_ROWS + 1}),
    e as (select * from dependency_ends('{}', array(select from_object from d union select to_object from d)))
    select f.code as "from", t.code as "to", d.kind, d.lead_minutes as "leadMinutes", d.reason, d.basis
    from d join e f on f.id = d.from_object join e t on t.id = d.to_object order by d.id`.execute(tx);
  return rows;
}
