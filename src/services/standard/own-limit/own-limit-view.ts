import type { OwnLimit, OwnLimitAction, OwnLimitState } from '#contract/standard';
import type { Capability, Placed } from '#model/platform';
import type { OwnLimits, Sign } from '#model/standard';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

import { personOf } from '../version/draft-view.ts';

export interface OwnLimitRow extends Placed {
  readonly id: number;
  readonly object: OwnLimit['object'];
  readonly sign_code: string;
  readonly sign: Sign;
  readonly place: number;
  readonly scenario: number;
  readonly scenario_code: string;
  readonly body: OwnLimits;
  readonly reason: string;
  readonly valid_until: number | null;
  readonly state: OwnLimitState;
  readonly authors: readonly number[];
  readonly proposer: OwnLimit['proposedBy'];
  readonly proposed_at: number;
  readonly decider: OwnLimit['decidedBy'];
  readonly decided_at: number | null;
  readonly decision_note: string | null;
  readonly over_at: number | null;
  readonly ender: OwnLimit['overBy'];
  readonly over_why: string | null;
  readonly version: number;
}

/** Own limits by a condition on `l`, as far as the scope of the transaction reaches. */
export async function loadOwnLimits(tx: Tx, tail: RawBuilder<unknown>): Promise<readonly OwnLimitRow[]> {
  const { rows } = await sql<OwnLimitRow>`
    select l.id, l.sign_code, l.place, l.scenario, s.code as scenario_code, l.body, l.reason, l.valid_until, l.state, l.authors,
      l.proposed_at, l.decided_at, l.decision_note, l.over_at, l.over_why, l.version,
      json_build_object('id', o.id, 'code', o.code, 'name', o.name,
        'town', (select t.name from platform t where t.code = o.town)) as object,
      (select g.body from sign g where g.code = l.sign_code order by g.id desc limit 1) as sign,
      ${personOf(sql`l.proposed_by`)} as proposer, ${personOf(sql`l.decided_by`)} as decider,
      ${personOf(sql`l.over_by`)} as ender
    from own_limit l join monitored_object o on o.id = l.object_id join scenario s on s.id = l.scenario
    ${tail}`.execute(tx);
  return rows;
}

export function showOwnLimit(context: RequestContext, row: OwnLimitRow): OwnLimit {
  const { code, name, unit, direction, measure } = row.sign;
  return {
    id: row.id,
    object: row.object,
    sign: { code, name, unit, direction, measure: measure.kind },
    scenario: row.scenario_code,
    limits: row.body,
    reason: row.reason,
    validUntil: row.valid_until,
    state: row.state,
    proposedBy: row.proposer,
    proposedAt: row.proposed_at,
    decidedBy: row.decider,
    decidedAt: row.decided_at,
    decisionNote: row.decision_note,
    overAt: row.over_at,
    overBy: row.ender,
    overWhy: row.over_why,
    version: row.version,
    allowedActions: allowedActions(context, row),
  };
}

/** Who may do what with an own limit, and in which states of it. */
export const OWN_LIMIT_RULES: Readonly<
  Record<
    OwnLimitAction,
    { readonly capability: Capability; readonly from: readonly OwnLimitState[]; readonly text: string }
  >
> = {
  approve: { capability: 'object.approve', from: ['proposed'], text: '批准' },
  refuse: { capability: 'object.approve', from: ['proposed'], text: '退回' },
  // To go back to the standard is always allowed: it is the law.
  end: { capability: 'object.manage', from: ['proposed', 'in-force'], text: '结束' },
};

function allowedActions(context: RequestContext, row: OwnLimitRow): OwnLimit['allowedActions'] {
  const { rights } = context.actor;
  return (Object.keys(OWN_LIMIT_RULES) as OwnLimitAction[]).filter((action) => {
    const { capability, from } = OWN_LIMIT_RULES[action];
    if (!from.includes(row.state) || !rights.mayAt(capability, row)) return false;
    return capability !== 'object.approve' || !isOwn(context, row);
  });
}

/** Whether who asks has asked for it, or would approve it in the name of somebody who has. */
export function isOwn(context: RequestContext, { authors, ...placed }: OwnLimitRow): boolean {
  const { accountId, rights } = context.actor;
  const principal = rights.actingFor('object.approve', placed)?.id;
  return authors.includes(accountId) || (principal !== undefined && authors.includes(principal));
}
