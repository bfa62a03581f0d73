import { AppError } from '#base';
import type { AlarmProposal } from '#contract/warning';
import type { ProposalKind, ProposalState, SignProposal } from '#model/warning';
import { audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

export interface ProposalRow extends Omit<AlarmProposal, 'allowedActions' | 'decided' | 'change'> {
  readonly change: SignProposal | null;
  readonly place: number;
  readonly scenario_id: number;
  readonly decidedBy: string | null;
  readonly decidedAt: number | null;
  readonly decidedWhy: string | null;
}

/** Proposals by a condition on `r`, as far as the scope of the transaction reaches. */
export async function loadProposals(tx: Tx, tail: RawBuilder<unknown>): Promise<readonly ProposalRow[]> {
  const { rows } = await sql<ProposalRow>`
    select r.id, json_build_object('id', p.id, 'code', p.code) as point,
      json_build_object('id', o.id, 'code', o.code, 'name', o.name) as object, s.code as scenario, r.scenario as scenario_id, r.place,
      json_build_object('code', r.sign_code, 'name', g.name) as sign, r.kind, r.change, r.why, r.from_at as "from", r.to_at as "to",
      r.state, r.draft_id as draft, r.rehearsal_id as rehearsal, r.fault_code as fault, r.made_by as "madeBy", r.made_at as "madeAt",
      r.decided_by as "decidedBy", r.decided_at as "decidedAt", r.decided_why as "decidedWhy"
    from performance_proposal r join point p on p.id = r.point_id join monitored_object o on o.id = r.object_id
    join scenario s on s.id = r.scenario
    join lateral (select name from sign where code = r.sign_code order by standard_id desc limit 1) g on true
    ${tail}`.execute(tx);
  return rows;
}

type Action = AlarmProposal['allowedActions'][number];

/** What may be done with a proposal: what changes a sign is rehearsed before it is taken, a sensor is mended, a limit is only looked at. */
const ACTIONS: Readonly<Record<ProposalKind, Readonly<Record<ProposalState, readonly Action[]>>>> = {
  'raise-deadband': rehearsedFirst(),
  'add-delay': rehearsedFirst(),
  'mend-sensor': { open: ['mend', 'reject'], rehearsed: [], taken: [], rejected: [] },
  'review-limit': { open: ['take', 'reject'], rehearsed: [], taken: [], rejected: [] },
};

function rehearsedFirst(): Readonly<Record<ProposalState, readonly Action[]>> {
  return { open: ['rehearse', 'reject'], rehearsed: ['rehearse', 'take', 'reject'], taken: [], rejected: [] };
}

export function showProposal(context: RequestContext, row: ProposalRow): AlarmProposal {
  const { place, scenario_id: scenario, decidedBy, decidedAt, decidedWhy, ...shown } = row;
  const may = context.actor.rights.mayAt('standard.draft', { place, scenario });
  return {
    ...shown,
    change: row.change === null ? null : changeOf(row.change),
    decided:
      decidedBy === null || decidedAt === null ? null : { by: decidedBy, at: decidedAt, why: decidedWhy },
    allowedActions: may ? [...ACTIONS[row.kind][row.state]] : [],
  };
}

/** As an answer carries it. */
export function changeOf(change: SignProposal): NonNullable<AlarmProposal['change']> {
  return change.field === 'deadband' ? change : { ...change, levels: [...change.levels] };
}

const STATE_TEXT: Readonly<Record<ProposalState, string>> = {
  open: '还没有演算',
  rehearsed: '已演算',
  taken: '已采纳',
  rejected: '已决定不采纳',
};
const ACTION_TEXT: Readonly<Record<Action, string>> = {
  rehearse: '演算',
  mend: '开故障单',
  take: '采纳',
  reject: '决定不采纳',
};

/**
 * The proposal, held until the transaction ends, when the action may be done with it by who asks. Throws `record.not-found`,
 * `access.denied`, `proposal.illegal-action`.
 */
export async function lockProposal(
  context: RequestContext,
  tx: Tx,
  { id, action }: { readonly id: number; readonly action: Action },
): Promise<ProposalRow> {
  await sql`select from performance_proposal r where r.id = ${id} for update`.execute(tx);
  const row = await findProposal(tx, id);
  context.authorizeRecord('standard.draft', { place: row.place, scenario: row.scenario_id });
  if (!ACTIONS[row.kind][row.state].includes(action))
    throw new AppError('proposal.illegal-action', {
      state: STATE_TEXT[row.state],
      action: ACTION_TEXT[action],
    });
  return row;
}

/** Throws `record.not-found` for one that is not there or out of reach. */
export async function findProposal(tx: Tx, id: number): Promise<ProposalRow> {
  const [row] = await loadProposals(tx, sql`where r.id = ${id}`);
  if (!row) throw new AppError('record.not-found', { what: '改进建议', id: String(id) });
  return row;
}

/** Audits what a person did to a proposal, and shows it as it is now. */
export async function tellProposal(
  context: RequestContext,
  tx: Tx,
  {
    id,
    verb,
    before = null,
  }: { readonly id: number; readonly verb: string; readonly before?: ProposalRow | null },
): Promise<AlarmProposal> {
  const row = await findProposal(tx, id);
  await audit(context, tx, {
    action: `alarm-proposal.${verb}`,
    subject: `alarm-proposal/${id}`,
    before,
    after: row,
    place: row.place,
    scenario: row.scenario_id,
  });
  return showProposal(context, row);
}
