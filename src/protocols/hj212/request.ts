import type { DeviceCommand } from '#model/monitoring';

import { formatBeijingTime } from './beijing-time.ts';
import { encodeFrame, type FrameStyle } from './encode.ts';
import type { Group, Item, Segment } from './segment.ts';

/** 一条平台请求的内容；`answersWith` 说它以什么了结。 */
export interface HostRequest {
  readonly cn: string;
  readonly groups: readonly Group[];
  /** `result`：先 9011 再 9012；`data`：9011 之后数据以平常的上传包陆续到来。 */
  readonly answersWith: 'result' | 'data';
}

const HISTORY = { minute: '2051', hour: '2061', day: '2031' } as const;

type Kind = DeviceCommand['kind'];
/** 每样事怎么说（HJ 212-2017 附录 C）；`undefined`：本协议没有。 */
const REQUESTS: {
  readonly [K in Kind]:
    | ((command: Extract<DeviceCommand, { kind: K }>, now: number) => HostRequest)
    | undefined;
} = {
  'set-clock': (_, now) => ({ cn: '1012', groups: one('SystemTime', seconds(now)), answersWith: 'result' }),
  'set-interval': (command) => ({
    cn: '1062',
    groups: one('RtdInterval', String(command.seconds)),
    answersWith: 'result',
  }),
  'query-now': () => ({ cn: '2011', groups: [], answersWith: 'data' }),
  'back-fill': (command) => ({
    cn: HISTORY[command.period],
    groups: [...one('BeginTime', seconds(command.from)), ...one('EndTime', seconds(command.to))],
    answersWith: 'data',
  }),
  'duty-check': undefined,
  rpc: undefined,
  rebirth: undefined,
  'write-metric': undefined,
  'query-picture': undefined,
  'query-text': undefined,
};

/**
 * 要设备做的事 → HJ 212 请求；本协议没有的给 `undefined`。
 * `now` 是平台时刻（纪元毫秒），对时用它。
 */
export function hostRequest(command: DeviceCommand, now: number): HostRequest | undefined {
  const build = REQUESTS[command.kind] as ((command: DeviceCommand, now: number) => HostRequest) | undefined;
  return build?.(command, now);
}

const seconds = (epochMs: number): string => formatBeijingTime(epochMs).slice(0, 14);
const one = (name: string, value: string): readonly Group[] => [[[name, value]]];

/** 请求的编码要照设备自己的写法：它最近一包里的 ST、PW、版本位与编码。 */
export type DeviceStyle = Pick<Segment, 'st' | 'pw' | 'mn' | 'flag' | 'coding'>;

/** 请求 → 一帧；`qn` 是这次往来的名字，应答会带着它回来。 */
export function encodeRequest(
  request: HostRequest,
  device: DeviceStyle,
  qn: string,
  style?: FrameStyle,
): Uint8Array {
  const fields: Item[] = [['QN', qn]];
  if (device.st !== undefined) fields.push(['ST', device.st]);
  fields.push(['CN', request.cn]);
  if (device.pw !== undefined) fields.push(['PW', device.pw]);
  if (device.mn !== undefined) fields.push(['MN', device.mn]);
  // 版本位照来帧；A = 1：请求要应答。
  fields.push(['Flag', String(((device.flag?.version ?? 0) << 2) | 1)]);
  const { groups } = request;
  return encodeFrame({ fields, groups, trailingSemicolon: false, coding: device.coding }, style);
}

/** 9011、9012 里的返回码；没有或不是数的给 `undefined`。 */
export function returnCode({ groups }: Segment): number | undefined {
  for (const [name, value] of groups.flat()) {
    if (/^(?:QnRtn|ExeRtn)$/iu.test(name) && /^\d+$/u.test(value)) return Number(value);
  }
  return undefined;
}
