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
  type Protocol,
  protocolName,
  PROTOCOLS,
  type UnknownDevice,
} from './gateway.ts';
export { flatAfterMs } from './never-still.ts';
export { isInOtherUnit } from './other-unit.ts';
export { isSuspect, QUALITY, qualityMarks, type QualityMark, SUSPECT_BITS } from './quality.ts';
export {
  type ReadingBatch,
  ReadingBatchBuilder,
  type ReadingSink,
  type Source,
  SOURCES,
} from './reading-batch.ts';
