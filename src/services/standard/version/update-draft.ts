import { AppError } from '#base';
import type { StandardDraftDetail, versionRoutes } from '#contract/standard';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { compareStandards } from '#workflow';
import { sql } from 'kysely';
import type { z } from 'zod';

import { changeDraft, withAuthor } from './change-draft.ts';
import { loadDocument, showDetail, type StandardDocument } from './draft-detail.ts';
import type { DraftRow } from './draft-view.ts';
import { lockDraft } from './lock-draft.ts';

type Route = typeof versionRoutes.updateStandardDraft;

const LONGEST_NUMBER = 40;
/** As many changes of one saving as the audit tells in words; it tells how many there were in any case. */
const TOLD = 100;

/**
 * Saves a draft; one that was refused or withdrawn is a draft again. Faults of its content are kept and told, they only keep it
 * from being handed in. Throws `record.not-found`, `access.denied`, `record.changed`, `standard.illegal-action`,
 * `input.invalid`, `standard.base-outdated`.
 */
export async function updateDraft(
  context: RequestContext,
  { params, body }: { readonly params: z.output<Route['params']>; readonly body: z.output<Route['body']> },
): Promise<StandardDraftDetail> {
  context.authorize('standard.draft');
  return context.transaction(async (tx) => {
    const row = await lockDraft(context, tx, { id: params.id, version: body.version, action: 'edit' });
    const standard = numberOf(row, body);
    await checkBase(tx, row, body.base);
    const document = { ...body.document, version: standard };
    const { reason, base } = body;
    return showDetail(context, tx, await saveDocument(context, tx, row, { document, reason, base }));
  });
}

/** Writes the text of a draft that is held for editing; what is not given stays. */
export async function saveDocument(
  context: RequestContext,
  tx: Tx,
  row: DraftRow,
  given: {
    readonly document: StandardDocument;
    readonly reason?: string | undefined;
    readonly base?: number | undefined;
  },
): Promise<DraftRow> {
  const { document, reason = row.reason, base = row.base.id } = given;
  const changes = compareStandards(await loadDocument(tx, row.id), document).map(({ text }) => text);
  const authors = `{${withAuthor(context, row.authors).join(',')}}`;
  return changeDraft(context, tx, row, {
    verb: 'edit',
    set: sql`state = 'draft', standard = ${document.version}, document = ${JSON.stringify(document)}::jsonb,
      reason = ${reason}, base_id = ${base}::int, authors = ${authors}::int[], edited_by = ${context.actor.accountId},
      edited_at = ${new Date(context.now())}, submitted_by = null, submitted_at = null`,
    told: { changed: changes.length, changes: changes.slice(0, TOLD), reason, base },
  });
}

function numberOf(row: DraftRow, { standard, document }: z.output<Route['body']>): string {
  if (document.scenario !== row.scenario_code)
    throw new AppError('input.invalid', {
      issues: `document.scenario 须是 ${row.scenario_code}：草案不能换场景`,
    });
  const number = standard ?? document.version;
  if (number.length > LONGEST_NUMBER)
    throw new AppError('input.invalid', { issues: `document.version 不能超过 ${LONGEST_NUMBER} 个字` });
  return number;
}

/** Only the newest version can be said to have been compared with. */
async function checkBase(tx: Tx, row: DraftRow, base: number | undefined): Promise<void> {
  if (base === undefined || base === row.base.id) return;
  const { rows } = await sql`select from standard_version v
    where v.id = ${base} and v.scenario = ${row.scenario} and v.retired_at is null`.execute(tx);
  if (rows.length === 0)
    throw new AppError('standard.base-outdated', { base: row.base.version, newest: row.newest.version });
}
