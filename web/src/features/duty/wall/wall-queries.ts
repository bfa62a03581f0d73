import { platformRoutes } from '#contract/platform';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';

import { call } from '../../../app/call.ts';
import { deskQuery } from '../queries.ts';

/** Events tell what changed; asking beside them proves that the line is alive, also while nothing changes. */
const PULSE_MS = 5000;

export function wallQuery(at: number | null) {
  return queryOptions({
    ...deskQuery(at),
    refetchInterval: at === null ? PULSE_MS : false,
    refetchIntervalInBackground: true,
    retry: false,
  });
}

/** The whole district's objects with their levels, now or at a moment. */
export function wallMapQuery(at: number | null) {
  return queryOptions({
    queryKey: at === null ? ['platform', 'map', 'wall'] : ['past', 'map', at],
    queryFn: ({ signal }) => call(platformRoutes.getMap, { query: at === null ? {} : { at }, signal }),
    placeholderData: keepPreviousData,
  });
}

export const bordersQuery = queryOptions({
  queryKey: ['platform', 'borders'],
  queryFn: ({ signal }) => call(platformRoutes.getBorders, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});
