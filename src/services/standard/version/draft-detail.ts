import { type LintFault, type StandardDraftDetail } from '#contract/standard';
import type { LimitsFile } from '#model/standard';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { lintWhole } from '../composite/lint-whole.ts';
import { otherOutlines } from '../composite/other-outlines.ts';
import { type DraftRow, showDraft } from './draft-view.ts';

export type StandardDocument = StandardDraftDetail['document'];

export async function loadDocument(tx: Tx, draft: number): Promise<StandardDocument> {
  const { rows } = await sql<{ document: StandardDocument }>`
    select document from standard_draft where id = ${draft}`.execute(tx);
  if (!rows[0]) throw new Error(`draft ${draft} has gone while it was read`);
  return rows[0].document;
}

/** A draft with its text and what the linter finds in it now. */
export async function showDetail(
  context: RequestContext,
  tx: Tx,
  row: DraftRow,
): Promise<StandardDraftDetail> {
  const document = await loadDocument(tx, row.id);
  const faults = row.state === 'published' ? [] : await faultsOf(tx, row, document);
  return { ...showDraft(context, row), document, faults: [...faults] };
}

/** What keeps a draft from being published: the linter's faults by the limits that hold, and a number that is taken. */
export async function faultsOf(
  tx: Tx,
  { scenario, standard }: Pick<DraftRow, 'scenario' | 'standard'>,
  document: StandardDocument,
): Promise<readonly LintFault[]> {
  const { rows: limits } = await sql<{ document: LimitsFile }>`
    select document from standard_version where scenario is null and retired_at is null`.execute(tx);
  if (!limits[0]) throw new Error('no limits have been published');
  const { rows: taken } = await sql`
    select from standard_version where scenario = ${scenario} and version = ${standard}`.execute(tx);
  const faults = lintWhole(document, limits[0].document, await otherOutlines(tx, scenario));
  if (taken.length === 0) return faults;
  return [{ path: 'version', message: `版本号“${standard}”已经用过。请换一个新的版本号。` }, ...faults];
}
