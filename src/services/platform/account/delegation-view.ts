import type { Delegation } from '#contract/platform';
import type { Placed } from '#model/platform';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

interface Who {
  readonly username: string;
  readonly name: string;
}

export interface DelegationRow extends Placed {
  readonly id: number;
  readonly principal_id: number;
  readonly deputy_id: number;
  readonly principal: Who;
  readonly deputy: Who;
  readonly from_at: number;
  readonly to_at: number;
  readonly reason: string;
  readonly arranged_by: string;
  readonly ended_at: number | null;
  readonly ended_by: string | null;
}

/** Delegations by a condition on `d`, as far as the scope of the transaction reaches. */
export async function loadDelegations(tx: Tx, tail: RawBuilder<unknown>): Promise<readonly DelegationRow[]> {
  const { rows } = await sql<DelegationRow>`
    select d.id, d.principal_id, d.deputy_id, d.place, d.scenario, d.from_at, d.to_at, d.reason, d.arranged_by, d.ended_at,
      d.ended_by,
      (select json_build_object('username', n.username, 'name', n.name) from account_name n where n.id = d.principal_id) as principal,
      (select json_build_object('username', n.username, 'name', n.name) from account_name n where n.id = d.deputy_id) as deputy
    from delegation d
    ${tail}`.execute(tx);
  return rows;
}

export function showDelegation(context: RequestContext, row: DelegationRow): Delegation {
  const { accountId, rights } = context.actor;
  const state = stateOf(row, context.now());
  const mayEnd =
    [row.principal_id, row.deputy_id].includes(accountId) || rights.mayAt('delegation.arrange', row);
  return {
    id: row.id,
    principal: row.principal,
    deputy: row.deputy,
    from: row.from_at,
    to: row.to_at,
    reason: row.reason,
    arrangedBy: row.arranged_by,
    endedAt: row.ended_at,
    endedBy: row.ended_by,
    state,
    allowedActions: state !== 'over' && mayEnd ? ['end'] : [],
  };
}

function stateOf(row: DelegationRow, now: number): Delegation['state'] {
  if (row.ended_at !== null || row.to_at <= now) return 'over';
  return row.from_at > now ? 'coming' : 'running';
}
