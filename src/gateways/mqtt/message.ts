import type { KnownDevice } from '#model/monitoring';

/** Who is connected: one link may speak for many devices. */
export interface Speaker {
  readonly address: string;
  /** It has spoken for this device. */
  heard(deviceCode: string): void;
  /** It says that this device is gone. */
  gone(deviceCode: string): void;
}

/** One published message, with the device whose link or topic it came by. */
export interface Message {
  readonly speaker: Speaker;
  readonly device: KnownDevice;
  readonly payload: Buffer;
  /** When it was received, epoch ms. */
  readonly at: number;
  /** The time of what names none, epoch ms: when it was first received. */
  readonly stamp: () => number;
}

const SAMPLE_BYTES = 300;

/** The beginning of a payload, for the person who looks at a stranger. */
export const sampleOf = (payload: Buffer): string => payload.toString('utf8', 0, SAMPLE_BYTES);
