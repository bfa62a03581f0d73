import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

import { type Cut, encodePublish, PacketCutter } from '#protocols/mqtt';

import type { Waiting } from './intake.ts';
import { Session } from './session.ts';

const CONNECT = 0x10;
const PUBACK = 0x40;
const PUBACK_BYTES = 4;
/** Messages of one connection that wait for their commit: then it is not read on, until half of them are answered. */
const UNSETTLED = 1024;

/** What comes of what is read. */
export interface LaneEvents {
  /** A message at QoS 0 or 1, to be settled with the lane once it is stored; `cutter` says where its parts lie. */
  take(lane: Lane, cutter: PacketCutter, at: number): void;
  /** A packet is longer than anything that would be read. */
  noise(lane: Lane): void;
  readonly noiseBytes: number;
}

/**
 * One connection. A message at QoS 0 or 1 goes straight to the desk, and the PUBACKs of a commit straight to the socket, in one
 * write; all else of MQTT (signing in, subscriptions, QoS 2, the will) the broker reads from this stream and answers by it. See
 * decision 0022.
 */
export class Lane extends Duplex implements Waiting {
  readonly session: Session;
  readonly #socket: Socket;
  readonly #events: LaneEvents;
  readonly #cutter = new PacketCutter();
  /** Until the CONNECT is answered nothing behind it is read. */
  #state: 'new' | 'signing-in' | 'open' = 'new';
  #isBrokerFull = false;
  #unsettled = 0;
  #answers: number[] = [];

  constructor(id: number, socket: Socket, events: LaneEvents) {
    super();
    this.#socket = socket;
    this.#events = events;
    this.session = new Session(id, socket);
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#hear(chunk));
    socket.on('end', () => this.push(null));
    socket.on('error', (error) => this.destroy(error));
    socket.once('close', () => this.destroy());
  }

  get remoteAddress(): string {
    return this.session.address;
  }

  /** It is not read on, for what it has sent is not stored yet: silence is not its own. */
  get isHeldUp(): boolean {
    return this.#isBrokerFull || this.#unsettled >= UNSETTLED;
  }

  /** The CONNECT is answered: messages are taken from now on. */
  open(): void {
    this.#state = 'open';
    this.#readOn();
  }

  /** Bytes that the client has not taken yet. */
  get unread(): number {
    return this.#socket.writableLength;
  }

  /** Says something to the client at QoS 0; false where it is gone. */
  tell(topic: string, payload: Uint8Array): boolean {
    if (this.destroyed) return false;
    this.#socket.write(encodePublish(Buffer.from(topic), payload));
    return true;
  }

  settled(error: Error | null, messageId: number): void {
    this.#unsettled -= 1;
    if (this.destroyed) return;
    if (error !== null) {
      this.destroy(error);
      return;
    }
    if (messageId !== 0) {
      if (this.#answers.length === 0) queueMicrotask(() => this.#answer());
      this.#answers.push(messageId);
    }
    if (this.#unsettled === UNSETTLED / 2) this.#readOn();
  }

  override _read(): void {
    if (!this.#isBrokerFull) return;
    this.#isBrokerFull = false;
    this.#readOn();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    if (this.#socket.write(chunk)) done();
    else this.#socket.once('drain', done);
  }

  override _writev(chunks: { readonly chunk: Buffer }[], done: () => void): void {
    this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), 'binary', done);
  }

  override _final(done: () => void): void {
    this.#socket.end();
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#socket.destroy();
    done(error);
  }

  #hear(chunk: Buffer): void {
    // MQTT 3.1.1, 3.1.0-1. Of another protocol's bytes a length would be read and waited for in vain.
    if (this.#state === 'new' && this.#cutter.unfinished === 0 && chunk[0] !== CONNECT) {
      this.destroy(new Error('the first packet is no CONNECT'));
      return;
    }
    this.#cutter.push(chunk);
    this.#readOn();
  }

  /** Reads what is there, as far as it may. */
  #readOn(): void {
    const at = Date.now();
    while (!this.#mustWait()) {
      const cut = this.#cutter.next();
      if (cut === 'more') break;
      this.#pass(cut, at);
    }
    if (this.#mustWait()) this.#socket.pause();
    else if (this.#cutter.unfinished > this.#events.noiseBytes) this.#events.noise(this);
    else if (this.#socket.isPaused()) this.#socket.resume();
  }

  #pass(cut: Cut, at: number): void {
    if (cut === 'publish' && this.#state === 'open') {
      this.#unsettled += 1;
      this.session.frame(at, true);
      this.#events.take(this, this.#cutter, at);
      return;
    }
    if (this.#state === 'new') this.#state = 'signing-in';
    this.session.frame(at, false);
    this.#isBrokerFull = !this.push(this.#cutter.packet);
  }

  #mustWait(): boolean {
    return this.#state === 'signing-in' || this.isHeldUp || this.destroyed;
  }

  #answer(): void {
    const answers = this.#answers;
    this.#answers = [];
    if (this.destroyed) return;
    const bytes = Buffer.allocUnsafe(answers.length * PUBACK_BYTES);
    let at = 0;
    for (const id of answers) {
      bytes[at] = PUBACK;
      bytes[at + 1] = 2;
      bytes[at + 2] = id >> 8;
      bytes[at + 3] = id & 255;
      at += PUBACK_BYTES;
    }
    this.#socket.write(bytes);
  }
}
