/** Where a device listens for calls, and what stands before the call's number in the topic it is sent on. */
const CALLS: Readonly<Record<string, string>> = {
  'v1/devices/me/rpc/request/+': 'v1/devices/me/rpc/request/',
  'v2/r/req/+': 'v2/r/req/',
};
/** Where a gateway is called on behalf of a device behind it, and where it answers. */
export const GATEWAY_CALLS = 'v1/gateway/rpc';

const ANSWERED = /^(?:v1\/devices\/me\/rpc\/response|v2\/r\/res)\/(\d{1,10})$/u;

/** A server-side call (ThingsBoard's RPC). `params` is any JSON. */
export interface RpcCall {
  readonly id: number;
  readonly method: string;
  readonly params: unknown;
}

/** The topic a call is sent on to one who listens to these filters; undefined where it does not listen for calls. */
export function callTopic(filters: Iterable<string>, id: number): string | undefined {
  for (const filter of filters) if (filter in CALLS) return `${CALLS[filter]}${id}`;
  return undefined;
}

export function encodeCall({ method, params }: RpcCall): string {
  return JSON.stringify({ method, params });
}

export function encodeGatewayCall(device: string, call: RpcCall): string {
  return JSON.stringify({ device, data: call });
}

/** The number of the call that a topic answers; undefined for any other topic. */
export function answeredCall(topic: string): number | undefined {
  const found = ANSWERED.exec(topic);
  return found === null ? undefined : Number(found[1]);
}

/** A gateway's answer `{"device": …, "id": …, "data": …}`; undefined for anything else. */
export function readGatewayAnswer(
  text: string,
): { readonly device: string; readonly id: number; readonly data: unknown } | undefined {
  try {
    const said = JSON.parse(text) as { device?: unknown; id?: unknown; data?: unknown } | null;
    const { device, id, data } = said ?? {};
    return typeof device === 'string' && typeof id === 'number' ? { device, id, data } : undefined;
  } catch {
    // A foreign peer's bytes: that nobody is answered by them is told to whoever waits.
    return undefined;
  }
}
