import { MISMATCH_KINDS, type ChainStage, type MismatchKind } from '#model/operations';
import type { Storage } from '#storage';
import { sql } from 'kysely';

/** The newest finished chain test of a scenario. */
export interface ChainFact {
  readonly scenario: string;
  readonly passed: boolean;
  readonly finishedAt: number;
  readonly stages: readonly { readonly stage: ChainStage; readonly ms: number }[];
}

/** What is told outside (metrics, watchdogs) of whether the system works. */
export interface AliveFacts {
  readonly chains: readonly ChainFact[];
  /** Of the newest reconciliation, kind by kind; kinds that could not be told are absent. */
  readonly mismatches: readonly { readonly kind: MismatchKind; readonly mismatches: number }[];
}

export async function loadAliveFacts(storage: Storage): Promise<AliveFacts> {
  const db = storage.system;
  const chains = await sql<ChainFact>`
    select s.code as scenario, t.state = 'passed' as passed, extract(epoch from t.finished_at)::float8 * 1000 as "finishedAt",
      coalesce((select json_agg(json_build_object('stage', g.stage, 'ms', g.ms)) from chain_test_stage g
        where g.chain_test_id = t.id and g.ok), '[]'::json) as stages
    from scenario s join lateral (select id, state, finished_at from chain_test
      where scenario = s.id and state in ('passed','broken') order by id desc limit 1) t on true
    order by s.id`.execute(db);
  const counts = await sql<{ kind: MismatchKind; mismatches: number }>`
    select kind, mismatches from reconciliation_count
    where unchecked is null and reconciliation_id = (select max(id) from reconciliation)`.execute(db);
  const known = new Set<string>(MISMATCH_KINDS);
  return { chains: chains.rows, mismatches: counts.rows.filter(({ kind }) => known.has(kind)) };
}
