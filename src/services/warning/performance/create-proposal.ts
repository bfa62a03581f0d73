import { AppError } from '#base';
import type { AlarmProposal, performanceRoutes } from '#contract/warning';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { propose, type Proposal } from '#workflow';
import { sql } from 'kysely';
import type { z } from 'zod';

import { findActor, type FoundActor, loadHistory } from './load-history.ts';
import { loadProposals, showProposal, tellProposal } from './proposal-view.ts';
import { type Span, spanOf } from './span.ts';

type Body = z.output<typeof performanceRoutes.createProposal.body>;

/**
 * Writes down what the history of a sign at a point asks for, so that people can decide on it; one that waits already is answered
 * instead. Throws `record.not-found`, `access.denied`, `proposal.nothing`.
 */
export async function createProposal(
  context: RequestContext,
  { body }: { readonly body: Body },
): Promise<AlarmProposal> {
  context.authorize('standard.draft');
  const now = context.now();
  const span = spanOf(body, now);
  return context.transaction(async (tx) => {
    const actor = await findActor(tx, body, now);
    const { place, scenario } = actor;
    context.authorizeRecord('standard.draft', { place, scenario });
    const proposal = propose(await loadHistory(tx, actor, span));
    if (!proposal)
      throw new AppError('proposal.nothing', { object: actor.object_name, sign: actor.sign_name });
    const id = await insert(context, tx, { actor, span, proposal });
    if (id !== undefined) return tellProposal(context, tx, { id, verb: 'create' });
    const [waiting] = await loadProposals(
      tx,
      sql`where r.point_id = ${actor.point_id} and r.sign_code = ${actor.sign_code} and r.state in ('open', 'rehearsed')`,
    );
    // It was decided between the two statements: to ask again is enough.
    if (!waiting) throw new AppError('record.changed');
    return showProposal(context, waiting);
  });
}

async function insert(
  context: RequestContext,
  tx: Tx,
  { actor, span, proposal }: { readonly actor: FoundActor; readonly span: Span; readonly proposal: Proposal },
): Promise<number | undefined> {
  const made = await tx
    .insertInto('performance_proposal')
    .values({
      point_id: actor.point_id,
      object_id: actor.object_id,
      sign_code: actor.sign_code,
      place: actor.place,
      scenario: actor.scenario,
      kind: proposal.kind,
      change: proposal.change === null ? null : JSON.stringify(proposal.change),
      why: proposal.why,
      from_at: new Date(span.from),
      to_at: new Date(span.until),
      made_by: context.actor.name,
      made_at: new Date(context.now()),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return made?.id;
}
