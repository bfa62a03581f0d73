export type {
  DeviceDirectory,
  DeviceSettings,
  FactorBinding,
  GatewayCounters,
  KnownDevice,
  UnknownDevice,
} from './gateway.ts';
export { isSuspect, QUALITY, qualityMarks, type QualityMark, SUSPECT_BITS } from './quality.ts';
export {
  type ReadingBatch,
  ReadingBatchBuilder,
  type ReadingSink,
  type Source,
  SOURCES,
} from './reading-batch.ts';
