export { hexOf } from './bytes.ts';
export { readDescription } from './description.ts';
export { ANY, coversSystem, type FactorKey, keysOf, parseKey, typicalKey } from './factor-key.ts';
export { type Address, encodeFrame, type Frame } from './frame.ts';
export { Framer, type FramerEvent } from './framer.ts';
export { encodeGb18030 } from './gb18030.ts';
export { claimedFrame, inspect, type Inspection, isUpward } from './inspect.ts';
export {
  checkDutyUnit,
  confirm,
  deny,
  encodeMessage,
  readGatewayStateUnit,
  type Said,
  setClockUnit,
} from './messages.ts';
export {
  GATEWAY_PLACE,
  LOOP,
  MANUAL_CALL_POINT,
  type Observation,
  observationsOf,
  type Place,
} from './observations.ts';
export { COMMAND, UNIT } from './tables.ts';
export { type Leniency, LENIENCY_TEXT, REFUSAL_TEXT, type RefusalReason } from './text.ts';
export { momentOf, timeTag } from './time-tag.ts';
export { decodeUnit, encodeUnit, type Unit, type UnitObject, unitOf, type UnitProfile } from './unit.ts';
