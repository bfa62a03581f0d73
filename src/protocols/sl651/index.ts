export { acknowledge, type AfterAnswer, LINK_KEEPING, requestAgain, timesBody } from './answers.ts';
export { hexBytes, hexText } from './bcd.ts';
export { type Body, type BodyItem, type BodyOutcome, encodeBody, parseBody } from './body.ts';
export { COMMAND_CODES, type ElementIdentifier, encodeCommand, type StationCommand } from './commands.ts';
export { codeText, encodeFrame, type Frame, readHeader } from './frame.ts';
export { Framer, type FramerEvent } from './framer.ts';
export { functionOf } from './functions.ts';
export { inspect, type Inspection } from './inspect.ts';
export { manualText } from './manual-text.ts';
export { stationNotes, type StationNote } from './notes.ts';
export {
  ASSEMBLY_LIMITS,
  type AssemblyLimits,
  PacketAssembly,
  type PacketOutcome,
} from './packet-assembly.ts';
export { definedData, type NumberData, numberData } from './number-data.ts';
export { type StationValue, stationValues } from './readings.ts';
export { periodQueries } from './period-queries.ts';
export { parseStationTime, stationTime } from './station-clock.ts';
export { stationOf } from './station-of.ts';
export { parseTimeStep, timeStepMs } from './value.ts';
export { REFUSAL_TEXT, type RefusalReason } from './text.ts';
