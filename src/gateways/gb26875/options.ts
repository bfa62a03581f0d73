import type { LineOptions } from '#gateways/line';

export const PROTOCOL = 'gb26875';

/** 下行命令等多久、重发几次（标准 6.5：不超过 10 秒，重发 3 次）；查岗的“分钟”有多长。 */
export interface AskTimes {
  readonly answerWithinMs: number;
  readonly resends: number;
  readonly minuteMs: number;
}

export const ASK_TIMES: AskTimes = { answerWithinMs: 10_000, resends: 3, minuteMs: 60_000 };

export interface Gb26875GatewayOptions extends LineOptions {
  readonly asks?: Partial<AskTimes>;
  /** 收到的时刻（纪元毫秒）；默认是本机时钟。 */
  readonly now?: () => number;
}

/** 读帧、成读数要用的一切。 */
export interface GatewayContext extends Pick<LineOptions, 'directory' | 'counters' | 'log'> {
  readonly now: () => number;
}
