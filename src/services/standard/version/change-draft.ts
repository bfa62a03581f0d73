import type { StandardDraft } from '#contract/standard';
import { announce, audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

import { type DraftRow, showDraft } from './draft-view.ts';
import { findDraft } from './lock-draft.ts';

/** What is done to a draft that is held: columns to set, and what the audit tells of it. */
export interface DraftChange {
  readonly verb: 'edit' | 'submit' | 'withdraw' | 'refuse' | 'publish';
  readonly set: RawBuilder<unknown>;
  readonly told: object;
}

/** Writes a change of a draft with its audit row and its event. */
export async function changeDraft(
  context: RequestContext,
  tx: Tx,
  row: DraftRow,
  { verb, set, told }: DraftChange,
): Promise<DraftRow> {
  await sql`update standard_draft d set ${set}, version = d.version + 1 where d.id = ${row.id}`.execute(tx);
  const after = await findDraft(tx, row.id);
  await audit(context, tx, {
    action: `standard-draft.${verb}`,
    subject: subjectOf(row),
    before: { state: row.state, standard: row.standard },
    after: { state: after.state, standard: after.standard, ...told },
    place: row.place,
    scenario: row.scenario,
  });
  await tellDraft(context, tx, after);
  return after;
}

/** The same for changes whose answer is the draft without its text. */
export async function changeAndShow(
  context: RequestContext,
  tx: Tx,
  row: DraftRow,
  change: DraftChange,
): Promise<StandardDraft> {
  return showDraft(context, await changeDraft(context, tx, row, change));
}

export function subjectOf({ id }: Pick<DraftRow, 'id'>): string {
  return `standard-draft/${id}`;
}

export async function tellDraft(context: RequestContext, tx: Tx, row: DraftRow): Promise<void> {
  const { id, place, scenario, scenario_code, state } = row;
  const payload = { id, scenario: scenario_code, state };
  await announce(tx, [{ type: 'standard.draft-changed', at: context.now(), place, scenario, payload }]);
}

/** Everybody who has a hand in it now, with whom they act for. */
export function withAuthor(context: RequestContext, authors: readonly number[]): readonly number[] {
  const principal = context.actingFor?.id;
  return [...new Set([...authors, context.actor.accountId, ...(principal === undefined ? [] : [principal])])];
}
