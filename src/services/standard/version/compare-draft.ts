import { AppError } from '#base';
import type { versionRoutes } from '#contract/standard';
import type { RequestContext } from '#services/context';
import { compareStandards } from '#workflow';
import { sql } from 'kysely';
import type { z } from 'zod';

import { loadDocument, type StandardDocument } from './draft-detail.ts';
import { findDraft } from './lock-draft.ts';

type Route = typeof versionRoutes.compareStandardDraft;

/** What a draft changes beside its base or another version of its scenario, in words. Throws `record.not-found`. */
export async function compareDraft(
  context: RequestContext,
  { params, query }: { readonly params: z.output<Route['params']>; readonly query: z.output<Route['query']> },
): Promise<z.output<Route['reply']>> {
  context.authorize('standard.read');
  return context.transaction(async (tx) => {
    const draft = await findDraft(tx, params.id);
    const id = query.with ?? draft.base.id;
    const { rows } = await sql<{ version: string; document: StandardDocument }>`
      select version, document from standard_version where id = ${id} and scenario = ${draft.scenario}`.execute(
      tx,
    );
    const [other] = rows;
    if (!other) throw new AppError('record.not-found', { what: '标准版本', id: String(id) });
    const items = compareStandards(other.document, await loadDocument(tx, draft.id));
    return { with: { id, version: other.version }, items: [...items] };
  });
}
