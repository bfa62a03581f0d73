import { platformRoutes } from '#contract/platform';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';

import { call } from '../../../app/call.ts';
import type { PlatformKind } from '../kind-text.ts';
import { nextPage, START } from '../paging.ts';

const LONG_MS = 10 * 60_000;
/** The root: the district with the counts of the whole tree. */
export const rootQuery = queryOptions({
  queryKey: ['platform', 'tree', null],
  queryFn: ({ signal }) => call(platformRoutes.listPlatforms, { query: { kind: 'district' }, signal }),
  staleTime: LONG_MS,
});

/** What hangs under one platform; a town has fewer villages than one page holds. */
export const childrenQuery = (parent: string, enabled: boolean) =>
  queryOptions({
    queryKey: ['platform', 'tree', parent],
    queryFn: ({ signal }) => call(platformRoutes.listPlatforms, { query: { parent, limit: 500 }, signal }),
    staleTime: LONG_MS,
    enabled,
  });

/** By name, by kind, or both. */
export const findQuery = (search: string, kind: PlatformKind | undefined) =>
  infiniteQueryOptions({
    queryKey: ['platform', 'search', { search, kind }],
    queryFn: ({ pageParam, signal }) =>
      call(platformRoutes.listPlatforms, {
        query: { search: search || undefined, kind, limit: 60, after: pageParam },
        signal,
      }),
    initialPageParam: START,
    getNextPageParam: nextPage,
    enabled: search !== '' || kind !== undefined,
    placeholderData: keepPreviousData,
  });
