import { valuesOf, type Values } from './ctwing.ts';
import { asNumber, asObject, asText } from './json.ts';
import { readMoment } from './moment.ts';
import { readJson } from './read-json.ts';

/** One message of OneNET (中国移动). `type` 1 carries data, 2 says online or offline, 7 answers a command. */
export type OnenetMessage =
  | {
      readonly kind: 'values';
      readonly device: readonly string[];
      readonly at: number;
      readonly values: Values;
    }
  | { readonly kind: 'life'; readonly device: readonly string[] }
  | { readonly kind: 'unknown'; readonly device: readonly string[]; readonly messageType: string }
  | { readonly kind: 'fault'; readonly reason: 'not-an-object' | 'no-device' | 'bad-time' | 'no-value' };

export interface OnenetRead {
  readonly nonce: string;
  readonly signature: string;
  readonly messages: readonly OnenetMessage[];
}

/**
 * Reads a push: `{msg, msg_signature, nonce}`, `msg` one object, an array of them, or their JSON as text. Undefined for what is no
 * such push, e.g. the encrypted mode (`enc_msg`), which is not read here.
 */
export function readOnenet(message: unknown): OnenetRead | undefined {
  const body = asObject(message);
  const msg = unwrap(body?.['msg']);
  if (!body || msg === undefined) return undefined;
  const list: readonly unknown[] = Array.isArray(msg) ? msg : [msg];
  return {
    nonce: asText(body['nonce']) ?? '',
    signature: asText(body['msg_signature'] ?? body['signature']) ?? '',
    messages: list.map(readOne),
  };
}

function unwrap(msg: unknown): unknown {
  return typeof msg === 'string' ? readJson(msg) : msg;
}

function readOne(given: unknown): OnenetMessage {
  const msg = asObject(given);
  if (!msg) return { kind: 'fault', reason: 'not-an-object' };
  const device = [msg['dev_id'], msg['imei'], msg['deviceName']].flatMap((one) => asText(one) ?? []);
  if (device.length === 0) return { kind: 'fault', reason: 'no-device' };
  const type = asNumber(msg['type']);
  if (type === 2) return { kind: 'life', device };
  if (type !== 1) return { kind: 'unknown', device, messageType: `type ${asText(msg['type']) ?? '–'}` };
  const at = readMoment(msg['at'], 'ms');
  if (at === undefined) return { kind: 'fault', reason: 'bad-time' };
  const values = dataOf(asText(msg['ds_id']) ?? '', msg['value']);
  return values.length === 0 ? { kind: 'fault', reason: 'no-value' } : { kind: 'values', device, at, values };
}

/** A data stream's number, or the numbers of an object it carries, named below it. */
function dataOf(stream: string, value: unknown): Values {
  const number = asNumber(value);
  if (number !== undefined) return [[stream, number]];
  const inner = asObject(value);
  return inner ? valuesOf(inner, stream) : [];
}
