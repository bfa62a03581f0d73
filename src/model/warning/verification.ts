/**
 * What became of an alarm that waited for a person (核实). `confirmed` it is a warning; `refused` it was none (误报); `agreed`
 * another kind of source said the same; `worst-case` nobody looked in time; `returned` it was over before anybody had.
 */
export const VERIFICATION_DECISIONS = ['confirmed', 'refused', 'agreed', 'worst-case', 'returned'] as const;
export type VerificationDecision = (typeof VERIFICATION_DECISIONS)[number];

export const VERIFICATION_DECISION_TEXT: Readonly<Record<VerificationDecision, string>> = {
  confirmed: '已确认',
  refused: '误报',
  agreed: '已有佐证',
  'worst-case': '到时自动成立',
  returned: '已自行恢复',
};
