import type { StandardDraftDetail } from '#contract/standard';
import type { RequestContext } from '#services/context';

import { showDetail } from './draft-detail.ts';
import { findDraft } from './lock-draft.ts';

/** A draft with its text and its faults. Throws `record.not-found`. */
export async function getDraft(context: RequestContext, id: number): Promise<StandardDraftDetail> {
  context.authorize('standard.read');
  return context.transaction(async (tx) => showDetail(context, tx, await findDraft(tx, id)));
}
