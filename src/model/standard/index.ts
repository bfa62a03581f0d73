export { basisDueAt, type TaskCourse, updatesInTime } from './basis-task.ts';
export { type Basis, BASIS_TAGS, type BasisTag } from './basis.ts';
export {
  type CompositeLevel,
  type CompositeReach,
  type CompositeSign,
  LONGEST_CONDITION,
} from './composite.ts';
export {
  COVERAGE_GAPS,
  type CoverageFigures,
  coverageFigures,
  type CoverageGap,
  type LedgerCount,
  type ObjectCount,
} from './coverage.ts';
export { type ElementDefinition, type ElementState, SENSING_KINDS, type SensingKind } from './element.ts';
export {
  DISPOSAL_RESULTS,
  isResult,
  RESULT_LENGTH,
  RESULT_PHOTOS,
  type ResultField,
  type ResultKind,
} from './disposal-results.ts';
export { HANDBOOK_ROLES, type HandbookRole } from './handbook-role.ts';
export {
  DISPOSAL_TYPES,
  type DisposalType,
  type HandbookEntry,
  type HandbookStep,
  type Loop,
  LOOPS,
  type RoleInUnit,
  STEP_EVIDENCE,
  type StepEvidence,
} from './handbook.ts';
export {
  type FireWeatherInputs,
  type Limit,
  MEASURE_KINDS,
  MEASURE_TEXT,
  type MeasureKind,
  type ParameterLimit,
  PAST_DIRECTIONS,
  type PastDirection,
  type SignMeasure,
  type Statistic,
  STATISTICS,
} from './measure.ts';
export type { ObjectLimits, OwnLevel, OwnLimits } from './own-limits.ts';
export type { ParameterDefinition } from './parameter.ts';
export { rarityText } from './rarity-text.ts';
export {
  type Agreement,
  type LevelThreshold,
  type OwnRange,
  type Sign,
  SIGN_DIRECTIONS,
  SIGN_LEVELS,
  type SignDirection,
  type SignLevel,
} from './sign.ts';
export type { SignRehearsal } from './sign-rehearsal.ts';
export type { StandardFile } from './standard-file.ts';
export {
  ESCALATION_CHANNELS,
  type EscalationChannel,
  type EscalationRecipient,
  type EscalationRules,
  type EscalationRung,
  LIMIT_CLASSES,
  type LevelLimits,
  type LimitClass,
  type LimitClassCode,
  type LimitOverrides,
  type LimitsFile,
  type TimeLimit,
  type WorkingPeriod,
} from './time-limit.ts';
export {
  ITEM_KINDS,
  type ItemKind,
  VERIFICATIONS,
  type Verification,
  type WarningItemDefinition,
} from './warning-item.ts';
export { unitText } from './unit-text.ts';
