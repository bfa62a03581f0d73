import { platformRoutes } from '#contract/platform';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';

import { call } from '../../../app/call.ts';
import type { ObjectSearch } from '../search.ts';
import { nextPage, START } from '../paging.ts';

const flagOf = (on: boolean | undefined): 'true' | undefined => (on ? 'true' : undefined);

export const objectsQuery = (text: string, search: Omit<ObjectSearch, 'open'>) =>
  infiniteQueryOptions({
    queryKey: ['platform', 'objects', 'list', { text, ...search }],
    queryFn: ({ pageParam, signal }) =>
      call(platformRoutes.listObjects, {
        query: {
          ...search,
          search: text || undefined,
          approximate: flagOf(search.approximate),
          retired: flagOf(search.retired),
          after: pageParam,
        },
        signal,
      }),
    initialPageParam: START,
    getNextPageParam: nextPage,
    placeholderData: keepPreviousData,
  });

export const objectQuery = (id: number) =>
  queryOptions({
    queryKey: ['platform', 'objects', 'one', id],
    queryFn: ({ signal }) => call(platformRoutes.getObject, { params: { id }, signal }),
  });
