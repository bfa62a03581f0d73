import { crc32 } from 'node:zlib';

/** A message that names no time, and when it was first heard. */
export interface Stamp {
  readonly messageId: number;
  readonly checksum: number;
  /** Epoch ms. */
  readonly at: number;
  /** The sender has been told that it is stored. */
  answered: boolean;
}

/** As many as a device may have in flight. */
const KEPT = 64;

/** What identifies a message that may come twice (QoS 1 and 2). */
export interface Delivery {
  readonly messageId: number;
  /** The sender says that it has sent this before; not every library does. */
  readonly again: boolean;
  readonly payload: Buffer;
  /** It always says so: only then is it a repetition. */
  readonly isMarked?: boolean;
}

/**
 * When messages without a time of their own were heard. One that is sent again keeps the time of the first: else a lost
 * PUBACK would make two observations of one.
 */
export class Stamps {
  readonly #byDevice = new Map<string, Stamp[]>();

  stamp(deviceCode: string, { messageId, again, payload, isMarked = false }: Delivery, now: number): Stamp {
    const checksum = crc32(payload);
    const kept = this.#byDevice.get(deviceCode) ?? [];
    const first = kept.findLast((one) => one.messageId === messageId && one.checksum === checksum);
    if (first !== undefined && (again || !(isMarked || first.answered))) return first;
    const stamp: Stamp = { messageId, checksum, at: now, answered: false };
    if (kept.length === KEPT) kept.shift();
    kept.push(stamp);
    this.#byDevice.set(deviceCode, kept);
    return stamp;
  }
}
