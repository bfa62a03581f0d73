export {
  type CommandOutcome,
  type DeviceCommand,
  type DeviceDirectory,
  type DeviceSettings,
  type FactorBinding,
  type Gateway,
  type GatewayCounters,
  type GatewaySession,
  type KnownDevice,
  type ModbusSettings,
  type Protocol,
  PROTOCOL_COMMANDS,
  protocolName,
  PROTOCOLS,
  type UnknownDevice,
} from './gateway.ts';
export { blindReason, type Telling } from './blind-reason.ts';
export {
  BLIND_STATES,
  type BlindSpot,
  blindSpotOf,
  type BlindState,
  type ConditionCount,
  countOf,
  type ElementWatch,
  mergeWatches,
  type PlaceWatch,
  POINT_CONDITIONS,
  type PointCondition,
  pointsOf,
  servicedUntil,
} from './blind-spot.ts';
export { type Confidence, type ConfidenceFacts, confidenceOf } from './confidence.ts';
export { DOUBT_GOOD, DOUBT_POOR, DOUBT_STEP, doubtAfter } from './doubt.ts';
export {
  BESIDE_REASONS,
  DATA_REASON_TEXT,
  type DataReason,
  dataReason,
  DATA_REASONS,
  isBeside,
} from './data-reason.ts';
export { isLate, isWrongClock } from './device-clock.ts';
export {
  type DeviceNote,
  NOTE_KINDS,
  type NotedValue,
  type NoteKeeper,
  PICTURE_MOST,
} from './device-note.ts';
export { ALIKE_WITHIN, disagreeing } from './disagreement.ts';
export { flatAfterMs } from './never-still.ts';
export { isInOtherUnit } from './other-unit.ts';
export {
  type AppdataField,
  APPDATA_TYPES,
  type AppdataType,
  COLLAPSE_SECONDS,
  type FieldEquals,
  INTAKE_AUTH_TEXT,
  INTAKE_AUTHS,
  INTAKE_KIND_TEXT,
  INTAKE_KINDS,
  type IntakeAuth,
  type IntakeKind,
  type IntakeSettings,
  TIME_UNITS,
  type TimeUnit,
  type VideoMapping,
} from './intake.ts';
export {
  REPORT_PICTURES_MOST,
  SUSPECTED_ORIGINS,
  SUSPECTED_STATE_TEXT,
  SUSPECTED_STATES,
  type SuspectedOrigin,
  type SuspectedState,
} from './suspected-event.ts';
export {
  type Grade,
  GRADES,
  QUALITY_WEIGHTS,
  type QualityCounts,
  type QualityFigures,
  qualityFigures,
} from './quality-figures.ts';
export { isSuspect, QUALITY, qualityMarks, type QualityMark, SUSPECT_BITS } from './quality.ts';
export {
  type ReadingBatch,
  ReadingBatchBuilder,
  type ReadingSink,
  READING_SOURCES,
  type ReadingSource,
  SCRIPT_SOURCE,
  type Source,
  SOURCES,
} from './reading-batch.ts';
export {
  DELIVERIES_KEPT_DAYS,
  EVENTS_KEPT_DAYS,
  KEPT,
  KEPT_CLASSES,
  REPLAYS_KEPT_DAYS,
  type KeptClass,
  type KeptFor,
} from './kept.ts';
export { SESSION_KINDS, type SessionKind } from './session-kind.ts';
export {
  SERVICE_KIND_TEXT,
  SERVICE_KINDS,
  SERVICE_REVIEW_MS,
  SERVICE_SUBJECTS,
  type ServiceKind,
} from './service-kind.ts';
