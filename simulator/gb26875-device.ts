import {
  type Address,
  COMMAND,
  confirm,
  decodeUnit,
  deny,
  encodeMessage,
  type Frame,
  Framer,
  momentOf,
  timeTag,
  UNIT,
  unitOf,
} from '#protocols/gb26875';

import { type FrameLink, openTcp, openUdp } from './frame-link.ts';
import type { FrameCounts } from './hj212-device.ts';

export interface Gb26875DeviceOptions {
  readonly host: string;
  readonly port: number;
  readonly transport?: 'tcp' | 'udp';
  /** Source address: twelve hex digits. */
  readonly code: Address;
  /** Frames that may wait for their confirmation at a time; a real device has 1. */
  readonly window?: number;
  /** GB/T 26875.3 §6.5: no more than 10 s, sent again three times. */
  readonly answerWithinMs?: number;
  readonly resends?: number;
  /** How long a station that cannot be reached is called again before giving up. */
  readonly patienceMs?: number;
  /** Tells its own state (type 21) this often; 0 never. */
  readonly heartbeatMs?: number;
  /** Who presses the duty answer (type 24) when asked; undefined: nobody is there. */
  readonly operator?: number | undefined;
}

interface Waiting {
  readonly serial: number;
  readonly frame: Uint8Array;
  resends: number;
  timer: NodeJS.Timeout | undefined;
}

const FIRST_CALL_MS = 200;
const LONGEST_CALL_MS = 5000;
const CENTRE: Address = '000000000000';
const NORMAL = 1;
const DUTY_ANSWER = 1 << 5;

/**
 * A virtual fire transmission device (用户信息传输装置) over TCP or UDP: sends application units, each kept until it is confirmed,
 * sent again with the same serial when it is not or is denied; tells its state, obeys the clock, answers the duty check.
 */
export class Gb26875Device {
  readonly #options: Required<Gb26875DeviceOptions>;
  readonly #waiting = new Map<number, Waiting>();
  readonly #woken = new Set<() => void>();
  readonly counts: FrameCounts = { sent: 0, answered: 0, refused: 0, resent: 0 };
  /** What the station has set our clock ahead by, ms. */
  clockOffsetMs = 0;
  #link: FrameLink | undefined;
  #up = false;
  #closed = false;
  #callMs = FIRST_CALL_MS;
  #recall: NodeJS.Timeout | undefined;
  #beat: NodeJS.Timeout | undefined;
  #downSince = 0;
  #serial = 0;
  #failure: Error | undefined;

  constructor(options: Gb26875DeviceOptions) {
    this.#options = {
      transport: 'tcp',
      window: 1,
      answerWithinMs: 10_000,
      resends: 3,
      patienceMs: Number.POSITIVE_INFINITY,
      heartbeatMs: 0,
      operator: undefined,
      ...options,
    };
    const { heartbeatMs } = this.#options;
    if (heartbeatMs > 0) this.#beat = setInterval(() => this.#tell(this.#state()), heartbeatMs);
  }

  /** Its clock as the station has set it, epoch ms. */
  get now(): number {
    return Date.now() + this.clockOffsetMs;
  }

  /** Sends one application unit as data (command 2); resolves when the next may be sent. */
  async send(unit: Uint8Array): Promise<void> {
    await this.#until(() => this.#waiting.size < this.#options.window);
    this.#tell(unit);
    await this.#until(() => this.#waiting.size < this.#options.window || this.#options.window > 1);
  }

  /** Resolves when every frame has been confirmed or given up. */
  drain(): Promise<void> {
    return this.#until(() => this.#waiting.size === 0);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#recall);
    clearInterval(this.#beat);
    for (const { timer } of this.#waiting.values()) clearTimeout(timer);
    this.#link?.close();
    this.#wake();
  }

  #tell(unit: Uint8Array): void {
    this.#serial = (this.#serial + 1) & 0xffff;
    const serial = this.#serial;
    const said = { serial, source: this.#options.code, target: CENTRE, at: this.now };
    const waiting = { serial, frame: encodeMessage(said, COMMAND.send, unit), resends: 0, timer: undefined };
    this.#waiting.set(serial, waiting);
    this.counts.sent += 1;
    if (this.#up) this.#write(waiting);
    else this.#call();
  }

  #state(): Uint8Array {
    return unitOf(UNIT.gatewayState, [{ gatewayState: NORMAL, time: timeTag(this.now) }]);
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
    if (this.#link || this.#closed) return;
    if (this.#downSince === 0) this.#downSince = Date.now();
    const framer = new Framer();
    const open = this.#options.transport === 'udp' ? openUdp : openTcp;
    this.#link = open(this.#options, {
      up: () => {
        this.#up = true;
        this.#downSince = 0;
        this.#callMs = FIRST_CALL_MS;
        for (const waiting of this.#waiting.values()) this.#write(waiting);
      },
      heard: (bytes) => {
        for (const event of framer.push(bytes)) if (event.kind === 'frame') this.#hear(event.frame);
      },
      down: (reason) => this.#lose(reason),
    });
  }

  #lose(reason: string): void {
    this.#link = undefined;
    this.#up = false;
    for (const { timer } of this.#waiting.values()) clearTimeout(timer);
    if (this.#closed || this.#waiting.size === 0) return;
    if (this.#downSince === 0) this.#downSince = Date.now();
    const { host, port, patienceMs } = this.#options;
    if (Date.now() - this.#downSince + this.#callMs > patienceMs) {
      this.#failure = new Error(
        `连不上 GB/T 26875.3 端口 ${host}:${port}（${reason}）。请确认服务已启动、端口无误。`,
      );
      this.#wake();
      return;
    }
    this.#recall = setTimeout(() => this.#call(), this.#callMs);
    this.#callMs = Math.min(this.#callMs * 2, LONGEST_CALL_MS);
  }

  #write(waiting: Waiting): void {
    this.#link?.write(waiting.frame);
    clearTimeout(waiting.timer);
    waiting.timer = setTimeout(() => this.#again(waiting), this.#options.answerWithinMs);
  }

  /** Not confirmed in time, or denied. */
  #again(waiting: Waiting): void {
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
    this.#waiting.delete(waiting.serial);
    this.#wake();
  }

  #hear(frame: Frame): void {
    if (frame.command === COMMAND.control || frame.command === COMMAND.request) {
      this.#obey(frame);
      return;
    }
    const waiting = this.#waiting.get(frame.serial);
    if (!waiting) return;
    if (frame.command === COMMAND.deny) this.#again(waiting);
    if (frame.command !== COMMAND.confirm) return;
    this.counts.answered += 1;
    this.#settle(waiting);
  }

  #obey(frame: Frame): void {
    const unit = decodeUnit(frame.unit);
    const [object] = unit.kind === 'objects' ? unit.objects : [];
    if (unit.type === UNIT.setClock && object?.time !== undefined) {
      this.clockOffsetMs = (momentOf(object.time) ?? Date.now()) - Date.now();
      this.#link?.write(confirm(frame, this.now));
    } else if (unit.type === UNIT.checkDuty) {
      this.#link?.write(confirm(frame, this.now));
      this.#press();
    } else if (unit.type === UNIT.readGatewayState) {
      const said = { serial: frame.serial, source: this.#options.code, target: frame.source, at: this.now };
      this.#link?.write(encodeMessage(said, COMMAND.answer, this.#state()));
    } else this.#link?.write(deny(frame, this.now));
  }

  #press(): void {
    const { operator } = this.#options;
    if (operator === undefined) return;
    const pressed = { operation: DUTY_ANSWER, operator, time: timeTag(this.now) };
    this.#tell(unitOf(UNIT.gatewayOperation, [pressed]));
  }
}
