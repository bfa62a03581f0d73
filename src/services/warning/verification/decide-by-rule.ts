import type { VerificationDecision } from '#model/warning';
import { auditRule } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { tellVerifications, type ToldVerification } from './tell-verifications.ts';

interface RuleDecision {
  readonly decision: VerificationDecision;
  readonly note: string;
  readonly now: number;
}

/** Ends waiting by a rule: on the record, in the audit, and told. The holds are the caller's to end. */
export async function decideByRule(
  tx: Tx,
  rows: readonly Omit<ToldVerification, 'text'>[],
  { decision, note, now }: RuleDecision,
): Promise<void> {
  await sql`update verification set decision = ${decision}, decided_at = ${new Date(now)}, next_at = null, note = ${note},
      signs_level = level
    where id = any(${rows.map(({ id }) => id)}::bigint[])`.execute(tx);
  await auditRule(
    tx,
    { rule: 'verification-ladder', at: now },
    rows.map(({ id, place, scenario }) => ({
      action: 'verification.decided',
      subject: `verification/${id}`,
      place,
      scenario,
      after: { decision, note },
    })),
  );
  await tellVerifications(
    tx,
    'decided',
    now,
    rows.map((row) => ({ ...row, text: note })),
  );
}
