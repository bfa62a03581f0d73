import { AppError } from '#base';
import type { VerificationDetail } from '#contract/warning';
import { levelOf } from '#model/warning';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { agreeSettings } from '../agreement/agree-settings.ts';
import { type Neighbour, neighboursOf } from '../agreement/neighbours.ts';
import { weighWarning } from '../agreement/weigh-warning.ts';
import { witnessesOf } from '../agreement/witnesses.ts';
import { type ConfidencesOf, type EvidenceRow, loadEvidence, showEvidence } from '../evidence-view.ts';
import { loadVerification } from './verification-view.ts';

/** One alarm that waits, with everything there is to judge by. Throws `record.not-found`. */
export async function getVerification(
  context: RequestContext,
  { params }: { readonly params: { readonly id: number } },
  confidencesOf: ConfidencesOf,
): Promise<VerificationDetail> {
  context.authorize('warning.read');
  return context.transaction(async (tx) => {
    const shown = await loadVerification(context, tx, params.id);
    const rows = await loadEvidence(tx, sql`(select * from alarm where id = ${shown.alarm}) a`);
    const [row] = rows;
    if (!row) throw new AppError('record.not-found', { what: '报警', id: shown.alarm });
    const now = context.now();
    const confidences = await confidencesOf(tx, [row.point_id], now);
    const [evidence] = await showEvidence(tx, rows, confidences);
    if (!evidence) throw new AppError('record.not-found', { what: '报警', id: shown.alarm });
    const { neighbourMetres: metres } = (await agreeSettings(tx))(row.scenario);
    const near = await neighboursOf(tx, { point: row.point_id, sign: row.sign }, { metres, now });
    return {
      ...shown,
      evidence,
      confidence: await weighWarning(tx, { rows, confidences, now }),
      neighbours: near.map(showNeighbour),
      witnesses: await witnessesAt(tx, row),
      before: await recordBefore(tx, row),
    };
  });
}

function showNeighbour({ level, ...rest }: Neighbour): VerificationDetail['neighbours'][number] {
  return { ...rest, level: levelOf(level) ?? null };
}

async function witnessesAt(tx: Tx, row: EvidenceRow): Promise<string[]> {
  const { alarm, object_id: object, scenario, sensing, raised_at: at, session } = row;
  return [...((await witnessesOf(tx, [{ alarm, object, scenario, sensing, at, session }])).get(alarm) ?? [])];
}

/** What the same sign has done at this point before. */
async function recordBefore(tx: Tx, row: EvidenceRow): Promise<VerificationDetail['before']> {
  const { rows } = await sql<VerificationDetail['before']>`
    select count(*)::int as alarms,
      (count(*) filter (where exists (select from verification v where v.alarm_id = a.id and v.decision = 'refused')))::int as refused
    from alarm a join sign s on s.id = a.sign_id
    where a.point_id = ${row.point_id} and s.code = ${row.sign} and a.id <> ${row.alarm}
      and a.replay_session_id is not distinct from ${row.session}`.execute(tx);
  return rows[0] ?? { alarms: 0, refused: 0 };
}
