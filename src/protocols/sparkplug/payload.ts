import protobuf from 'protobufjs/light.js';

import { SPARKPLUG_SCHEMA } from './schema.ts';

/** What one metric says. `value` is undefined for null and for what is no number (text, data set, template, file). */
export interface Metric {
  readonly name: string | undefined;
  readonly alias: number | undefined;
  /** Epoch ms; the payload's own where the metric has none. */
  readonly at: number | undefined;
  readonly datatype: number | undefined;
  readonly value: number | undefined;
  /** It has a value and that is no number. */
  readonly unreadable: boolean;
  /** Property `Quality` (Sparkplug 6.4.10): 192 good, 0 bad, 500 stale; undefined: not told, which means good. */
  readonly quality: number | undefined;
}

export interface Payload {
  /** 0–255, one more with each message of a node; undefined in NDEATH. */
  readonly seq: number | undefined;
  readonly metrics: readonly Metric[];
}

/** Numbers of the data types (Sparkplug 6.4.16) that a host must tell apart. */
export const DATATYPE = {
  int8: 1,
  int16: 2,
  int32: 3,
  int64: 4,
  uint8: 5,
  uint16: 6,
  uint32: 7,
  uint64: 8,
  float: 9,
  double: 10,
  boolean: 11,
  dateTime: 13,
} as const;

/** A metric as protobufjs gives it: absent fields are absent. */
interface WireMetric {
  name?: string;
  alias?: number;
  timestamp?: number;
  datatype?: number;
  isNull?: boolean;
  properties?: { keys?: string[]; values?: { intValue?: number }[] };
  intValue?: number;
  longValue?: number;
  floatValue?: number;
  doubleValue?: number;
  booleanValue?: boolean;
}

interface WirePayload {
  timestamp?: number;
  seq?: number;
  metrics?: WireMetric[];
}

const type = protobuf.Root.fromJSON(SPARKPLUG_SCHEMA).lookupType('Payload');
const TWO_64 = 2 ** 64;

/** Reads a payload; undefined where the bytes are none. */
export function decodePayload(bytes: Uint8Array): Payload | undefined {
  let wire: WirePayload;
  try {
    wire = type.toObject(type.decode(bytes), { longs: Number });
  } catch {
    // A foreign peer's bytes: what is wrong with them is the caller's to count.
    return undefined;
  }
  const { seq, timestamp, metrics = [] } = wire;
  return { seq, metrics: metrics.map((metric) => readMetric(metric, timestamp)) };
}

function readMetric(wire: WireMetric, sentAt: number | undefined): Metric {
  const { name, alias, datatype, timestamp = sentAt } = wire;
  const value = wire.isNull === true ? undefined : numberOf(wire);
  return {
    name,
    alias,
    at: timestamp,
    datatype,
    value,
    unreadable: value === undefined && wire.isNull !== true,
    quality: qualityOf(wire),
  };
}

/** The value as a number, signs and widths as the data type says; a boolean is 0 or 1. */
function numberOf(wire: WireMetric): number | undefined {
  const { datatype, intValue, longValue } = wire;
  if (datatype === DATATYPE.dateTime) return undefined;
  if (intValue !== undefined) return ofWidth(intValue, datatype);
  if (longValue !== undefined) {
    return longValue < 0 && datatype === DATATYPE.uint64 ? longValue + TWO_64 : longValue;
  }
  const real = wire.doubleValue ?? wire.floatValue;
  if (real !== undefined) return Number.isFinite(real) ? real : undefined;
  return wire.booleanValue === undefined ? undefined : Number(wire.booleanValue);
}

/** Some libraries extend the sign of small numbers to 32 bits, others cut it off: both read alike here. */
function ofWidth(value: number, datatype: number | undefined): number {
  if (datatype === DATATYPE.int8) return (value << 24) >> 24;
  if (datatype === DATATYPE.int16) return (value << 16) >> 16;
  if (datatype === DATATYPE.uint8) return value & 0xff;
  if (datatype === DATATYPE.uint16) return value & 0xff_ff;
  return datatype === DATATYPE.uint32 ? value >>> 0 : value;
}

function qualityOf({ properties }: WireMetric): number | undefined {
  const i = properties?.keys?.indexOf('Quality') ?? -1;
  return i === -1 ? undefined : properties?.values?.[i]?.intValue;
}

/** What a node or a host writes of one metric. */
export interface WrittenMetric {
  readonly name?: string;
  readonly alias?: number;
  readonly at?: number;
  readonly datatype: number;
  /** Undefined: null. */
  readonly value: number | boolean | undefined;
}

/** Writes a payload; `seq` is left out where undefined (NDEATH, NCMD). */
export function encodePayload(payload: {
  readonly at?: number;
  readonly seq?: number;
  readonly metrics: readonly WrittenMetric[];
}): Uint8Array {
  const { at, seq, metrics } = payload;
  const wire = {
    ...(at === undefined ? {} : { timestamp: at }),
    ...(seq === undefined ? {} : { seq }),
    metrics: metrics.map(writeMetric),
  };
  return type.encode(type.fromObject(wire)).finish();
}

function writeMetric({ name, alias, at, datatype, value }: WrittenMetric): object {
  return {
    ...(name === undefined ? {} : { name }),
    ...(alias === undefined ? {} : { alias }),
    ...(at === undefined ? {} : { timestamp: at }),
    datatype,
    ...(value === undefined ? { isNull: true } : { [fieldOf(datatype)]: value }),
  };
}

function fieldOf(datatype: number): keyof WireMetric {
  switch (datatype) {
    case DATATYPE.int64:
    case DATATYPE.uint64:
    case DATATYPE.dateTime:
      return 'longValue';
    case DATATYPE.float:
      return 'floatValue';
    case DATATYPE.double:
      return 'doubleValue';
    case DATATYPE.boolean:
      return 'booleanValue';
    default:
      return 'intValue';
  }
}
