import type { ActorDetail, performanceRoutes } from '#contract/warning';
import type { RequestContext } from '#services/context';
import { type ActorHistory, propose, repeatsOf } from '#workflow';
import { sql } from 'kysely';
import type { z } from 'zod';

import { findActor, levelName, loadHistory } from './load-history.ts';
import { changeOf, loadProposals, showProposal } from './proposal-view.ts';
import { spanOf } from './span.ts';

const SHOWN = 300;
const PAST = 20;

/** What a sign has done at a point, what that asks for, and what was proposed before. Throws `record.not-found`. */
export async function getActor(
  context: RequestContext,
  { query }: { readonly query: z.output<typeof performanceRoutes.getActor.query> },
): Promise<ActorDetail> {
  context.authorize('warning.read');
  const now = context.now();
  const span = spanOf(query, now);
  return context.transaction(async (tx) => {
    const actor = await findActor(tx, query, now);
    const history = await loadHistory(tx, actor, span);
    const past = await loadProposals(
      tx,
      sql`where r.point_id = ${actor.point_id} and r.sign_code = ${actor.sign_code} order by r.id desc limit ${PAST}`,
    );
    const { place, scenario } = actor;
    return {
      point: { id: actor.point_id, code: actor.point_code },
      object: { id: actor.object_id, code: actor.object_code, name: actor.object_name },
      sign: { code: actor.sign_code, name: actor.sign_name },
      from: span.from,
      until: span.until,
      ...told(history),
      mayPropose: context.actor.rights.mayAt('standard.draft', { place, scenario }),
      proposals: past.map((row) => showProposal(context, row)),
    };
  });
}

function told(
  history: ActorHistory,
): Pick<ActorDetail, 'unit' | 'alarms' | 'repeats' | 'suspectShare' | 'findings' | 'episodes' | 'proposal'> {
  const proposal = propose(history);
  return {
    unit: history.sign?.unit ?? '',
    alarms: history.episodes.length,
    repeats: repeatsOf(history).length,
    suspectShare: history.suspectShare,
    findings: [...history.findings],
    episodes: history.episodes.slice(-SHOWN).map(({ peakLevel, ...one }) => ({
      ...one,
      level: levelName(peakLevel),
    })),
    proposal: proposal && { ...proposal, change: proposal.change && changeOf(proposal.change) },
  };
}
