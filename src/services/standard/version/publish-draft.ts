import { AppError } from '#base';
import type { StandardDraft, versionRoutes } from '#contract/standard';
import { announce, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { compareStandards } from '#workflow';
import { sql } from 'kysely';
import type { z } from 'zod';

import { answerBasisTasks } from '../basis/answer-basis-tasks.ts';
import { changeAndShow } from './change-draft.ts';
import { faultsOf, loadDocument, type StandardDocument } from './draft-detail.ts';
import type { DraftRow } from './draft-view.ts';
import { lockDraft } from './lock-draft.ts';
import { publishStandard } from './publish-standard.ts';
import { refuseFaults } from './submit-draft.ts';

type Route = typeof versionRoutes.publishStandardDraft;

const YEAR_MS = 366 * 86_400_000;
const TOLD = 100;

interface Newest {
  readonly id: number;
  readonly version: string;
  readonly effective_from: number;
  readonly document: StandardDocument;
}

/**
 * Reviews a draft and publishes it as the next version, from a moment on; the one before is retired then. Throws
 * `record.not-found`, `access.denied`, `record.changed`, `standard.illegal-action`, `access.same-person`,
 * `standard.base-outdated`, `standard.not-clean`, `standard.moment-refused`.
 */
export async function publishDraft(
  context: RequestContext,
  { params, body }: { readonly params: z.output<Route['params']>; readonly body: z.output<Route['body']> },
): Promise<StandardDraft> {
  context.authorize('standard.approve');
  const now = context.now();
  const effectiveFrom = body.effectiveFrom ?? now;
  return context.transaction(async (tx) => {
    const row = await lockDraft(context, tx, { id: params.id, version: body.version, action: 'publish' });
    const newest = await lockNewest(tx, row);
    checkMoment(newest, effectiveFrom, now);
    const document = await loadDocument(tx, row.id);
    refuseFaults(await faultsOf(tx, row, document));
    if (row.submitted_by === null) throw new Error(`draft ${row.id} was handed in by nobody`);
    const people = {
      submittedBy: row.submitted_by,
      reviewedBy: context.actor.accountId,
      reason: row.reason,
    };
    const publication = { scenario: row.scenario, document, effectiveFrom, people };
    const { id, elements } = await publishStandard(tx, publication, now);
    const { standard: version, scenario_code: scenario } = row;
    await answerBasisTasks(context, tx, { tasks: body.answers ?? [], scenario: row.scenario, id, version });
    const payload = { id, standard: id, scenario, version, effectiveFrom, elements };
    await announce(tx, [{ type: 'standard.published', at: now, place: null, scenario: null, payload }]);
    const changes = compareStandards(newest.document, document).map(({ text }) => text);
    return changeAndShow(context, tx, row, {
      verb: 'publish',
      set: sql`state = 'published', reviewed_by = ${context.actor.accountId}, reviewed_at = ${new Date(now)},
        review_note = ${body.note || null}, effective_from = ${new Date(effectiveFrom)}, published_id = ${id}::int`,
      told: {
        version,
        replaces: newest.version,
        effectiveFrom,
        answers: body.answers ?? [],
        changed: changes.length,
        changes: changes.slice(0, TOLD),
      },
    });
  });
}

/** The newest version of the scenario, held: of two that are published at once the second is outdated. */
async function lockNewest(tx: Tx, row: DraftRow): Promise<Newest> {
  const { rows } = await sql<Newest>`
    select id, version, effective_from, document from standard_version
    where scenario = ${row.scenario} and retired_at is null for update`.execute(tx);
  const [newest] = rows;
  if (newest?.id === row.base.id) return newest;
  throw new AppError('standard.base-outdated', {
    base: row.base.version,
    newest: newest?.version ?? row.newest.version,
  });
}

function checkMoment(newest: Newest, effectiveFrom: number, now: number): void {
  const reason =
    effectiveFrom < now
      ? '它早于现在'
      : effectiveFrom > now + YEAR_MS
        ? '它在一年以后'
        : newest.effective_from > now && effectiveFrom <= newest.effective_from
          ? `版本 ${newest.version} 待生效，新版本须晚于它生效，或先撤销它`
          : undefined;
  if (reason !== undefined) throw new AppError('standard.moment-refused', { reason });
}
