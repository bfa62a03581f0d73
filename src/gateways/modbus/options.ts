import type { LineOptions } from '#gateways/line';

export const PROTOCOL = 'modbus';

export interface ModbusGatewayOptions extends Pick<LineOptions, 'sink' | 'directory' | 'counters' | 'log'> {
  /** 每隔多久看一遍设备档案有没有变（毫秒）；默认 1 秒。 */
  readonly watchMs?: number;
  /** 连不上时，两次之间最久隔多久（毫秒）；默认 5 分钟。 */
  readonly slowestMs?: number;
}
