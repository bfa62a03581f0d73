import type { Rehearsal, RehearsalResult, RehearsalState } from '#contract/standard';
import type { Placed } from '#model/platform';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

import { personOf } from '../version/draft-view.ts';

export interface RehearsalRow extends Placed {
  readonly id: number;
  readonly draft_id: number;
  readonly scenario: number;
  readonly place: number;
  readonly scenario_code: string;
  readonly beside: Rehearsal['beside'];
  readonly is_of_present_text: boolean;
  readonly from_at: number;
  readonly to_at: number;
  readonly town_names: readonly string[] | null;
  readonly objects: readonly string[];
  readonly session: Rehearsal['session'];
  readonly state: RehearsalState;
  readonly done: number;
  readonly readings: number;
  readonly failure: string | null;
  readonly result: RehearsalResult | null;
  readonly requester: Rehearsal['requestedBy'];
  readonly requested_at: number;
  readonly started_at: number | null;
  readonly ended_at: number | null;
}

/** Rehearsals by a condition on `r`, as far as the scope of the transaction reaches. */
export async function loadRehearsals(tx: Tx, tail: RawBuilder<unknown>): Promise<readonly RehearsalRow[]> {
  const { rows } = await sql<RehearsalRow>`
    select r.id, r.draft_id, r.scenario, r.place, s.code as scenario_code, r.from_at, r.to_at, r.objects, r.state, r.done,
      r.readings, r.failure, r.result, r.requested_at, r.started_at, r.ended_at,
      (select json_build_object('id', v.id, 'version', v.version) from standard_version v where v.id = r.beside_id) as beside,
      d.document - 'version' = r.document - 'version' as is_of_present_text,
      (select array_agg(p.name order by p.id) from platform p where p.code = any(r.towns)) as town_names,
      (select json_build_object('id', t.id, 'name', t.name) from replay_session t where t.id = r.replay_session_id) as session,
      ${personOf(sql`r.requested_by`)} as requester
    from rehearsal r join scenario s on s.id = r.scenario join standard_draft d on d.id = r.draft_id
    ${tail}`.execute(tx);
  return rows;
}

export function showRehearsal(context: RequestContext, row: RehearsalRow): Rehearsal {
  const isAtWork = row.state === 'waiting' || row.state === 'running';
  return {
    id: row.id,
    draft: row.draft_id,
    scenario: row.scenario_code,
    beside: row.beside,
    isOfPresentText: row.is_of_present_text,
    from: row.from_at,
    to: row.to_at,
    towns: [...(row.town_names ?? [])],
    objects: [...row.objects],
    session: row.session,
    state: row.state,
    done: row.done,
    readings: row.readings,
    failure: row.failure,
    requestedBy: row.requester,
    requestedAt: row.requested_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    result: row.result,
    allowedActions: isAtWork && context.actor.rights.mayAt('standard.draft', row) ? ['cancel'] : [],
  };
}
