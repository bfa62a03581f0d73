import type { Tx } from '#storage';
import { sql } from 'kysely';

import type { IncidentLine } from './tell-incidents.ts';

/** Calls the co-units of large loops that are not called yet; gives the lines that say so. */
export async function callParts(
  tx: Tx,
  incidents: readonly number[],
  { at, by }: { readonly at: number; readonly by: string | null },
): Promise<readonly IncidentLine[]> {
  if (incidents.length === 0) return [];
  const { rows } = await sql<{ incident: number; units: string[] }>`
    select incident_id as incident, json_agg(unit order by unit) as units
    from open_incident_parts(${[...incidents]}::bigint[], ${new Date(at)}) group by 1 order by 1`.execute(tx);
  return rows.map(({ incident, units }) => ({
    incident,
    at,
    by,
    kind: 'parts-called',
    text: `请 ${units.length} 个单位参与：${units.join('、')}`,
  }));
}
