import { AppError, toBeijing } from '#base';
import type { StandardDraftDetail, versionRoutes } from '#contract/standard';
import { scenarioOf } from '#model/platform';
import { audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { subjectOf, tellDraft, withAuthor } from './change-draft.ts';
import { showDetail, type StandardDocument } from './draft-detail.ts';
import type { DraftRow } from './draft-view.ts';
import { findDraft } from './lock-draft.ts';
import { placeOfScenario } from './place-of-scenario.ts';

type Body = z.output<typeof versionRoutes.createStandardDraft.body>;

interface Source {
  readonly id: number;
  readonly version: string;
  readonly document: StandardDocument;
  readonly newest: boolean;
}

/**
 * Begins a new version with the text of the newest one, or of an older one: going back is a new version, too. Throws
 * `record.not-found`, `access.denied`.
 */
export async function createDraft(
  context: RequestContext,
  { body }: { readonly body: Body },
): Promise<StandardDraftDetail> {
  context.authorize('standard.draft');
  return context.transaction(async (tx) => showDetail(context, tx, await beginDraft(context, tx, body)));
}

/** The same within a transaction that does more. */
export async function beginDraft(context: RequestContext, tx: Tx, body: Body): Promise<DraftRow> {
  const scenario = scenarioOf(body.scenario)?.id;
  if (scenario === undefined) throw new AppError('record.not-found', { what: '场景', id: body.scenario });
  const place = await placeOfScenario(tx, scenario);
  context.authorizeRecord('standard.draft', { place, scenario });
  const { newest, from } = await findSources(tx, scenario, body);
  const standard = await nextNumber(tx, scenario, context.now());
  const at = new Date(context.now());
  const { id } = await tx
    .insertInto('standard_draft')
    .values({
      scenario,
      place,
      base_id: newest.id,
      copied_from_id: from.id,
      standard,
      document: JSON.stringify({ ...from.document, version: standard }),
      reason: body.reason,
      authors: [...withAuthor(context, [])],
      created_by: context.actor.accountId,
      created_at: at,
      edited_by: context.actor.accountId,
      edited_at: at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const row = await findDraft(tx, id);
  await audit(context, tx, {
    action: 'standard-draft.create',
    subject: subjectOf(row),
    after: { scenario: body.scenario, standard, from: from.version, reason: body.reason },
    place,
    scenario,
  });
  await tellDraft(context, tx, row);
  return row;
}

async function findSources(
  tx: Tx,
  scenario: number,
  { from, scenario: code }: Body,
): Promise<{ readonly newest: Source; readonly from: Source }> {
  const { rows } = await sql<Source>`
    select v.id, v.version, v.document, v.retired_at is null as newest from standard_version v
    where v.scenario = ${scenario} and (v.retired_at is null or v.id = ${from ?? null}::int)`.execute(tx);
  const newest = rows.find((row) => row.newest);
  if (!newest) throw new AppError('record.not-found', { what: '业务标准', id: code });
  const found = from === undefined ? newest : rows.find(({ id }) => id === from);
  if (!found) throw new AppError('record.not-found', { what: '标准版本', id: String(from) });
  return { newest, from: found };
}

/** `2026.1`, `2026.2` …: the year in Beijing, and one more than has been used in it. */
async function nextNumber(tx: Tx, scenario: number, now: number): Promise<string> {
  const { year } = toBeijing(now);
  const { rows } = await sql<{ last: number }>`
    select coalesce(max(substring(used from ${`^${year}\\.([0-9]{1,6})`})::int), 0) as last from (
      select version as used from standard_version where scenario = ${scenario}
      union all select standard from standard_draft where scenario = ${scenario}
    ) numbers`.execute(tx);
  return `${year}.${(rows[0]?.last ?? 0) + 1}`;
}
