import { AppError } from '#base';
import { IMPORT_ROWS } from '#contract/platform';
import { scenarioCodeOf, scenarioOf } from '#model/platform';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { findPlatform, within } from '../organisation/find-platform.ts';

interface Query {
  readonly scenario?: string | undefined;
  readonly under?: string | undefined;
}

type Cells = Readonly<Record<string, string | number | null>>;

/** Lines of the base ledger by the fields of an import. Throws `input.invalid`, `record.not-found`. */
export async function exportLedger(tx: Tx, { scenario, under }: Query): Promise<readonly Cells[]> {
  const conditions = [sql`true`];
  if (scenario !== undefined) {
    const found = scenarioOf(scenario);
    if (!found) throw new AppError('input.invalid', { issues: `没有场景“${scenario}”` });
    conditions.push(sql`scenario = ${found.id}`);
  }
  if (under !== undefined) conditions.push(sql`${within(await findPlatform(tx, under), 'scenario')}`);
  const { rows } = await sql<Cells & { readonly number: number }>`
    select e.scenario as number, k.code as kind, e.town, e.village, e.quantity, e.name, o.code as object, e.source,
      e.as_of as "asOf", e.note
    from (select * from ledger_entry where ${sql.join(conditions, sql` and `)} order by id limit ${IMPORT_ROWS + 1}) e
      join object_kind k on k.id = e.kind_id left join monitored_object o on o.id = e.object_id
    order by e.id`.execute(tx);
  return rows.map(({ number, ...cells }) => ({ ...cells, scenario: scenarioCodeOf(number) ?? null }));
}
