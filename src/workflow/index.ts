export { type Advance, advance, allowedActions } from './advance.ts';
export type { Missing, OrderActor, OrderFacts, OrderStep } from './order-facts.ts';
export { amendableOf, amendmentFault, asAmended } from './amend-record.ts';
export { missingForFailure, reopenableUntil } from './judge-sample.ts';
export { goesOn, type Pause } from './stop-clock.ts';
export { type DataFinding, dataFindings, type PoorPoint } from './data-findings.ts';
export {
  advanceFault,
  allowedFaultActions,
  type FaultActor,
  type FaultAdvance,
  type FaultOwner,
  type FaultStep,
} from './advance-fault.ts';
export { FAULT_TRANSITIONS, type FaultParty } from './fault-transitions.ts';
export { type DeviceLag, LagWatch } from './lag-watch.ts';
export { RefusalWatch, type FrameTotals } from './refusal-watch.ts';
export { type FaultRound, type Finding, settleFaults, type StandingFault } from './settle-faults.ts';
export { type HeardDevice, silentDevices } from './silent-devices.ts';
export { chooseTestSign, type TestableSign, type TestPlan } from './choose-test-sign.ts';
export { type ClockMark, judgeClock } from './judge-clock.ts';
export { compareStandards } from './compare-standards.ts';
export { admitAlarm, type Hold, type KeptHold } from './admit-alarm.ts';
export { type AlarmNews, takeNews, type WarningDraft } from './decide-warning.ts';
export { measureText } from './standard-text.ts';
export { dueMoments, limitsFor, nextProgress, restarted, type RunningLimit, tightened } from './deadlines.ts';
export {
  type ConflictFacts,
  type DutyConflict,
  dutyConflicts,
  type JudgedShift,
  LONGEST_WATCH_MS,
} from './duty-conflicts.ts';
export {
  dayNumber,
  type LastTurn,
  type PlanInput,
  type PlannedShift,
  planShifts,
  type SeatRota,
  type ShiftPattern,
  type ShiftTime,
  type Span,
} from './duty-roster.ts';
export {
  type Gap,
  gapsOf,
  nextWatch,
  type SeatShift,
  type StandIn,
  type Watch,
  watchAt,
} from './duty-watch.ts';
export {
  isEscalation,
  ladderOf,
  type LimitSpan,
  nextMoment,
  type NextStep,
  nextStep,
  pressAfter,
  type Rung,
  type RungReason,
  type Standing,
  stepAt,
} from './ladder.ts';
export { PARTIES, type Party, type Stage, type Transition, TRANSITIONS } from './transitions.ts';
export {
  addWorkingTime,
  endOfWorkingDay,
  isWorkingDay,
  type WorkingCalendar,
  workingCalendar,
  workingTimeBetween,
} from './working-calendar.ts';
export {
  accountableLoop,
  allowedMoves,
  higher,
  LOOP_TRANSITIONS,
  type LoopActor,
  type LoopFacts,
  type LoopMoved,
  type LoopParty,
  type LoopRequirement,
  moveLoop,
} from './loop-transitions.ts';
export { type GroupedOrder, groupIncidents, type IncidentGroup } from './group-incidents.ts';
export { nearDuplicate, type ReportFacts, similarity } from './near-duplicate.ts';
export { DependencyGraph, type GraphCause, type GraphEdge } from './cascade/dependency-graph.ts';
export type { GraphObject } from './cascade/graph-object.ts';
export { cascadeSentence, soonText } from './cascade/cascade-sentence.ts';
export { type ConcernedSeat, type DeskPlatform, seatsConcerned } from './cascade/seats.ts';
export {
  DEEPEST_STEP,
  MOST_REACHED,
  type Reached,
  type Walk,
  walkDependencies,
} from './cascade/walk-dependencies.ts';
export {
  type AreaAt,
  CARD_GRAINS,
  type CardArea,
  type CardCell,
  type CardGrain,
  cardSubject,
  chooseGrains,
  countOf,
  gatherCards,
  type WarningCardDraft,
  worstOf,
} from './warning-cards.ts';
export { LOAD_SPAN_MS, type LoadLimits, type LoadStep, nextLoad } from './load-guard.ts';
export { type Agreement, withAgreement } from './agreement-text.ts';
export { closureFindings } from './closure-quality.ts';
export type { ClosureFacts } from './closure-facts.ts';
export { isImprobable } from './improbable.ts';
export { reAlarmText } from './re-alarm.ts';
export { type Reopenable, reopenFault } from './reopening.ts';
export {
  levelFault,
  ownerAt,
  rungAt,
  type VerificationRules,
  verificationStep,
  verificationText,
  VERIFIERS,
  type Verifier,
  type WaitingAlarm,
  WORST_CASE,
} from './verification.ts';
export {
  warningConfidence,
  type WarningConfidence,
  type WarningConfidenceFacts,
} from './warning-confidence.ts';
export { type Spot, NearGrid } from './near-grid.ts';
export { judgedLevel } from './judged-level.ts';
export {
  type AskedAlarm,
  type Cause,
  type StandingAlarm,
  type SuppressedScope,
  type Suppression,
  SuppressionIndex,
} from './suppression-index.ts';
export { type ActorHistory, type ActorSign, type Episode, repeatsOf } from './performance/actor-history.ts';
export { changeSign } from './performance/change-sign.ts';
export {
  type LoadCounts,
  performanceFigures,
  type PerformanceFigure,
} from './performance/performance-figures.ts';
export { propose, type Proposal } from './performance/propose.ts';
export { afterAttempt, type AfterAttempt, DOWN_AFTER, PROBE_MS } from './notify/after-attempt.ts';
export { gather, gatherMinute, type Telling } from './notify/gather.ts';
export { type QuietHours, quietUntil } from './notify/quiet.ts';
export {
  type Candidate,
  type Chosen,
  chooseRecipients,
  type OnDutyAt,
  type RecipientFacts,
} from './notify/recipients.ts';
export { type Route, type RouteChannel, routeMessage, serves, type Where } from './notify/route-message.ts';
export { dutyStanding } from './incident-report/duty-standing.ts';
export { fulfilledDuties } from './incident-report/fulfilled-duties.ts';
export { nextStage } from './incident-report/next-stage.ts';
export { finalDuty, firstDuties, type ReportDuty, updateAfter } from './incident-report/report-duties.ts';
export {
  casualtyText,
  missingFields,
  reportText,
  stageText,
  UNKNOWN_TEXT,
} from './incident-report/report-text.ts';
export { type DrillFacts, reportKey, scoreDrill, type ScoredLine } from './score-drill.ts';
