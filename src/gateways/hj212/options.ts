import type { LineOptions } from '#gateways/line';

export type Hj212GatewayOptions = LineOptions;

/** 读帧要用的一切。 */
export type GatewayContext = Pick<Hj212GatewayOptions, 'directory' | 'counters' | 'log'>;

export const PROTOCOL = 'hj212';
