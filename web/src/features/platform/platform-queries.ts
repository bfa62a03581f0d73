import { platformRoutes } from '#contract/platform';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';

import { call } from '../../app/call.ts';

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

export const searchQuery = (search: string) =>
  queryOptions({
    queryKey: ['platform', 'search', search],
    queryFn: ({ signal }) => call(platformRoutes.listPlatforms, { query: { search, limit: 50 }, signal }),
    enabled: search !== '',
    placeholderData: keepPreviousData,
  });
