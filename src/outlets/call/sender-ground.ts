import type { AddressGuard } from './address-guard.ts';

/** What a sender stands on. */
export interface SenderGround {
  readonly guard: AddressGuard;
  /** Epoch ms. */
  readonly now: () => number;
}
