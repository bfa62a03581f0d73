export * as basisRoutes from './basis-routes.ts';
export { type BasisCited, type BasisTask, TASK_STATES, type TaskState } from './basis-shapes.ts';
export * as compositeRoutes from './composite-routes.ts';
export type { CompositeSeatView, CompositeSignView } from './composite-routes.ts';
export {
  type ConditionGroups,
  type ConditionRow,
  conditionWords,
  readConditionRows,
  writeCondition,
} from './condition-rows.ts';
export { compositeShape } from './composite-shape.ts';
export { type CompositeSurroundings, type ConditionRead, lintComposites } from './lint-composite.ts';
export * as coverageRoutes from './coverage-routes.ts';
export {
  type Coverage,
  type CoverageLack,
  type CoveragePlan,
  type CoverageRow,
  PLAN_STATES,
  type PlanState,
} from './coverage-shapes.ts';
export { limitsFile } from './limits-file.ts';
export type { LintFault } from './lint-fault.ts';
export { lintLimits, lintStandard } from './lint-standard.ts';
export type { StandardDeployment } from './deployment-routes.ts';
export * as deploymentRoutes from './deployment-routes.ts';
export { measuredUnit, ONLY_DIRECTION } from './lint-sign.ts';
export {
  OWN_LIMIT_STATES,
  type OwnLimit,
  type OwnLimitAction,
  type OwnLimitState,
  type SignAtObject,
} from './own-limit-routes.ts';
export * as ownLimitRoutes from './own-limit-routes.ts';
export { ownBounds, ownLimitElementFaults, ownLimitFaults, withOwnLimits } from './own-limits.ts';
export * as rehearsalRoutes from './rehearsal-routes.ts';
export {
  CASE_KINDS,
  type CaseKind,
  type KnownCase,
  type Rehearsal,
  REHEARSAL_STATE_TEXT,
  type RehearsalResult,
  type RehearsalState,
  type RehearsedLevels,
} from './rehearsal-shapes.ts';
export * as standardRoutes from './routes.ts';
export type { Element, Handbook, Parameter, Sign, SwitchedOff, WarningItem } from './shapes.ts';
export { standardFile } from './standard-file.ts';
export * as versionRoutes from './version-routes.ts';
export {
  CHANGE_KINDS,
  type ChangeKind,
  DRAFT_ACTIONS,
  DRAFT_STATES,
  type DraftAction,
  type DraftState,
  type SheetFault,
  type SignImport,
  type StandardChange,
  type StandardDraft,
  type StandardDraftDetail,
  type StandardVersion,
  type StandardVersionDetail,
  VERSION_STATES,
  type VersionState,
} from './version-shapes.ts';
