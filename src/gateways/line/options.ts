import type { DeviceDirectory, GatewayCounters, ReadingSink } from '#model/monitoring';

/** 一个不守规矩的对端最多能占多少。 */
export interface LineLimits {
  readonly connections: number;
  readonly connectionsPerAddress: number;
  /** 这么久没有一个完整的帧就断开（毫秒）；一个字节一个字节地拖不算。 */
  readonly idleMs: number;
  /** 门口满员时，进门这么久还没有一个完整的帧的连接让位给新来的（毫秒）。 */
  readonly unspokenMs: number;
  /** 一条连接上还没应答的批数达到它就停读，降到一半再读。 */
  readonly unansweredBatches: number;
  /** 对端不读应答，积压超过它就断开（字节）。 */
  readonly unreadBytes: number;
  /** 两个好帧之间的杂音超过它就断开（字节）。 */
  readonly noiseBytes: number;
  /** 关闭时等在途提交的时间（毫秒）。 */
  readonly closeMs: number;
}

export const DEFAULT_LIMITS: LineLimits = {
  connections: 5000,
  connectionsPerAddress: 1000,
  idleMs: 30 * 60_000,
  unspokenMs: 10_000,
  unansweredBatches: 8,
  unreadBytes: 256 * 1024,
  noiseBytes: 1024 * 1024,
  closeMs: 5000,
};

/** 网关的大事记：连接被拒、被断、设备重启、存储失败。 */
export type GatewayLog = (event: string, details: Readonly<Record<string, unknown>>) => void;

/** 一个 TCP 网关要的一切；各协议照原样收下，再交给 {@link startLine}。 */
export interface LineOptions {
  readonly host: string;
  /** 0 表示由系统分配。 */
  readonly port: number;
  readonly sink: ReadingSink;
  readonly directory: DeviceDirectory;
  readonly counters: GatewayCounters;
  readonly log: GatewayLog;
  readonly limits?: Partial<LineLimits> | undefined;
}

/** 界限已补全、说得出自己是哪个协议的网关。 */
export interface LineContext extends Omit<LineOptions, 'limits'> {
  /** 设备登记时用的协议名，也是大事记与计数的前缀。 */
  readonly protocol: string;
  readonly limits: LineLimits;
}
