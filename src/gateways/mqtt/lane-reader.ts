import type { PacketCutter } from '#protocols/mqtt';

import type { MessageDesk } from './desk.ts';
import type { Lane } from './lane.ts';
import { Payload } from './message.ts';

/** Brings what a lane has cut out to the desk. Almost every message has the topic of the one before: that is read once. */
export class LaneReader {
  readonly #desk: MessageDesk;
  #topicBytes = Buffer.alloc(0);
  #topic = '';

  constructor(desk: MessageDesk) {
    this.#desk = desk;
  }

  take(lane: Lane, cutter: PacketCutter, at: number): void {
    const bytes = bufferOf(cutter.bytes);
    const { payloadFrom, payloadTo, messageId, again } = cutter;
    const topic = this.#topicOf(bytes, cutter.topicFrom, cutter.topicTo);
    const payload = new Payload(bytes, payloadFrom, payloadTo);
    this.#desk.take(lane.session, { topic, payload, messageId, again, at }, lane);
  }

  #topicOf(bytes: Buffer, from: number, to: number): string {
    if (!this.#isSame(bytes, from, to)) {
      this.#topicBytes = Buffer.from(bytes.subarray(from, to));
      this.#topic = bytes.toString('utf8', from, to);
    }
    return this.#topic;
  }

  #isSame(bytes: Buffer, from: number, to: number): boolean {
    const known = this.#topicBytes;
    if (known.length !== to - from) return false;
    for (let i = 0; i < known.length; i += 1) if (known[i] !== bytes[from + i]) return false;
    return true;
  }
}

/** The same bytes with a buffer's methods. */
function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
