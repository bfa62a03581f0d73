import type { KnownDevice } from './gateway.ts';

/** A value that a text names with an element's code of its standard. It is what somebody has typed, not a reading. */
export interface NotedValue {
  /** The element's code in the device's standard, as factors are written: `27`. */
  readonly element: string;
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

interface Noted {
  readonly device: KnownDevice;
  /** By the device's clock, epoch ms. */
  readonly observedAt: number;
}

/** 图文报: what a device sends besides numbers. */
export type DeviceNote =
  /** A JPEG of at most {@link PICTURE_MOST} bytes. */
  | (Noted & { readonly kind: 'picture'; readonly picture: Uint8Array })
  | (Noted & { readonly kind: 'text'; readonly text: string; readonly values: readonly NotedValue[] });

export const NOTE_KINDS = ['picture', 'text'] as const satisfies readonly DeviceNote['kind'][];

/** Takes notes over. Resolves once they are committed; rejects when they were not stored. The same again is stored once. */
export interface NoteKeeper {
  keep(notes: readonly DeviceNote[]): Promise<void>;
}

/** Largest picture that is kept, in bytes. */
export const PICTURE_MOST = 8_000_000;
