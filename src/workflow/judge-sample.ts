import type { ClosureRemedy } from '#model/response';

import { TRANSITIONS } from './transitions.ts';

/** What a checker says of a record that does not pass its 抽查. */
export interface SampleJudgement {
  readonly reason?: string | undefined;
  readonly mend?: string | undefined;
  readonly remedy?: ClosureRemedy | undefined;
  readonly answerBy?: number | undefined;
}

/** “不行” tells a unit nothing. */
const FEWEST = 5;

/** Until when a closed order may be reopened, by the table of transitions; null for one that is not closed. */
export function reopenableUntil(closedAt: number | null): number | null {
  const within = TRANSITIONS.closed.actions.reopen?.withinMsOfClosing ?? 0;
  return closedAt === null ? null : closedAt + within;
}

/** What is missing of a 不合格, in words; empty where nothing is. Times are epoch ms. */
export function missingForFailure(
  judgement: SampleJudgement,
  order: { readonly closedAt: number | null },
  now: number,
): readonly string[] {
  const { reason = '', mend = '', remedy, answerBy } = judgement;
  const late = remedy === 'reopen' && now > (reopenableUntil(order.closedAt) ?? 0);
  const faults: readonly (readonly [boolean, string])[] = [
    [reason.length < FEWEST, `不合格的原因（不少于 ${FEWEST} 字）`],
    [mend.length < FEWEST, `整改要求（不少于 ${FEWEST} 字）`],
    [remedy === undefined, '整改方式'],
    [late, '另一种整改方式（结案已超过 30 天，不能重开）'],
    [answerBy === undefined || answerBy <= now, '答复时限（须晚于现在）'],
  ];
  return faults.filter(([isSo]) => isSo).map(([, words]) => words);
}
