import { AppError } from '#base';
import type { AlarmProposal, performanceRoutes } from '#contract/warning';
import type { SignRehearsal } from '#model/standard';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { changeSign } from '#workflow';
import { sql } from 'kysely';
import type { z } from 'zod';

import { findProposal, lockProposal, type ProposalRow, showProposal, tellProposal } from './proposal-view.ts';

/** What rooms beside this one do for a proposal, each within the transaction of the decision. */
export interface ProposalTools {
  /** Writes the change into a draft and queues its rehearsal. */
  readonly rehearse: (
    context: RequestContext,
    tx: Tx,
    asked: SignRehearsal,
  ) => Promise<{ readonly draft: number; readonly rehearsal: number }>;
  /** Withdraws a draft that is still being written or waits for review. */
  readonly withdraw: (context: RequestContext, tx: Tx, draft: number) => Promise<void>;
  /** Opens a fault of a point, or finds the one that is open; gives its code. */
  readonly report: (
    context: RequestContext,
    tx: Tx,
    fault: { readonly point: string; readonly summary: string },
  ) => Promise<string>;
}

interface ById {
  readonly params: { readonly id: number };
}

/** Throws `record.not-found`. */
export async function getProposal(context: RequestContext, { params }: ById): Promise<AlarmProposal> {
  context.authorize('warning.read');
  return context.transaction(async (tx) => showProposal(context, await findProposal(tx, params.id)));
}

/**
 * 按建议演算: the change goes into a draft of the standard, which is run over the history the proposal was made of, beside the version in
 * force. Throws `record.not-found`, `access.denied`, `proposal.illegal-action`, `standard.rehearsal-refused`,
 * `standard.illegal-action`.
 */
export async function rehearseProposal(
  context: RequestContext,
  { params, body }: ById & { readonly body: z.output<typeof performanceRoutes.rehearseProposal.body> },
  tools: Pick<ProposalTools, 'rehearse'>,
): Promise<AlarmProposal> {
  context.authorize('standard.draft');
  return context.transaction(async (tx) => {
    const row = await lockProposal(context, tx, { id: params.id, action: 'rehearse' });
    const { change } = row;
    if (change === null) throw new Error(`proposal ${row.id} changes nothing that could be rehearsed`);
    const made = await tools.rehearse(context, tx, {
      scenario: row.scenario,
      sign: row.sign.code,
      change: (sign) => changeSign(sign, change),
      reason: `预警绩效改进建议：${row.object.name} ${row.sign.name}。${row.why}`,
      draft: row.draft,
      from: row.from,
      to: row.to,
      objects: body.over === 'object' ? [row.object.code] : [],
    });
    await sql`update performance_proposal set state = 'rehearsed', draft_id = ${made.draft}, rehearsal_id = ${made.rehearsal}
      where id = ${row.id}`.execute(tx);
    return tellProposal(context, tx, { id: row.id, verb: 'rehearse', before: row });
  });
}

/** Takes the proposal to mend a sensor: a fault of the point is opened. Throws as {@link rehearseProposal}. */
export async function mendByProposal(
  context: RequestContext,
  { params }: ById,
  tools: Pick<ProposalTools, 'report'>,
): Promise<AlarmProposal> {
  context.authorize('standard.draft');
  return context.transaction(async (tx) => {
    const row = await lockProposal(context, tx, { id: params.id, action: 'mend' });
    const fault = await tools.report(context, tx, {
      point: row.point.code,
      summary: `${row.object.name} ${row.sign.name}：${row.why}`,
    });
    await sql`update performance_proposal set fault_code = ${fault} where id = ${row.id}`.execute(tx);
    return decide(context, tx, { row, state: 'taken', why: null });
  });
}

/**
 * 采纳: what was rehearsed goes on as a draft, with its own submission and review. Throws `record.not-found`, `access.denied`,
 * `proposal.illegal-action`, `proposal.not-rehearsed`.
 */
export async function takeProposal(context: RequestContext, { params }: ById): Promise<AlarmProposal> {
  context.authorize('standard.draft');
  return context.transaction(async (tx) => {
    const row = await lockProposal(context, tx, { id: params.id, action: 'take' });
    if (row.rehearsal !== null) await checkRehearsed(tx, row.rehearsal);
    return decide(context, tx, { row, state: 'taken', why: null });
  });
}

/** Nobody takes what has not come out yet. */
async function checkRehearsed(tx: Tx, rehearsal: number): Promise<void> {
  const { rows } = await sql<{ state: string }>`select state from rehearsal where id = ${rehearsal}`.execute(
    tx,
  );
  if (rows[0]?.state !== 'done') throw new AppError('proposal.not-rehearsed');
}

/** 不采纳, with the reason; the draft that was begun for it is withdrawn. Throws as {@link takeProposal}. */
export async function rejectProposal(
  context: RequestContext,
  { params, body }: ById & { readonly body: z.output<typeof performanceRoutes.rejectProposal.body> },
  tools: Pick<ProposalTools, 'withdraw'>,
): Promise<AlarmProposal> {
  context.authorize('standard.draft');
  return context.transaction(async (tx) => {
    const row = await lockProposal(context, tx, { id: params.id, action: 'reject' });
    if (row.draft !== null) await tools.withdraw(context, tx, row.draft);
    return decide(context, tx, { row, state: 'rejected', why: body.why });
  });
}

async function decide(
  context: RequestContext,
  tx: Tx,
  {
    row,
    state,
    why,
  }: { readonly row: ProposalRow; readonly state: 'taken' | 'rejected'; readonly why: string | null },
): Promise<AlarmProposal> {
  await sql`update performance_proposal set state = ${state}, decided_by = ${context.actor.name},
    decided_at = ${new Date(context.now())}, decided_why = ${why} where id = ${row.id}`.execute(tx);
  return tellProposal(context, tx, { id: row.id, verb: state === 'taken' ? 'take' : 'reject', before: row });
}
