import type { ChannelReceipt } from '#model/command';

/** What came to the address of a channel's receipts. */
export interface ReceiptRequest {
  readonly method: string;
  /** Of a parameter that comes twice the first. */
  readonly query: Readonly<Record<string, string | undefined>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  /** Epoch ms. */
  readonly now: number;
}

/**
 * What it was: receipts (none, where it was something else that a provider tells), with what must be answered; or nothing that this
 * channel takes. `unsigned` counts as an attack, the others as a mistake.
 */
export type ReceiptReading =
  | {
      readonly kind: 'read';
      readonly receipts: readonly ChannelReceipt[];
      readonly reply: { readonly contentType: string; readonly body: string };
    }
  | { readonly kind: 'refused'; readonly reason: 'unsigned' | 'stale' | 'malformed' | 'not-set' };

const STALE_MS = 10 * 60_000;

/** Whether something was signed too long ago, or too far ahead: what is caught on its way cannot be sent again later. */
export const isStale = (at: number, now: number): boolean => !(Math.abs(now - at) <= STALE_MS);
