import type { KnownDevice, ReadingBatchBuilder } from '#model/monitoring';

/** 一帧的回音：等它所在会话的读数提交之后才发，按来帧次序。 */
export interface Reply {
  readonly device: KnownDevice;
  /** `undefined`：收下即可，不回音。 */
  readonly bytes: Uint8Array | undefined;
  /** 这一帧有没有读数要等；没有的立刻可答。 */
  readonly stores: boolean;
  /** 读数之外另存的（如图片）：存成了没有；没有存成的不回音。不拒绝。 */
  readonly kept?: Promise<boolean>;
}

/** 一次读到的所有帧：按回放会话（实时 0、回放各自的号）合成批，回音按来帧次序。 */
export interface Delivery {
  readonly batches: ReadonlyMap<number, ReadingBatchBuilder>;
  readonly replies: readonly Reply[];
}

/** 一次读到了什么。 */
export interface LineRead {
  /** 完整而正确的帧数，不论认不认得发它的设备。 */
  readonly frames: number;
  /** 最后一个好帧之后丢弃的字节数。 */
  readonly noiseBytes: number;
  readonly delivery: Delivery;
}

/** 一条连接上的读者：吃进任意切开的字节，交出可以提交和回音的东西。坏字节是数据，不抛错。 */
export interface LineReader {
  read(chunk: Uint8Array): LineRead;
  /** 对端不会再说了：剩在手里的算什么。 */
  end(): LineRead;
}

/** 连接给读者看的一面。 */
export interface Peer {
  readonly address: string;
  /** 现在就发，不等提交：用于不带读数、由我方发起的话。返回是否还发得出去。 */
  send(bytes: Uint8Array): boolean;
}

export type OpenReader = (peer: Peer) => LineReader;

/** 各会话的批，要用时才开。`rows` 是估计的行数，估得准些，批里的数组少长几次。 */
export class Batches {
  readonly bySession = new Map<number, ReadingBatchBuilder>();
  readonly #open: (session: number) => ReadingBatchBuilder;

  constructor(open: (session: number) => ReadingBatchBuilder) {
    this.#open = open;
  }

  of(session: number): ReadingBatchBuilder {
    const known = this.bySession.get(session);
    if (known !== undefined) return known;
    const builder = this.#open(session);
    this.bySession.set(session, builder);
    return builder;
  }
}
