import { AppError } from '#base';
import type { LintFault, StandardDraft, versionRoutes } from '#contract/standard';
import type { RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { changeAndShow, withAuthor } from './change-draft.ts';
import { faultsOf, loadDocument } from './draft-detail.ts';
import { lockDraft } from './lock-draft.ts';

type Route = typeof versionRoutes.submitStandardDraft;

/** As many faults as the refusal tells in its sentence. */
const TOLD = 5;

/**
 * Hands a draft in for review. Throws `record.not-found`, `access.denied`, `record.changed`, `standard.illegal-action`,
 * `standard.not-clean`.
 */
export async function submitDraft(
  context: RequestContext,
  { params, body }: { readonly params: z.output<Route['params']>; readonly body: z.output<Route['body']> },
): Promise<StandardDraft> {
  context.authorize('standard.draft');
  return context.transaction(async (tx) => {
    const row = await lockDraft(context, tx, { id: params.id, version: body.version, action: 'submit' });
    refuseFaults(await faultsOf(tx, row, await loadDocument(tx, row.id)));
    const authors = `{${withAuthor(context, row.authors).join(',')}}`;
    return changeAndShow(context, tx, row, {
      verb: 'submit',
      set: sql`state = 'submitted', authors = ${authors}::int[], submitted_by = ${context.actor.accountId},
        submitted_at = ${new Date(context.now())}, reviewed_by = null, reviewed_at = null, review_note = null`,
      told: { reason: row.reason, base: row.base.version },
    });
  });
}

/** Throws `standard.not-clean` with the linter's sentences. */
export function refuseFaults(faults: readonly LintFault[]): void {
  if (faults.length === 0) return;
  const told = faults.slice(0, TOLD).map(({ message }) => message.replace(/。$/u, ''));
  throw new AppError('standard.not-clean', { count: faults.length, faults: told.join('；') });
}
