import { useNavigate, useSearch } from '@tanstack/react-router';

import type { StandardPath } from '../../app/standard-sections.ts';
import { readStandardSearch, type StandardSearch } from './search.ts';

export interface Filters extends StandardSearch {
  readonly set: (change: StandardSearch) => void;
}

/** The filters of a list as they stand in its address. */
export function useFilters(to: StandardPath): Filters {
  const search = readStandardSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  return {
    ...search,
    set: (change) =>
      void navigate({ to, search: readStandardSearch({ ...search, ...change }), replace: true }),
  };
}

/** Whether every word that was typed stands somewhere in the texts. */
export function matches(q: string | undefined, texts: readonly string[]): boolean {
  if (q === undefined) return true;
  const all = texts.join(' ').toLowerCase();
  return q
    .toLowerCase()
    .split(/\s+/u)
    .every((part) => all.includes(part));
}
