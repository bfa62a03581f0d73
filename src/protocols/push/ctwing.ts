import { asNumber, asObject, asText, type JsonObject } from './json.ts';
import { readMoment } from './moment.ts';

/** What one message of CTWing (中国电信 AEP) says. `device` names the sender, the platform's id first, then the IMEI. */
export type CtwingRead =
  | {
      readonly kind: 'values';
      readonly device: readonly string[];
      readonly at: number;
      readonly values: Values;
    }
  /** A transparent product: bytes that the source's layout reads. */
  | {
      readonly kind: 'bytes';
      readonly device: readonly string[];
      readonly at: number;
      readonly base64: string;
    }
  /** Online, offline: a sign of life without a value. */
  | { readonly kind: 'life'; readonly device: readonly string[] }
  /** Not a kind we read: kept as it came. */
  | { readonly kind: 'unknown'; readonly device: readonly string[]; readonly messageType: string }
  | { readonly kind: 'fault'; readonly reason: 'not-an-object' | 'no-device' | 'bad-time' | 'no-payload' };

export type Values = readonly (readonly [factor: string, value: number])[];

const DATA: ReadonlySet<string> = new Set(['dataReport', 'eventReport']);
/** Names beyond these two are second-hand at best: whatever else comes is kept raw. */
const LIFE = 'deviceOnlineOfflineReport';
const DEEPEST = 4;

/**
 * Reads one push. The payload is a JSON object of the product's model, `{APPdata: base64}` of a transparent product, or
 * `{serviceId, serviceData}` of a profile product; an event report carries `eventContent`.
 */
export function readCtwing(message: unknown): CtwingRead {
  const body = asObject(message);
  if (!body) return { kind: 'fault', reason: 'not-an-object' };
  const device = [body['deviceId'], body['IMEI'], body['imei']].flatMap((one) => asText(one) ?? []);
  if (device.length === 0) return { kind: 'fault', reason: 'no-device' };
  const messageType = asText(body['messageType']) ?? '';
  if (messageType === LIFE) return { kind: 'life', device };
  if (!DATA.has(messageType)) return { kind: 'unknown', device, messageType };
  const at = readMoment(body['timestamp'], 'ms');
  if (at === undefined) return { kind: 'fault', reason: 'bad-time' };
  const payload = asObject(body['payload'] ?? body['eventContent']);
  if (!payload) return { kind: 'fault', reason: 'no-payload' };
  const base64 = asText(payload['APPdata']);
  if (base64 !== undefined) return { kind: 'bytes', device, at, base64 };
  return { kind: 'values', device, at, values: valuesOf(asObject(payload['serviceData']) ?? payload) };
}

/** Every number of an object, members of members named by their way (`battery.level`). */
export function valuesOf(payload: JsonObject, way = '', depth = 0): Values {
  return Object.entries(payload).flatMap(([name, value]): Values => {
    const factor = way === '' ? name : `${way}.${name}`;
    const number = asNumber(value);
    if (number !== undefined) return [[factor, number]];
    const inner = depth < DEEPEST ? asObject(value) : undefined;
    return inner ? valuesOf(inner, factor, depth + 1) : [];
  });
}
