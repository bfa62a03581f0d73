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

import { StationLink } from './station-link.ts';
import { type FrameCounts, Unanswered } from './unanswered.ts';

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

const CENTRE: Address = '000000000000';
const NORMAL = 1;
const DUTY_ANSWER = 1 << 5;

/**
 * A virtual fire transmission device (用户信息传输装置) over TCP or UDP: sends application units, each kept until it is confirmed,
 * sent again with the same serial when it is not or is denied; tells its state, obeys the clock, answers the duty check.
 */
export class Gb26875Device {
  readonly #options: Required<Gb26875DeviceOptions>;
  readonly #link: StationLink;
  readonly #unanswered: Unanswered<Uint8Array>;
  /** What the station has set our clock ahead by, ms. */
  clockOffsetMs = 0;
  #framer = new Framer();
  #beat: NodeJS.Timeout | undefined;
  #serial = 0;

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
    this.#unanswered = new Unanswered({ ...this.#options, write: (frame) => this.#link.write(frame) });
    this.#link = new StationLink({
      ...this.#options,
      what: 'GB/T 26875.3 端口',
      onUp: () => {
        this.#framer = new Framer();
        this.#unanswered.sendAll();
      },
      onBytes: (bytes) => {
        for (const event of this.#framer.push(bytes)) if (event.kind === 'frame') this.#hear(event.frame);
      },
      onDown: () => {
        this.#unanswered.pause();
        if (this.#unanswered.isEmpty) this.#link.hangUp();
      },
      onLost: (failure) => this.#unanswered.fail(failure),
    });
    const { heartbeatMs } = this.#options;
    if (heartbeatMs > 0) this.#beat = setInterval(() => this.#tell(this.#state()), heartbeatMs);
  }

  /** Its clock as the station has set it, epoch ms. */
  get now(): number {
    return Date.now() + this.clockOffsetMs;
  }

  get counts(): FrameCounts {
    return this.#unanswered.counts;
  }

  /** Sends one application unit as data (command 2); resolves when the next may be sent. */
  async send(unit: Uint8Array): Promise<void> {
    await this.#unanswered.room();
    this.#tell(unit);
    await this.#unanswered.rest();
  }

  /** Resolves when every frame has been confirmed or given up. */
  drain(): Promise<void> {
    return this.#unanswered.drain();
  }

  close(): void {
    clearInterval(this.#beat);
    this.#unanswered.close();
    this.#link.hangUp();
  }

  #tell(unit: Uint8Array): void {
    this.#serial = (this.#serial + 1) & 0xffff;
    const said = { serial: this.#serial, source: this.#options.code, target: CENTRE, at: this.now };
    this.#unanswered.add(this.#serial, encodeMessage(said, COMMAND.send, unit), this.#link.up);
    if (!this.#link.up) this.#link.call();
  }

  #state(): Uint8Array {
    return unitOf(UNIT.gatewayState, [{ gatewayState: NORMAL, time: timeTag(this.now) }]);
  }

  #hear(frame: Frame): void {
    if (frame.command === COMMAND.control || frame.command === COMMAND.request) {
      this.#obey(frame);
      return;
    }
    if (frame.command === COMMAND.deny) this.#unanswered.again(frame.serial);
    if (frame.command === COMMAND.confirm) this.#unanswered.answered(frame.serial);
  }

  #obey(frame: Frame): void {
    const unit = decodeUnit(frame.unit);
    const [object] = unit.kind === 'objects' ? unit.objects : [];
    if (unit.type === UNIT.setClock && object?.time !== undefined) {
      this.clockOffsetMs = (momentOf(object.time) ?? Date.now()) - Date.now();
      this.#link.write(confirm(frame, this.now));
    } else if (unit.type === UNIT.checkDuty) {
      this.#link.write(confirm(frame, this.now));
      this.#press();
    } else if (unit.type === UNIT.readGatewayState) {
      const said = { serial: frame.serial, source: this.#options.code, target: frame.source, at: this.now };
      this.#link.write(encodeMessage(said, COMMAND.answer, this.#state()));
    } else this.#link.write(deny(frame, this.now));
  }

  #press(): void {
    const { operator } = this.#options;
    if (operator === undefined) return;
    const pressed = { operation: DUTY_ANSWER, operator, time: timeTag(this.now) };
    this.#tell(unitOf(UNIT.gatewayOperation, [pressed]));
  }
}
