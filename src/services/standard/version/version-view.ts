import { AppError } from '#base';
import type { StandardVersion, VersionState } from '#contract/standard';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

import { personOf } from './draft-view.ts';

type Person = NonNullable<StandardVersion['reviewedBy']>;

export interface VersionRow {
  readonly id: number;
  readonly scenario: number;
  /** Of the scenario's platform. */
  readonly place: number | null;
  readonly scenario_code: string;
  readonly scenario_name: string;
  readonly version: string;
  readonly origin: 'file' | 'draft';
  readonly published_at: number;
  readonly effective_from: number;
  readonly retired_at: number | null;
  readonly reason: string | null;
  readonly submitter: Person | null;
  readonly reviewer: Person | null;
  readonly cancelled_at: number | null;
  readonly canceller: Person | null;
  readonly counts: StandardVersion['counts'];
}

/** Versions of scenarios by a condition on `v`; without their documents. */
export async function loadVersions(tx: Tx, tail: RawBuilder<unknown>): Promise<readonly VersionRow[]> {
  const { rows } = await sql<VersionRow>`
    select v.id, v.scenario, s.code as scenario_code, s.name as scenario_name, v.version, v.origin, v.published_at,
      v.effective_from, v.retired_at, v.reason, v.cancelled_at,
      (select p.place from platform p where p.scenario = v.scenario order by p.id limit 1) as place,
      ${personOf(sql`v.submitted_by`)} as submitter, ${personOf(sql`v.reviewed_by`)} as reviewer,
      ${personOf(sql`v.cancelled_by`)} as canceller,
      (select json_build_object('elements', ${rowsIn('elements')}, 'items', ${rowsIn('items')},
          'parameters', ${rowsIn('parameters')}, 'signs', ${rowsIn('signs')}, 'handbook', ${rowsIn('handbook')},
          'cells', count(*), 'verified', count(*) filter (where coalesce(cell.value->'basis', g->'basis')->'verified' = 'true'))
        from jsonb_array_elements(v.document->'signs') g, jsonb_each(g->'levels') cell) as counts
    from standard_version v join scenario s on s.id = v.scenario
    ${tail}`.execute(tx);
  return rows;
}

const rowsIn = (part: string): RawBuilder<unknown> =>
  sql`coalesce(jsonb_array_length(v.document->${sql.lit(part)}), 0)`;

/** Throws `record.not-found`; the limits that scenarios share are no version of a scenario. */
export async function findVersion(tx: Tx, id: number): Promise<VersionRow> {
  const [row] = await loadVersions(tx, sql`where v.id = ${id}`);
  if (!row) throw new AppError('record.not-found', { what: '标准版本', id: String(id) });
  return row;
}

export function showVersion(context: RequestContext, row: VersionRow): StandardVersion {
  const state = stateOf(row, context.now());
  const mayCancel = state === 'coming' && context.actor.rights.mayAt('standard.approve', row);
  return {
    id: row.id,
    scenario: row.scenario_code,
    scenarioName: row.scenario_name,
    version: row.version,
    state,
    origin: row.origin,
    publishedAt: row.published_at,
    effectiveFrom: row.effective_from === 0 ? null : row.effective_from,
    retiredAt: row.retired_at,
    reason: row.reason,
    submittedBy: row.submitter,
    reviewedBy: row.reviewer,
    cancelledAt: row.cancelled_at,
    cancelledBy: row.canceller,
    counts: row.counts,
    allowedActions: mayCancel ? ['cancel'] : [],
  };
}

export function stateOf(row: VersionRow, now: number): VersionState {
  if (row.cancelled_at !== null) return 'cancelled';
  if (row.effective_from > now) return 'coming';
  return row.retired_at !== null && row.retired_at <= now ? 'retired' : 'in-force';
}
