import type { EscalationRules } from '#model/standard';
import { ladderOf, type Rung, stepAt } from '#workflow';

/** From when to when a 督办 has to be answered. Epoch ms. */
interface AnswerSpan {
  readonly issuedAt: number;
  readonly answerBy: number;
}

/** It climbs the same ladder as the limits of an order: whoever has to answer first, then those above. */
export function supervisionLadder(
  rules: EscalationRules,
  { issuedAt, answerBy }: AnswerSpan,
): readonly Rung[] {
  return ladderOf(rules, { kind: 'supervision', level: 'yellow', startedAt: issuedAt, dueAt: answerBy });
}

/** Where it stands on its ladder when its moment is set: what lies behind is not climbed again. */
export function standingAt(
  rules: EscalationRules,
  span: AnswerSpan,
  now: number,
): { readonly step: number; readonly nextAt: number } {
  const ladder = supervisionLadder(rules, span);
  const step = stepAt(ladder, now);
  return { step, nextAt: ladder[step]?.at ?? span.answerBy };
}
