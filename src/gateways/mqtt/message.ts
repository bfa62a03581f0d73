import type { KnownDevice } from '#model/monitoring';

/** Who is connected: one link may speak for many devices. */
export interface Speaker {
  readonly address: string;
  /** It has spoken for this device. */
  heard(deviceCode: string): void;
  /** It says that this device is gone. */
  gone(deviceCode: string): void;
}

/** What a message carries, where it lies in the bytes that came: most are read as text, and never cut out. */
export class Payload {
  readonly #bytes: Buffer;
  readonly #from: number;
  readonly #to: number;

  constructor(bytes: Buffer, from = 0, to = bytes.length) {
    this.#bytes = bytes;
    this.#from = from;
    this.#to = to;
  }

  get length(): number {
    return this.#to - this.#from;
  }

  get text(): string {
    return this.#bytes.toString('utf8', this.#from, this.#to);
  }

  get bytes(): Buffer {
    return this.#bytes.subarray(this.#from, this.#to);
  }

  /** The beginning, for the person who looks at a stranger. */
  get sample(): string {
    return this.#bytes.toString('utf8', this.#from, Math.min(this.#to, this.#from + SAMPLE_BYTES));
  }
}

const SAMPLE_BYTES = 300;

/** One published message, with the device whose link or topic it came by. */
export interface Message {
  readonly speaker: Speaker;
  readonly device: KnownDevice;
  readonly payload: Payload;
  /** When it was received, epoch ms. */
  readonly at: number;
  /** The time of what names none, epoch ms: when it was first received. */
  readonly stamp: () => number;
}
