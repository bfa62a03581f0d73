import { encodeUpload, Framer, type Item, parseSegment } from '#protocols/hj212';

import { StationLink } from './station-link.ts';
import { type FrameCounts, Unanswered } from './unanswered.ts';

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

/**
 * A virtual logger (数采仪): real-time uploads (CN 2011, Flag=5) over TCP, each kept until its 9014 has come, sent again
 * with the same QN when it does not, over a new connection when the old one is lost (HJ 212-2017 §6.5).
 */
export class Hj212Device {
  readonly #options: Required<Hj212DeviceOptions>;
  readonly #link: StationLink;
  readonly #unanswered: Unanswered<Uint8Array>;
  #framer = new Framer();
  #lastQn = 0;

  constructor(options: Hj212DeviceOptions) {
    this.#options = {
      window: 1,
      answerWithinMs: 10_000,
      resends: 3,
      patienceMs: Number.POSITIVE_INFINITY,
      ...options,
    };
    this.#unanswered = new Unanswered({ ...this.#options, write: (frame) => this.#link.write(frame) });
    this.#link = new StationLink({
      ...this.#options,
      what: 'HJ 212 端口',
      onUp: () => {
        this.#framer = new Framer();
        this.#unanswered.sendAll();
      },
      onBytes: (bytes) => {
        for (const event of this.#framer.push(bytes)) if (event.kind === 'frame') this.#hear(event.segment);
      },
      onDown: () => {
        this.#unanswered.pause();
        // Whoever has nothing to say calls again when there is something.
        if (this.#unanswered.isEmpty) this.#link.hangUp();
      },
      onLost: (failure) => this.#unanswered.fail(failure),
    });
  }

  get counts(): FrameCounts {
    return this.#unanswered.counts;
  }

  /** Sends one packet of values seen at `observedAt` (epoch ms); resolves when the next may be sent. */
  async upload(observedAt: number, groups: readonly (readonly Item[])[]): Promise<void> {
    await this.#unanswered.room();
    // QN names the frame: one millisecond apart at least.
    this.#lastQn = Math.max(Date.now(), this.#lastQn + 1);
    const { mn, pw, st } = this.#options;
    const frame = encodeUpload({ mn, st, cn: '2011', pw, observedAt, sentAt: this.#lastQn, groups });
    this.#unanswered.add(qnOf(frame), frame, this.#link.up);
    if (!this.#link.up) this.#link.call();
    await this.#unanswered.rest();
  }

  /** Resolves when every frame has been answered or given up. */
  drain(): Promise<void> {
    return this.#unanswered.drain();
  }

  close(): void {
    this.#unanswered.close();
    this.#link.hangUp();
  }

  #hear(bytes: Uint8Array): void {
    const outcome = parseSegment(bytes);
    if (outcome.kind === 'refused' || outcome.segment.cn !== '9014') return;
    this.#unanswered.answered(outcome.segment.qn ?? '');
  }
}

/** `##0123QN=` comes before the 17 digits of QN. */
function qnOf(frame: Uint8Array): string {
  return Buffer.from(frame.buffer, frame.byteOffset + 9, 17).toString('latin1');
}
