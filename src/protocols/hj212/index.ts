export { formatBeijingTime, parseBeijingTime } from './beijing-time.ts';
export { type CipherProfile, openCipher } from './cipher.ts';
export { type CrcVariant, crcHj212, crcModbus, crcOf, crcText, nameCrc } from './crc16.ts';
export {
  dataAnswer,
  encodeFrame,
  encodeUpload,
  type FrameStyle,
  noticeAnswer,
  requestAnswer,
  resultAnswer,
  segmentText,
  type Upload,
} from './encode.ts';
export { type Explanation, explainSegment } from './explain.ts';
export { Framer, type FramerEvent, type FramerProfile, STRICT_PROFILE } from './framer.ts';
export { type FactorValue, factorValues, isUpload, measuredNumber } from './readings.ts';
export { inspect, type Inspection, readableSegment } from './inspect.ts';
export { type DeviceStyle, encodeRequest, hostRequest, type HostRequest, returnCode } from './request.ts';
export {
  type Flag,
  type Group,
  type Item,
  parseSegment,
  type Segment,
  type SegmentOutcome,
} from './segment.ts';
export {
  type Command,
  COMMANDS,
  DATA_MARKS,
  type DataMark,
  EXE_RETURNS,
  type Factor,
  FACTORS,
  isStandardField,
  QN_RETURNS,
  SYSTEM_TYPES,
} from './tables.ts';
export { type Leniency, LENIENCY_TEXT, REFUSAL_TEXT, type RefusalReason } from './text.ts';
