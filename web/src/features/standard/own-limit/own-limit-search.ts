import { OWN_LIMIT_STATES, type OwnLimitState } from '#contract/standard';

import { readStandardSearch, type StandardSearch } from '../search.ts';

/** The filters of the list of own limits as they stand in the address. */
export interface OwnLimitSearch extends StandardSearch {
  readonly state?: OwnLimitState | undefined;
}

export function readOwnLimitSearch(raw: Record<string, unknown>): OwnLimitSearch {
  const state = OWN_LIMIT_STATES.find((one) => one === raw['state']);
  return { ...readStandardSearch(raw), ...(state && { state }) };
}
