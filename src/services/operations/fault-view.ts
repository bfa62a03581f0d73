import type { Fault } from '#contract/operations';
import {
  FAULT_ACTION_TEXT,
  FAULT_KIND_RULES,
  FAULT_STATE_TEXT,
  type FaultFinder,
  type FaultKind,
  type FaultState,
  type FaultSubjectKind,
} from '#model/operations';
import { reaches, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { allowedFaultActions, type FaultActor } from '#workflow';
import { type RawBuilder, sql } from 'kysely';

import type { FaultStanding } from './fault-place.ts';

/** A fault with the names a page needs. Moments are epoch ms. */
export interface FaultRow {
  readonly id: number;
  readonly code: string;
  readonly kind: FaultKind;
  readonly subject_kind: FaultSubjectKind;
  readonly subject: string;
  readonly subject_name: string;
  readonly place: number;
  readonly scenarios: readonly number[];
  readonly scenario_codes: readonly string[];
  readonly found_by: FaultFinder;
  readonly reported_by: string | null;
  readonly summary: string;
  readonly state: FaultState;
  readonly owner_id: number | null;
  readonly owner_name: string | null;
  readonly owner_unit: string | null;
  readonly opened_at: number;
  readonly due_at: number;
  readonly resolved_at: number | null;
  readonly resolved_by: string | null;
  readonly closed_at: number | null;
  readonly returned: number;
  readonly simulated: boolean;
  readonly version: number;
}

/** Faults the caller may see (row-level security), as `suffix` picks and sorts them. `f` is the fault. */
export async function loadFaults(tx: Tx, suffix: RawBuilder<unknown>): Promise<readonly FaultRow[]> {
  const { rows } = await sql<FaultRow>`
    select f.*, a.name as owner_name,
      coalesce((select json_agg(s.code order by s.id) from scenario s where s.id = any(f.scenarios)), '[]') as scenario_codes
    from (
      select id, code, kind, subject_kind, subject, subject_name, place, scenarios, found_by, reported_by, summary, state,
        owner_id, owner_unit, opened_at, due_at, resolved_at, resolved_by, closed_at, returned, simulated, version
      from fault f ${suffix}
    ) f
    left join account_name a on a.id = f.owner_id
    order by f.opened_at desc, f.id desc`.execute(tx);
  return rows;
}

export function showFault(row: FaultRow, context: RequestContext): Fault {
  return {
    id: row.id,
    code: row.code,
    kind: row.kind,
    kindText: FAULT_KIND_RULES[row.kind].text,
    subject: { kind: row.subject_kind, key: row.subject, name: row.subject_name },
    scenarios: [...row.scenario_codes],
    foundBy: row.found_by,
    reportedBy: row.reported_by,
    summary: row.summary,
    state: row.state,
    stateText: FAULT_STATE_TEXT[row.state],
    owner: {
      account: row.owner_id === null ? null : { id: row.owner_id, name: row.owner_name ?? '' },
      unit: row.owner_unit,
    },
    openedAt: row.opened_at,
    dueAt: row.due_at,
    overdue: isOverdue(row, context.now()),
    resolvedAt: row.resolved_at,
    resolvedBy: row.resolved_by,
    closedAt: row.closed_at,
    returned: row.returned,
    simulated: row.simulated,
    version: row.version,
    allowedActions: allowedFaultActions(row, faultActor(context, row)).map(({ action, requires }) => ({
      action,
      text: FAULT_ACTION_TEXT[action],
      requires: [...requires],
    })),
  };
}

/** Its time is over, or was when it recovered. */
function isOverdue({ state, due_at, resolved_at }: FaultRow, now: number): boolean {
  const recovered = state === 'resolved' || state === 'closed';
  return due_at < (recovered ? (resolved_at ?? now) : now);
}

/** Who acts, with what they may do where the fault lies. */
export function faultActor(context: RequestContext, standing: FaultStanding): FaultActor {
  return {
    kind: 'person',
    id: context.actor.accountId,
    handles: reaches(context, 'fault.handle', standing),
    closes: reaches(context, 'fault.close', standing),
  };
}
