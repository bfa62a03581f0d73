export { HOLD_KIND_TEXT, HOLD_KINDS, type HoldKind } from './alarm-hold.ts';
export {
  ALARM_STATE_TEXT,
  ALARM_STATES,
  type AlarmFacts,
  type AlarmState,
  alarmStateOf,
  HELD_STATES,
  type HeldState,
} from './alarm-state.ts';
export { CONFIDENCE_PARTS, type ConfidencePart } from './confidence-part.ts';
export {
  FALSE_ALARM_REASON_TEXT,
  FALSE_ALARM_REASONS,
  type FalseAlarmReason,
  falseAlarmText,
} from './false-alarm.ts';
export { type Level, LEVEL_TEXT, LEVELS, levelOf, type LevelRank, rankOf } from './level.ts';
export {
  VERIFICATION_DECISION_TEXT,
  VERIFICATION_DECISIONS,
  type VerificationDecision,
} from './verification.ts';
export {
  WARNING_CHANGE_TEXT,
  WARNING_CHANGES,
  WARNING_STATE_TEXT,
  WARNING_STATES,
  type WarningChange,
  type WarningState,
} from './warning.ts';
export {
  CASCADE_CAUSES,
  CASCADE_OUTCOME_TEXT,
  CASCADE_OUTCOMES,
  type CascadeCause,
  type CascadeOutcome,
  type DependencyRule,
  type RuleReach,
} from './cascade.ts';
export {
  DEPENDENCY_KINDS,
  DEPENDENCY_SOURCE_TEXT,
  DEPENDENCY_SOURCES,
  DEPENDENCY_TEXT,
  type DependencyKind,
  dependencySentence,
  type DependencySource,
  LONGEST_LEAD_MINUTES,
} from './dependency.ts';
export {
  SHELF_PROPOSAL_MS,
  SHELF_REASON_TEXT,
  SHELF_REASONS,
  SHELF_REMINDER_MS,
  SHELF_SCOPE_TEXT,
  SHELF_SCOPES,
  SHELF_SETTING,
  SHELF_STATES,
  type ShelfReason,
  type ShelfScope,
  type ShelfState,
} from './shelf.ts';
export {
  CAUSE_KIND_TEXT,
  CAUSE_KINDS,
  type CauseKind,
  SUPPRESSION_REACH_TEXT,
  SUPPRESSION_REACHES,
  type SuppressionReach,
} from './suppression.ts';
export {
  CHATTER,
  FIGURE_VERDICT_TEXT,
  FIGURE_VERDICTS,
  type FigureVerdict,
  FLEETING_SECONDS,
  type Nuisance,
  NUISANCE_TEXT,
  NUISANCES,
  PROPOSAL_KIND_TEXT,
  PROPOSAL_KINDS,
  PROPOSAL_STATE_TEXT,
  PROPOSAL_STATES,
  type ProposalKind,
  type ProposalState,
  type SignProposal,
  STALE_MS,
} from './performance.ts';
