import type { StandardDraft, versionRoutes } from '#contract/standard';
import type { RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { changeAndShow } from './change-draft.ts';
import { lockDraft } from './lock-draft.ts';

type Route = typeof versionRoutes.refuseStandardDraft;

/**
 * Gives a draft back with what is to be mended. Throws `record.not-found`, `access.denied`, `record.changed`,
 * `standard.illegal-action`, `access.same-person`.
 */
export async function refuseDraft(
  context: RequestContext,
  { params, body }: { readonly params: z.output<Route['params']>; readonly body: z.output<Route['body']> },
): Promise<StandardDraft> {
  context.authorize('standard.approve');
  return context.transaction(async (tx) => {
    const row = await lockDraft(context, tx, { id: params.id, version: body.version, action: 'refuse' });
    return changeAndShow(context, tx, row, {
      verb: 'refuse',
      set: sql`state = 'refused', reviewed_by = ${context.actor.accountId},
        reviewed_at = ${new Date(context.now())}, review_note = ${body.note}`,
      told: { note: body.note },
    });
  });
}
