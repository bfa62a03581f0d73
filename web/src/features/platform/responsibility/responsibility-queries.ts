import { organisationRoutes, type Responsibility } from '#contract/platform';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';

import { call } from '../../../app/call.ts';
import type { PlatformKind } from '../kind-text.ts';
import type { ResponsibilitySearch } from '../search.ts';
import { nextPage, START } from '../paging.ts';

const queryOf = ({ under, gaps }: ResponsibilitySearch) => ({
  under,
  gaps: gaps ? ('true' as const) : undefined,
});

/** How a kind of platform stands, whole or not: the filter for gaps does not touch it. */
export const totalsQuery = (kind: PlatformKind, under: string | undefined) =>
  queryOptions({
    queryKey: ['platform', 'responsibility', 'totals', { kind, under }],
    queryFn: ({ signal }) =>
      call(organisationRoutes.listResponsibilities, { query: { kind, under, limit: 1 }, signal }),
    placeholderData: keepPreviousData,
  });

export const responsibilitiesQuery = (kind: PlatformKind, search: ResponsibilitySearch) =>
  infiniteQueryOptions({
    queryKey: ['platform', 'responsibility', 'list', { kind, ...search }],
    queryFn: ({ pageParam, signal }) =>
      call(organisationRoutes.listResponsibilities, {
        query: { kind, ...queryOf(search), limit: 200, after: pageParam },
        signal,
      }),
    initialPageParam: START,
    getNextPageParam: nextPage,
    placeholderData: keepPreviousData,
  });

/** Every platform of the filter, page after page, for the file; tells how many it has. */
export async function allResponsibilities(
  search: ResponsibilitySearch,
  tell: (count: number) => void,
): Promise<readonly Responsibility[]> {
  const all: Responsibility[] = [];
  let after: string | undefined;
  do {
    const page = await call(organisationRoutes.listResponsibilities, {
      query: { ...queryOf(search), limit: 500, after },
    });
    all.push(...page.items);
    tell(all.length);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return all;
}
