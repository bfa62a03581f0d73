import { organisationRoutes, type UnitKind } from '#contract/platform';
import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';

import { call } from '../../../app/call.ts';
import { nextPage, START } from '../paging.ts';

export interface UnitFilter {
  readonly search: string;
  readonly kind: UnitKind | undefined;
  readonly platform: string | undefined;
}

export const unitsQuery = ({ search, kind, platform }: UnitFilter) =>
  infiniteQueryOptions({
    queryKey: ['platform', 'units', 'list', { search, kind, platform }],
    queryFn: ({ pageParam, signal }) =>
      call(organisationRoutes.listUnits, {
        query: { search: search || undefined, kind, platform, after: pageParam },
        signal,
      }),
    initialPageParam: START,
    getNextPageParam: nextPage,
    placeholderData: keepPreviousData,
  });
