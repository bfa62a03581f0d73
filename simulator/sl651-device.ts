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

interface Counts {
  sent: number;
  answered: number;
  /** Sent and never answered, resends included. */
  refused: number;
  resent: number;
}

interface Waiting {
  readonly frames: readonly Frame[];
  resends: number;
  timer: NodeJS.Timeout | undefined;
}

/**
 * A virtual hydrological station (遥测站): each report is kept until it is confirmed and sent again under its old serial when
 * it is not (M2); pictures go in packets, those asked for once more (M3); it answers what its centre asks, also with a picture (M4), and keeps the link.
 */
export class Sl651Device {
  readonly #options: Required<Sl651DeviceOptions>;
  readonly #link: StationLink;
  readonly #memory = new Sl651Memory();
  readonly #waiting = new Map<string, Waiting>();
  readonly #woken = new Set<() => void>();
  readonly counts: Counts = { sent: 0, answered: 0, refused: 0, resent: 0 };
  #framer = new Framer('centre');
  #serial = 0;
  /** Its clock is so many milliseconds ahead of ours. */
  #ahead = 0;
  #closed = false;
  #failure: Error | undefined;
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
    this.#link = new StationLink({
      ...this.#options,
      onUp: () => this.#start(),
      onBytes: (bytes) => this.#hear(bytes),
      onDown: () => this.#stop(),
      onLost: (failure) => {
        this.#failure = failure;
        this.#wake();
      },
    });
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
    return this.#until(() => this.#waiting.size === 0);
  }

  close(): void {
    this.#closed = true;
    this.#stop();
    this.#link.hangUp();
    this.#wake();
  }

  async #send(code: number, write: (told: { serial: number; sentAt: number }) => Uint8Array): Promise<void> {
    const { window, packetBytes } = this.#options;
    await this.#until(() => this.#waiting.size < window);
    this.#serial = (this.#serial % 0xffff) + 1;
    const body = write({ serial: this.#serial, sentAt: this.#now() });
    const frames = framesOf(this.#identity, code, body, packetBytes);
    const waiting: Waiting = { frames, resends: 0, timer: undefined };
    this.#waiting.set(keyOf(code, this.#serial), waiting);
    this.counts.sent += 1;
    if (this.#link.up) this.#write(waiting);
    else this.#link.call();
    await this.#until(() => this.#waiting.size < window || window > 1);
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
    for (const waiting of this.#waiting.values()) this.#write(waiting);
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
    for (const { timer } of this.#waiting.values()) clearTimeout(timer);
  }

  #write(waiting: Waiting): void {
    const { loses, answerWithinMs } = this.#options;
    const first = waiting.resends === 0;
    const reaching = waiting.frames.filter(({ packet }) => !first || !packet || !loses.has(packet.number));
    this.#link.write(bytesOf(reaching));
    clearTimeout(waiting.timer);
    waiting.timer = setTimeout(() => this.#overdue(waiting), answerWithinMs);
  }

  #overdue(waiting: Waiting): void {
    if (waiting.resends < this.#options.resends) {
      waiting.resends += 1;
      this.counts.resent += 1;
      this.#write(waiting);
      return;
    }
    this.counts.refused += 1;
    this.#settle(waiting);
  }

  #settle(waiting: Waiting): void {
    clearTimeout(waiting.timer);
    for (const [key, other] of this.#waiting) if (other === waiting) this.#waiting.delete(key);
    this.#wake();
  }

  #hear(bytes: Uint8Array): void {
    for (const event of this.#framer.push(bytes)) {
      if (event.kind !== 'frame' || event.frame.direction !== 'down') continue;
      if (event.frame.end === 'ENQ') this.#answer(event.frame);
      else this.#confirmed(event.frame);
    }
  }

  #confirmed({ code, body, end, packet }: Frame): void {
    const waiting = this.#waiting.get(keyOf(code, ((body[0] ?? 0) << 8) | (body[1] ?? 0)));
    if (end === 'NAK') {
      const again = waiting?.frames.find((frame) => frame.packet?.number === packet?.number);
      // A packet that was asked for ends with ETX (6.3.1.2 c).
      if (again) this.#link.write(encodeFrame({ ...again, end: 'ETX' }));
      return;
    }
    if (waiting) {
      this.counts.answered += 1;
      this.#settle(waiting);
    }
    if (end === 'EOT' && this.#waiting.size === 0) this.#link.hangUp();
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
}

const TIMED_REPORT = 0x32;
const MANUAL_REPORT = 0x35;
const PICTURE_REPORT = 0x36;

const keyOf = (code: number, serial: number): string => `${code}/${serial}`;
