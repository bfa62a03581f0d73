import type { Socket } from 'node:net';

import type { GatewaySession } from '#model/monitoring';

import { commitDelivery } from './commit-delivery.ts';
import type { LineContext } from './options.ts';
import type { Delivery, LineRead, LineReader, OpenReader, Peer } from './reader.ts';
import type { LineRefusal } from './text.ts';

const NOTHING = new Uint8Array(0);

type Cut = 'idle' | 'displaced' | 'noise' | 'slow-reader' | 'delivery-failed' | 'by-hand';

/** 因对端而断的，计入拒收。 */
const CUT_REFUSALS: Readonly<Record<Cut, LineRefusal | undefined>> = {
  idle: 'connection-idle',
  displaced: 'connection-displaced',
  noise: 'connection-noise',
  'slow-reader': 'connection-slow-reader',
  'delivery-failed': undefined,
  'by-hand': undefined,
};

/** 一条设备连接：读帧、交批、提交后按次序回音。 */
export class Connection implements Peer {
  readonly address: string;
  readonly #id: number;
  readonly #socket: Socket;
  readonly #context: LineContext;
  readonly #reader: LineReader;
  readonly #since = Date.now();
  readonly #devices = new Set<string>();
  #frames = 0;
  #lastFrameAt: number | undefined;
  #unanswered = 0;
  #noise = 0;
  /** 单调时钟：墙上的钟会被拨。 */
  #heardAt = performance.now();
  #closing = false;
  /** 回音排队：后一批提交得早，也等前一批先答。 */
  #tail: Promise<void> = Promise.resolve();

  constructor(id: number, socket: Socket, context: LineContext, open: OpenReader) {
    this.#id = id;
    this.#socket = socket;
    this.#context = context;
    this.address = socket.remoteAddress ?? '';
    this.#reader = open(this);
    socket.setNoDelay(true);
    socket.setTimeout(context.limits.idleMs, () => this.#cut('idle'));
    socket.on('data', (chunk) => this.#read(typeof chunk === 'string' ? Buffer.from(chunk) : chunk));
    socket.on('end', () => this.#finish());
    socket.on('error', (error) => this.#log('connection-error', { error }));
  }

  get session(): GatewaySession {
    return {
      id: this.#id,
      address: this.address,
      since: this.#since,
      lastFrameAt: this.#lastFrameAt,
      frames: this.#frames,
      devices: [...this.#devices],
    };
  }

  hasHeard(deviceCode: string): boolean {
    return this.#devices.has(deviceCode);
  }

  send(bytes: Uint8Array): boolean {
    if (this.#closing || !this.#socket.writable) return false;
    this.#write([bytes]);
    return true;
  }

  /** 进门已久、却没有说过一个完整的帧：门口满员时可以让它走。 */
  get isIdler(): boolean {
    return this.#frames === 0 && performance.now() - this.#heardAt > this.#context.limits.unspokenMs;
  }

  /** 让位给新来的。 */
  displace(): void {
    this.#cut('displaced');
  }

  /** 由人断开。 */
  end(): void {
    this.#cut('by-hand');
  }

  /** 不再读，等在途的提交答完（不超过 `withinMs`），然后断开。 */
  async close(withinMs: number): Promise<void> {
    this.#closing = true;
    this.#socket.pause();
    await within(this.#tail, withinMs);
    if (this.#socket.destroyed) return;
    await within(new Promise<void>((resolve) => this.#socket.end(resolve)), withinMs);
    this.#socket.destroy();
  }

  #read(chunk: Uint8Array): void {
    if (this.#closing) return;
    const read = this.#reader.read(chunk);
    if (!this.#overstays(read)) this.#deliver(read.delivery);
  }

  #finish(): void {
    this.#deliver(this.#reader.end().delivery);
    this.#tail = this.#tail.then(() => {
      this.#socket.end();
    });
  }

  /** 只来杂音或只滴字节、不见好帧的对端，到限即断。 */
  #overstays({ frames, noiseBytes }: LineRead): boolean {
    const { limits } = this.#context;
    const now = performance.now();
    if (frames > 0) {
      this.#frames += frames;
      this.#lastFrameAt = Date.now();
      this.#heardAt = now;
    } else if (now - this.#heardAt > limits.idleMs) return this.#cut('idle');
    this.#noise = frames > 0 ? noiseBytes : this.#noise + noiseBytes;
    return this.#noise > limits.noiseBytes ? this.#cut('noise') : false;
  }

  #deliver(delivery: Delivery): void {
    const { batches, replies } = delivery;
    if (replies.length === 0 && batches.size === 0) return;
    for (const { device } of replies) this.#devices.add(device.code);
    this.#hold();
    const committed = commitDelivery(this.#context, delivery);
    this.#tail = Promise.all([committed, this.#tail])
      .then(
        ([answers]) => this.#write(answers),
        (error: unknown) => {
          this.#log('delivery-failed', { error });
          this.#cut('delivery-failed');
        },
      )
      .finally(() => this.#release());
  }

  #hold(): void {
    this.#unanswered += 1;
    if (this.#unanswered >= this.#context.limits.unansweredBatches) this.#socket.pause();
  }

  #release(): void {
    this.#unanswered -= 1;
    const low = this.#context.limits.unansweredBatches / 2;
    if (this.#unanswered <= low && !this.#closing && this.#socket.isPaused()) this.#socket.resume();
  }

  #write(answers: readonly Uint8Array[]): void {
    if (answers.length === 0 || !this.#socket.writable) return;
    const [first = NOTHING] = answers;
    this.#socket.write(answers.length === 1 ? first : Buffer.concat(answers));
    if (this.#socket.writableLength > this.#context.limits.unreadBytes) this.#cut('slow-reader');
  }

  #cut(reason: Cut): true {
    if (!this.#socket.destroyed) {
      this.#log('connection-cut', { reason });
      const refusal = CUT_REFUSALS[reason];
      const { protocol, counters } = this.#context;
      if (refusal !== undefined) counters.framesRefused(protocol, refusal, undefined, 1);
      this.#socket.resetAndDestroy();
    }
    return true;
  }

  #log(event: string, details: Readonly<Record<string, unknown>>): void {
    const { protocol, log } = this.#context;
    log(`${protocol}.${event}`, { address: this.address, ...details });
  }
}

async function within(work: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, limit]);
  clearTimeout(timer);
}
