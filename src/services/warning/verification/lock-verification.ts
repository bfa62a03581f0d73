import { AppError } from '#base';
import { VERIFICATION_DECISION_TEXT, type VerificationDecision } from '#model/warning';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import type { ToldVerification } from './tell-verifications.ts';

export interface VerificationRow extends Omit<ToldVerification, 'text'> {
  readonly decision: VerificationDecision | null;
  readonly askedAt: number;
  readonly dueAt: number;
  readonly step: number;
  readonly moreAt: number | null;
  /** Of the alarm as it stands now; 0 where it is normal. */
  readonly standing: number;
  readonly point: string;
}

/**
 * What waits, locked, where the caller may decide it. Throws `record.not-found`, `access.denied`, and `verification.decided` where
 * somebody or something was quicker.
 */
export async function lockVerification(
  context: RequestContext,
  tx: Tx,
  id: number,
): Promise<VerificationRow> {
  const { rows } = await sql<VerificationRow>`
    select v.id, v.alarm_id as alarm, v.object_id as object, v.item_code as item, v.place, v.scenario, v.level, v.simulated,
      v.replay_session_id as session, v.decision, v.asked_at as "askedAt", v.due_at as "dueAt", v.step, v.more_at as "moreAt",
      a.level as standing, p.code as point
    from verification v join alarm a on a.id = v.alarm_id join point p on p.id = a.point_id
    where v.id = ${id} for update of v`.execute(tx);
  const [found] = rows;
  if (!found) throw new AppError('record.not-found', { what: '待核实报警', id });
  context.authorizeRecord('warning.decide', found);
  if (found.decision !== null)
    throw new AppError('verification.decided', { decision: VERIFICATION_DECISION_TEXT[found.decision] });
  if (found.standing === 0)
    throw new AppError('verification.decided', { decision: VERIFICATION_DECISION_TEXT.returned });
  return found;
}
