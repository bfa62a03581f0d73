import type { StandardDraft, versionRoutes } from '#contract/standard';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { changeAndShow, changeDraft, type DraftChange } from './change-draft.ts';
import { DRAFT_RULES } from './draft-view.ts';
import { findDraft, lockDraft } from './lock-draft.ts';

const WITHDRAWN: DraftChange = { verb: 'withdraw', set: sql`state = 'withdrawn'`, told: {} };

type Route = typeof versionRoutes.withdrawStandardDraft;

/** Takes a draft back. Throws `record.not-found`, `access.denied`, `record.changed`, `standard.illegal-action`. */
export async function withdrawDraft(
  context: RequestContext,
  { params, body }: { readonly params: z.output<Route['params']>; readonly body: z.output<Route['body']> },
): Promise<StandardDraft> {
  context.authorize('standard.draft');
  return context.transaction(async (tx) => {
    const row = await lockDraft(context, tx, { id: params.id, version: body.version, action: 'withdraw' });
    return changeAndShow(context, tx, row, WITHDRAWN);
  });
}

/** The same within a transaction that does more, of a draft as it is now; one that has come to its end is left as it is. */
export async function withdrawWithin(context: RequestContext, tx: Tx, id: number): Promise<void> {
  const { version, state } = await findDraft(tx, id);
  if (!DRAFT_RULES.withdraw.from.includes(state)) return;
  const row = await lockDraft(context, tx, { id, version, action: 'withdraw' });
  await changeDraft(context, tx, row, WITHDRAWN);
}
