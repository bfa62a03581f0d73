import type { StandardDraft, versionRoutes } from '#contract/standard';
import type { RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { changeAndShow } from './change-draft.ts';
import { lockDraft } from './lock-draft.ts';

type Route = typeof versionRoutes.withdrawStandardDraft;

/** Takes a draft back. Throws `record.not-found`, `access.denied`, `record.changed`, `standard.illegal-action`. */
export async function withdrawDraft(
  context: RequestContext,
  { params, body }: { readonly params: z.output<Route['params']>; readonly body: z.output<Route['body']> },
): Promise<StandardDraft> {
  context.authorize('standard.draft');
  return context.transaction(async (tx) => {
    const row = await lockDraft(context, tx, { id: params.id, version: body.version, action: 'withdraw' });
    return changeAndShow(context, tx, row, { verb: 'withdraw', set: sql`state = 'withdrawn'`, told: {} });
  });
}
