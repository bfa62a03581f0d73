import type { DraftAction, DraftState, StandardDraft } from '#contract/standard';
import type { Capability, Placed } from '#model/platform';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

type Person = StandardDraft['createdBy'];
type VersionName = StandardDraft['base'];

export interface DraftRow extends Placed {
  readonly id: number;
  readonly scenario: number;
  readonly place: number;
  readonly scenario_code: string;
  readonly scenario_name: string;
  readonly standard: string;
  readonly base: VersionName;
  readonly copied_from: VersionName;
  readonly newest: VersionName;
  readonly state: DraftState;
  readonly reason: string;
  readonly authors: readonly number[];
  readonly creator: Person;
  readonly created_at: number;
  readonly editor: Person;
  readonly edited_at: number;
  readonly submitted_by: number | null;
  readonly submitter: Person | null;
  readonly submitted_at: number | null;
  readonly reviewer: Person | null;
  readonly reviewed_at: number | null;
  readonly review_note: string | null;
  readonly effective_from: number | null;
  readonly published: VersionName | null;
  readonly version: number;
}

export const personOf = (id: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(select json_build_object('username', n.username, 'name', n.name) from account_name n where n.id = ${id})`;
const versionOf = (condition: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(select json_build_object('id', v.id, 'version', v.version) from standard_version v where ${condition} limit 1)`;

/** Drafts by a condition on `d`, as far as the scope of the transaction reaches; without their documents. */
export async function loadDrafts(tx: Tx, tail: RawBuilder<unknown>): Promise<readonly DraftRow[]> {
  const { rows } = await sql<DraftRow>`
    select d.id, d.scenario, d.place, s.code as scenario_code, s.name as scenario_name, d.standard, d.state, d.reason,
      d.authors, d.created_at, d.edited_at, d.submitted_by, d.submitted_at, d.reviewed_at, d.review_note, d.effective_from,
      d.version, ${versionOf(sql`v.id = d.base_id`)} as base, ${versionOf(sql`v.id = d.copied_from_id`)} as copied_from,
      ${versionOf(sql`v.scenario = d.scenario and v.retired_at is null`)} as newest,
      ${versionOf(sql`v.id = d.published_id`)} as published, ${personOf(sql`d.created_by`)} as creator,
      ${personOf(sql`d.edited_by`)} as editor, ${personOf(sql`d.submitted_by`)} as submitter,
      ${personOf(sql`d.reviewed_by`)} as reviewer
    from standard_draft d join scenario s on s.id = d.scenario
    ${tail}`.execute(tx);
  return rows;
}

export function showDraft(context: RequestContext, row: DraftRow): StandardDraft {
  return {
    id: row.id,
    scenario: row.scenario_code,
    scenarioName: row.scenario_name,
    standard: row.standard,
    base: row.base,
    copiedFrom: row.copied_from,
    newest: row.newest,
    outdated: row.state !== 'published' && row.base.id !== row.newest.id,
    state: row.state,
    reason: row.reason,
    createdBy: row.creator,
    createdAt: row.created_at,
    editedBy: row.editor,
    editedAt: row.edited_at,
    submittedBy: row.submitter,
    submittedAt: row.submitted_at,
    reviewedBy: row.reviewer,
    reviewedAt: row.reviewed_at,
    reviewNote: row.review_note,
    effectiveFrom: row.effective_from,
    publishedVersion: row.published,
    version: row.version,
    allowedActions: allowedActions(context, row),
  };
}

/** Who may do what with a draft, and in which states of it. */
export const DRAFT_RULES: Readonly<
  Record<
    DraftAction,
    { readonly capability: Capability; readonly from: readonly DraftState[]; readonly text: string }
  >
> = {
  edit: { capability: 'standard.draft', from: ['draft', 'refused', 'withdrawn'], text: '修改' },
  submit: { capability: 'standard.draft', from: ['draft'], text: '提交审核' },
  withdraw: { capability: 'standard.draft', from: ['draft', 'submitted', 'refused'], text: '撤回' },
  refuse: { capability: 'standard.approve', from: ['submitted'], text: '退回' },
  publish: { capability: 'standard.approve', from: ['submitted'], text: '发布' },
};

function allowedActions(context: RequestContext, row: DraftRow): StandardDraft['allowedActions'] {
  const { rights } = context.actor;
  return (Object.keys(DRAFT_RULES) as DraftAction[]).filter((action) => {
    const { capability, from } = DRAFT_RULES[action];
    if (!from.includes(row.state) || !rights.mayAt(capability, row)) return false;
    return capability === 'standard.draft' || !isOwn(context, row);
  });
}

/** Whether who asks had a hand in it, or would review it in the name of somebody who had. */
export function isOwn(context: RequestContext, row: DraftRow): boolean {
  const { accountId, rights } = context.actor;
  const principal = rights.actingFor('standard.approve', row)?.id;
  return row.authors.includes(accountId) || (principal !== undefined && row.authors.includes(principal));
}
