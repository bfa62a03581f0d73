/** What a device may publish by ThingsBoard's MQTT device and gateway APIs. */
export type ThingsBoardMessage =
  | 'telemetry'
  | 'attributes'
  | 'gateway-telemetry'
  | 'gateway-attributes'
  | 'gateway-connect'
  | 'gateway-disconnect'
  | 'answer';

const PUBLISHED: ReadonlyMap<string, ThingsBoardMessage> = new Map([
  ['v1/devices/me/telemetry', 'telemetry'],
  ['v1/devices/me/attributes', 'attributes'],
  ['v2/t', 'telemetry'],
  ['v2/t/j', 'telemetry'],
  ['v2/a', 'attributes'],
  ['v2/a/j', 'attributes'],
  ['v1/gateway/telemetry', 'gateway-telemetry'],
  ['v1/gateway/attributes', 'gateway-attributes'],
  ['v1/gateway/connect', 'gateway-connect'],
  ['v1/gateway/disconnect', 'gateway-disconnect'],
  ['v1/gateway/rpc', 'answer'],
]);

/** Answers to calls. */
const ANSWER = /^(v1\/devices\/me\/rpc\/response|v2\/r\/res)\/[^/+#]+$/u;

/** What a published topic is; undefined for one that is not the device's to write. */
export function publishedMessage(topic: string): ThingsBoardMessage | undefined {
  return PUBLISHED.get(topic) ?? (ANSWER.test(topic) ? 'answer' : undefined);
}

/** Where calls and shared attributes come from: `me` is whoever is connected. */
const SUBSCRIBED: ReadonlySet<string> = new Set([
  'v1/devices/me/rpc/request/+',
  'v1/devices/me/rpc/response/+',
  'v1/devices/me/attributes',
  'v1/devices/me/attributes/response/+',
  'v2/r/req/+',
  'v2/r/res/+',
  'v2/a',
  'v2/a/res/+',
  'v1/gateway/rpc',
  'v1/gateway/attributes',
  'v1/gateway/attributes/response',
]);

export function maySubscribe(filter: string): boolean {
  return SUBSCRIBED.has(filter);
}
