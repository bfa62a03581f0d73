import { isMoment } from '#base';

/** What was said at one moment. `at` is the device's time in epoch ms, undefined where it names none. */
export interface TelemetryRow {
  readonly at: number | undefined;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Why a payload is not read. */
export type PayloadRefusal = 'bad-json' | 'bad-shape' | 'bad-time';

export type TelemetryOutcome = readonly TelemetryRow[] | PayloadRefusal;

/**
 * Telemetry of one device: `{k: v}`, `{ts, values: {…}}` or an array of either. One bad row refuses the message: half of it
 * stored would look whole.
 */
export function readTelemetry(text: string): TelemetryOutcome {
  const parsed = parseJson(text);
  return parsed === undefined ? 'bad-json' : rowsOf(parsed);
}

/** Telemetry of a gateway: `{"Device A": [{ts, values}], …}`, by device; a device whose rows cannot be read has its refusal. */
export function readGatewayTelemetry(text: string): ReadonlyMap<string, TelemetryOutcome> | PayloadRefusal {
  return readByDevice(text, rowsOf);
}

/** Attributes are facts of now: `{k: v}`, without a time of their own. */
export function readAttributes(text: string): TelemetryOutcome {
  const parsed = parseJson(text);
  return parsed === undefined ? 'bad-json' : factsOf(parsed);
}

export function readGatewayAttributes(text: string): ReadonlyMap<string, TelemetryOutcome> | PayloadRefusal {
  return readByDevice(text, factsOf);
}

/** `{"device": "Device A"}` of `v1/gateway/connect`; undefined where it names none. */
export function readGatewayDevice(text: string): string | undefined {
  const parsed = parseJson(text);
  if (!isObject(parsed)) return undefined;
  const { device } = parsed;
  return typeof device === 'string' && device !== '' ? device : undefined;
}

/** What a value measures, by {@link ValueRule}; undefined for what is no number. */
export function measuredValue(value: unknown, rule: ValueRule): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (rule !== 'text' || typeof value !== 'string' || !NUMBER_TEXT.test(value)) return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** `text`: numbers in quotes count as numbers, as some firmware writes them. */
export type ValueRule = 'strict' | 'text';

const NUMBER_TEXT = /^\s*[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?\s*$/iu;

function readByDevice(
  text: string,
  read: (value: unknown) => TelemetryOutcome,
): ReadonlyMap<string, TelemetryOutcome> | PayloadRefusal {
  const parsed = parseJson(text);
  if (parsed === undefined) return 'bad-json';
  if (!isObject(parsed)) return 'bad-shape';
  return new Map(Object.entries(parsed).map(([device, value]) => [device, read(value)]));
}

function rowsOf(value: unknown): TelemetryOutcome {
  if (!Array.isArray(value)) return oneRow(value);
  const rows: TelemetryRow[] = [];
  for (const item of value) {
    const row = rowOf(item);
    if (typeof row === 'string') return row;
    rows.push(row);
  }
  return rows;
}

function oneRow(value: unknown): TelemetryOutcome {
  const row = rowOf(value);
  return typeof row === 'string' ? row : [row];
}

function rowOf(value: unknown): TelemetryRow | PayloadRefusal {
  if (!isObject(value)) return 'bad-shape';
  const { ts, values } = value;
  if (!isObject(values)) return { at: undefined, values: value };
  if (ts === undefined) return { at: undefined, values };
  if (typeof ts !== 'number' || !isMoment(ts)) return 'bad-time';
  return { at: Math.floor(ts), values };
}

function factsOf(value: unknown): TelemetryOutcome {
  return isObject(value) ? [{ at: undefined, values: value }] : 'bad-shape';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // A foreign peer's bytes: what is wrong with them is the caller's to count.
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
