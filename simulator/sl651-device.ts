import { encodeFrame, type Frame, Framer, LINK_KEEPING } from '#protocols/sl651';

import { Sl651Memory } from './sl651-memory.ts';
import {
  bytesOf,
  elementsBody,
  type ElementValue,
  framesOf,
  manualBody,
  pictureBody,
  shortBody,
  type StationIdentity,
} from './sl651-report.ts';
import { StationLink } from './station-link.ts';
import { type FrameCounts, Unanswered } from './unanswered.ts';

export interface Sl651DeviceOptions extends Partial<StationIdentity> {
  readonly host: string;
  readonly port: number;
  readonly station: string;
  /** Reports that may wait for their answer at a time; a real station has 1. */
  readonly window?: number;
  readonly answerWithinMs?: number;
  /** SL 651 6.3.2.3: two. */
  readonly resends?: number;
  readonly patienceMs?: number;
  /** Link-keeping (2FH) every so often while the line is up; 0: none. */
  readonly keepingMs?: number;
  /** Larger bodies are sent in packets (M3) of so many bytes. */
  readonly packetBytes?: number;
  /** Packets that get lost on the way the first time, to try what the centre does about it. */
  readonly loses?: ReadonlySet<number>;
}

/**
 * A virtual hydrological station (遥测站): each report is kept until it is confirmed and sent again under its old serial when
 * it is not (M2); pictures go in packets, those asked for once more (M3); it answers what its centre asks, also with a picture (M4), and keeps the link.
 */
export class Sl651Device {
  readonly #options: Required<Sl651DeviceOptions>;
  readonly #link: StationLink;
  readonly #memory = new Sl651Memory();
  readonly #unanswered: Unanswered<readonly Frame[]>;
  #framer = new Framer('centre');
  #serial = 0;
  /** Its clock is so many milliseconds ahead of ours. */
  #ahead = 0;
  #keeping: NodeJS.Timeout | undefined;

  constructor(options: Sl651DeviceOptions) {
    this.#options = {
      password: '1234',
      centre: 1,
      window: 1,
      answerWithinMs: 10_000,
      resends: 2,
      patienceMs: Number.POSITIVE_INFINITY,
      keepingMs: 40_000,
      packetBytes: 1024,
      loses: new Set(),
      ...options,
    };
    this.#unanswered = new Unanswered({
      ...this.#options,
      write: (frames, isFirst) => this.#write(frames, isFirst),
    });
    this.#link = new StationLink({
      ...this.#options,
      what: 'SL 651 端口',
      onUp: () => this.#start(),
      onBytes: (bytes) => this.#hear(bytes),
      onDown: () => this.#stop(),
      onLost: (failure) => this.#unanswered.fail(failure),
    });
  }

  get counts(): FrameCounts {
    return this.#unanswered.counts;
  }

  /** Milliseconds by which its clock is ahead; a wrong clock until the centre sets it. */
  get clockAhead(): number {
    return this.#ahead;
  }

  set clockAhead(ms: number) {
    this.#ahead = ms;
  }

  /** Reports elements seen at `observedAt` (epoch ms); resolves when the next may be sent. */
  async report(observedAt: number, elements: readonly ElementValue[], code = TIMED_REPORT): Promise<void> {
    this.#memory.remember(observedAt, elements);
    await this.#send(code, (told) => elementsBody(told, this.#options.station, observedAt, elements));
  }

  /** Sends a picture (36H). */
  async picture(observedAt: number, image: Uint8Array): Promise<void> {
    await this.#send(PICTURE_REPORT, (told) => pictureBody(told, this.#options.station, observedAt, image));
  }

  /** Somebody types a text at the station (35H); it answers with it when it is asked (39H). */
  async text(text: string): Promise<void> {
    this.#memory.type(text);
    await this.#send(MANUAL_REPORT, (told) => manualBody(told, text));
  }

  /** Calls the centre without anything to report, and stays for its questions. */
  connect(): void {
    this.#link.call();
  }

  /** Resolves when every report has been confirmed or given up. */
  drain(): Promise<void> {
    return this.#unanswered.drain();
  }

  close(): void {
    this.#stop();
    this.#unanswered.close();
    this.#link.hangUp();
  }

  async #send(code: number, write: (told: { serial: number; sentAt: number }) => Uint8Array): Promise<void> {
    await this.#unanswered.room();
    this.#serial = (this.#serial % 0xffff) + 1;
    const body = write({ serial: this.#serial, sentAt: this.#now() });
    const frames = framesOf(this.#identity, code, body, this.#options.packetBytes);
    this.#unanswered.add(keyOf(code, this.#serial), frames, this.#link.up);
    if (!this.#link.up) this.#link.call();
    await this.#unanswered.rest();
  }

  get #identity(): StationIdentity {
    const { station, password, centre } = this.#options;
    return { station, password, centre };
  }

  #now(): number {
    return Date.now() + this.#ahead;
  }

  #start(): void {
    this.#framer = new Framer('centre');
    this.#unanswered.sendAll();
    const { keepingMs } = this.#options;
    if (keepingMs <= 0) return;
    this.#keep();
    this.#keeping = setInterval(() => this.#keep(), keepingMs);
  }

  /** Link-keeping repeats the last serial (6.6.4.2). */
  #keep(): void {
    const body = shortBody({ serial: this.#serial, sentAt: this.#now() });
    this.#link.write(bytesOf(framesOf(this.#identity, LINK_KEEPING, body)));
  }

  #stop(): void {
    clearInterval(this.#keeping);
    this.#unanswered.pause();
  }

  #write(frames: readonly Frame[], isFirst: boolean): void {
    const { loses } = this.#options;
    this.#link.write(
      bytesOf(frames.filter(({ packet }) => !isFirst || !packet || !loses.has(packet.number))),
    );
  }

  #hear(bytes: Uint8Array): void {
    for (const event of this.#framer.push(bytes)) {
      if (event.kind !== 'frame' || event.frame.direction !== 'down') continue;
      if (event.frame.end === 'ENQ') this.#answer(event.frame);
      else this.#confirmed(event.frame);
    }
  }

  #confirmed({ code, body, end, packet }: Frame): void {
    const key = keyOf(code, ((body[0] ?? 0) << 8) | (body[1] ?? 0));
    if (end === 'NAK') {
      const again = this.#unanswered.find(key)?.find((frame) => frame.packet?.number === packet?.number);
      // A packet that was asked for ends with ETX (6.3.1.2 c).
      if (again) this.#link.write(encodeFrame({ ...again, end: 'ETX' }));
      return;
    }
    this.#unanswered.answered(key);
    if (end === 'EOT' && this.#unanswered.isEmpty) this.#link.hangUp();
  }

  /** M4: the centre asks, the station answers under a serial of its own. */
  #answer(command: Frame): void {
    this.#serial = (this.#serial % 0xffff) + 1;
    const clock = (ahead: number): void => {
      this.#ahead = ahead;
    };
    const told = {
      serial: this.#serial,
      station: this.#options.station,
      now: () => this.#now(),
      setAhead: clock,
    };
    const body = this.#memory.answer(command, told);
    if (body)
      this.#link.write(bytesOf(framesOf(this.#identity, command.code, body, this.#options.packetBytes)));
  }
}

const TIMED_REPORT = 0x32;
const MANUAL_REPORT = 0x35;
const PICTURE_REPORT = 0x36;

const keyOf = (code: number, serial: number): string => `${code}/${serial}`;
