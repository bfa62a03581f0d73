import { AppError } from '#base';
import type { DraftAction, DraftState } from '#contract/standard';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { DRAFT_RULES, type DraftRow, isOwn, loadDrafts } from './draft-view.ts';

const STATE_TEXT: Readonly<Record<DraftState, string>> = {
  draft: '起草中',
  submitted: '待审核',
  refused: '已退回',
  withdrawn: '已撤回',
  published: '已发布',
};

/** Throws `record.not-found` for a draft that is not there or out of reach. */
export async function findDraft(tx: Tx, id: number): Promise<DraftRow> {
  const [row] = await loadDrafts(tx, sql`where d.id = ${id}`);
  if (!row) throw new AppError('record.not-found', { what: '标准草案', id: String(id) });
  return row;
}

/**
 * The draft, held until this transaction ends, when the action may be done with it by who asks. Throws `record.not-found`,
 * `access.denied`, `record.changed`, `standard.illegal-action`, `access.same-person`.
 */
export async function lockDraft(
  context: RequestContext,
  tx: Tx,
  asked: { readonly id: number; readonly version: number; readonly action: DraftAction },
): Promise<DraftRow> {
  const { capability, from, text } = DRAFT_RULES[asked.action];
  await sql`select from standard_draft d where d.id = ${asked.id} for update`.execute(tx);
  const row = await findDraft(tx, asked.id);
  context.authorizeRecord(capability, row);
  if (row.version !== asked.version) throw new AppError('record.changed');
  if (!from.includes(row.state))
    throw new AppError('standard.illegal-action', { state: STATE_TEXT[row.state], action: text });
  if (capability === 'standard.approve' && isOwn(context, row)) throw new AppError('access.same-person');
  return row;
}
