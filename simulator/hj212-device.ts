import { encodeUpload, Framer, type Item, parseSegment } from '#protocols/hj212';
import { createConnection, type Socket } from 'node:net';

export interface Hj212DeviceOptions {
  readonly host: string;
  readonly port: number;
  readonly mn: string;
  readonly pw: string;
  /** System type, HJ 212-2017 table 5. */
  readonly st: string;
  /** Frames that may wait for their answer at a time; a real logger has 1. */
  readonly window?: number;
  readonly answerWithinMs?: number;
  readonly resends?: number;
  /** How long a station that cannot be reached is called again before giving up. */
  readonly patienceMs?: number;
}

export interface FrameCounts {
  sent: number;
  answered: number;
  /** Sent and never answered, resends included. */
  refused: number;
  resent: number;
}

interface Waiting {
  readonly frame: Uint8Array;
  resends: number;
  timer: NodeJS.Timeout | undefined;
}

const FIRST_CALL_MS = 200;
const LONGEST_CALL_MS = 5000;

/**
 * A virtual logger (数采仪): real-time uploads (CN 2011, Flag=5) over TCP, each kept until its 9014 has come, sent again
 * with the same QN when it does not, over a new connection when the old one is lost (HJ 212-2017 §6.5).
 */
export class Hj212Device {
  readonly #options: Required<Hj212DeviceOptions>;
  readonly #waiting = new Map<string, Waiting>();
  readonly #woken = new Set<() => void>();
  readonly counts: FrameCounts = { sent: 0, answered: 0, refused: 0, resent: 0 };
  #socket: Socket | undefined;
  #up = false;
  #closed = false;
  #callMs = FIRST_CALL_MS;
  #recall: NodeJS.Timeout | undefined;
  #downSince = 0;
  #lastQn = 0;
  #failure: Error | undefined;

  constructor(options: Hj212DeviceOptions) {
    this.#options = {
      window: 1,
      answerWithinMs: 10_000,
      resends: 3,
      patienceMs: Number.POSITIVE_INFINITY,
      ...options,
    };
  }

  /** Sends one packet of values seen at `observedAt` (epoch ms); resolves when the next may be sent. */
  async upload(observedAt: number, groups: readonly (readonly Item[])[]): Promise<void> {
    await this.#until(() => this.#waiting.size < this.#options.window);
    // QN names the frame: one millisecond apart at least.
    this.#lastQn = Math.max(Date.now(), this.#lastQn + 1);
    const { mn, pw, st } = this.#options;
    const frame = encodeUpload({ mn, st, cn: '2011', pw, observedAt, sentAt: this.#lastQn, groups });
    const waiting: Waiting = { frame, resends: 0, timer: undefined };
    this.#waiting.set(qnOf(frame), waiting);
    this.counts.sent += 1;
    if (this.#up) this.#write(waiting);
    else this.#call();
    await this.#until(() => this.#waiting.size < this.#options.window || this.#options.window > 1);
  }

  /** Resolves when every frame has been answered or given up. */
  drain(): Promise<void> {
    return this.#until(() => this.#waiting.size === 0);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#recall);
    for (const { timer } of this.#waiting.values()) clearTimeout(timer);
    this.#socket?.destroy();
    this.#wake();
  }

  async #until(ready: () => boolean): Promise<void> {
    while (!ready()) {
      if (this.#failure) throw this.#failure;
      if (this.#closed) return;
      await new Promise<void>((resolve) => this.#woken.add(resolve));
    }
    if (this.#failure) throw this.#failure;
  }

  #wake(): void {
    const woken = [...this.#woken];
    this.#woken.clear();
    for (const go of woken) go();
  }

  #call(): void {
    if (this.#socket || this.#closed) return;
    if (this.#downSince === 0) this.#downSince = Date.now();
    const { host, port } = this.#options;
    const framer = new Framer();
    const socket = createConnection({ host, port });
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('connect', () => {
      this.#up = true;
      this.#downSince = 0;
      this.#callMs = FIRST_CALL_MS;
      for (const waiting of this.#waiting.values()) this.#write(waiting);
    });
    socket.on('data', (chunk: Buffer) => {
      for (const event of framer.push(chunk)) if (event.kind === 'frame') this.#hear(event.segment);
    });
    let reason = '';
    socket.on('error', (error) => {
      reason = error.message;
    });
    socket.on('close', () => this.#lose(reason));
  }

  #lose(reason: string): void {
    this.#socket = undefined;
    this.#up = false;
    for (const { timer } of this.#waiting.values()) clearTimeout(timer);
    if (this.#closed || this.#waiting.size === 0) return;
    if (this.#downSince === 0) this.#downSince = Date.now();
    const { host, port, patienceMs } = this.#options;
    if (Date.now() - this.#downSince + this.#callMs > patienceMs) {
      this.#failure = new Error(
        `连不上 HJ 212 端口 ${host}:${port}（${reason}）。请确认服务已启动、端口无误。`,
      );
      this.#wake();
      return;
    }
    this.#recall = setTimeout(() => this.#call(), this.#callMs);
    this.#callMs = Math.min(this.#callMs * 2, LONGEST_CALL_MS);
  }

  #write(waiting: Waiting): void {
    this.#socket?.write(waiting.frame);
    clearTimeout(waiting.timer);
    waiting.timer = setTimeout(() => this.#overdue(waiting), this.#options.answerWithinMs);
  }

  #overdue(waiting: Waiting): void {
    if (waiting.resends < this.#options.resends) {
      waiting.resends += 1;
      this.counts.resent += 1;
      this.#write(waiting);
      return;
    }
    this.counts.refused += 1;
    this.#waiting.delete(qnOf(waiting.frame));
    this.#wake();
  }

  #hear(bytes: Uint8Array): void {
    const outcome = parseSegment(bytes);
    if (outcome.kind === 'refused' || outcome.segment.cn !== '9014') return;
    const { qn = '' } = outcome.segment;
    const waiting = this.#waiting.get(qn);
    if (!waiting) return;
    clearTimeout(waiting.timer);
    this.#waiting.delete(qn);
    this.counts.answered += 1;
    this.#wake();
  }
}

/** `##0123QN=` comes before the 17 digits of QN. */
function qnOf(frame: Uint8Array): string {
  return Buffer.from(frame.buffer, frame.byteOffset + 9, 17).toString('latin1');
}
