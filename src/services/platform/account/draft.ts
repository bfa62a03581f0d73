import type { AccountRequest } from '#contract/platform';

import type { Wanted } from './request-view.ts';

/** A request before it is written. */
export interface Draft {
  readonly action: AccountRequest['action'];
  readonly username: string;
  readonly name: string;
  readonly account: number | null;
  readonly home: { readonly id: number; readonly place: number; readonly scenario: number | null };
  readonly wanted: Wanted;
  readonly phone: string | null;
  readonly reason: string;
}
