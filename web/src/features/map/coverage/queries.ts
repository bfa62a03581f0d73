import { coverageRoutes } from '#contract/standard';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';

import { call } from '../../../app/call.ts';
import type { Bounds } from '../risk-map.ts';
import type { MapGap } from './text.ts';

/** The figures of every scenario and town together: the key is that of the page of coverage, which asks for the same. */
export const coverageQuery = (enabled: boolean) =>
  queryOptions({
    queryKey: ['coverage', 'figures', { scenario: undefined, town: undefined }],
    queryFn: ({ signal }) => call(coverageRoutes.getCoverage, { query: {}, signal }),
    placeholderData: keepPreviousData,
    enabled,
  });

const AT_MOST = 500;

/** Objects in view that lack one thing, as many as one page holds. */
export const lacksInViewQuery = (gap: MapGap, bounds: Bounds | undefined) =>
  queryOptions({
    queryKey: ['coverage', 'in-view', gap, bounds],
    queryFn: ({ signal }) =>
      call(coverageRoutes.listLacks, { query: { gap, limit: AT_MOST, ...bounds }, signal }),
    placeholderData: keepPreviousData,
    enabled: bounds !== undefined,
  });
