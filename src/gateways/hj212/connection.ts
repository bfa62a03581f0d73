import type { Socket } from 'node:net';
import { Framer, type FramerEvent } from '#protocols/hj212';
import { commitDelivery, prepareDelivery } from './delivery.ts';
import type { GatewayContext } from './options.ts';
import { readFrames } from './read-frames.ts';

const NOTHING = new Uint8Array(0);

/** 一条设备连接：读帧、交批、提交后按次序回音。 */
export class Connection {
  readonly #socket: Socket;
  readonly #context: GatewayContext;
  readonly #address: string;
  readonly #framer = new Framer();
  #unanswered = 0;
  #noise = 0;
  #lastFrameAt = performance.now();
  #closing = false;
  /** 回音排队：后一批提交得早，也等前一批先答。 */
  #tail: Promise<void> = Promise.resolve();

  constructor(socket: Socket, context: GatewayContext) {
    this.#socket = socket;
    this.#context = context;
    this.#address = socket.remoteAddress ?? '';
    socket.setNoDelay(true);
    socket.setTimeout(context.limits.idleMs, () => this.#cut('idle'));
    socket.on('data', (chunk) => this.#read(typeof chunk === 'string' ? Buffer.from(chunk) : chunk));
    socket.on('end', () => this.#finish());
    socket.on('error', (error) => {
      context.log('hj212.connection-error', { address: this.#address, error });
    });
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
    const events = this.#framer.push(chunk);
    if (this.#overstays(events)) return;
    this.#deliver(events);
  }

  #finish(): void {
    this.#deliver(this.#framer.end());
    this.#tail = this.#tail.then(() => {
      this.#socket.end();
    });
  }

  /** 只来杂音或只滴字节、不见好帧的对端，到限即断。 */
  #overstays(events: readonly FramerEvent[]): boolean {
    const { limits } = this.#context;
    for (const event of events) {
      if (event.kind === 'discarded') this.#noise += event.bytes.length;
      else this.#noise = 0;
    }
    const now = performance.now();
    if (events.some((event) => event.kind === 'frame')) this.#lastFrameAt = now;
    else if (now - this.#lastFrameAt > limits.idleMs) return this.#cut('idle');
    return this.#noise > limits.noiseBytes ? this.#cut('noise') : false;
  }

  #deliver(events: readonly FramerEvent[]): void {
    if (events.length === 0) return;
    const delivery = prepareDelivery(this.#context, readFrames(this.#context, this.#address, events));
    if (delivery.replies.length === 0) return;
    this.#hold();
    const committed = commitDelivery(this.#context, delivery);
    this.#tail = Promise.all([committed, this.#tail])
      .then(
        ([answers]) => this.#write(answers),
        (error: unknown) => {
          this.#context.log('hj212.delivery-failed', { address: this.#address, error });
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

  #cut(reason: 'idle' | 'noise' | 'slow-reader' | 'delivery-failed'): true {
    if (!this.#socket.destroyed) {
      this.#context.log('hj212.connection-cut', { address: this.#address, reason });
      this.#socket.resetAndDestroy();
    }
    return true;
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
