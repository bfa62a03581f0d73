import { compositeRoutes } from '#contract/standard';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { call } from '../../../app/call.ts';

const MOST = 500;
const START: string | undefined = undefined;
const nextPage = ({ next }: { readonly next: string | null }): string | undefined => next ?? undefined;

/** A scenario has a handful of them: one page is all. */
export const compositesQuery = (scenario: string | undefined) =>
  queryOptions({
    queryKey: ['standard', 'composites', { scenario }],
    queryFn: async ({ signal }) => {
      const page = await call(compositeRoutes.listCompositeSigns, {
        query: { scenario, limit: MOST },
        signal,
      });
      return page.items;
    },
  });

/** Under `monitoring`: what is shown at an object changes with the readings. */
export const compositeSeatsQuery = (sign: string) =>
  infiniteQueryOptions({
    queryKey: ['monitoring', 'composite-seats', sign],
    queryFn: ({ pageParam, signal }) =>
      call(compositeRoutes.listCompositeSeats, { query: { sign, after: pageParam, limit: 20 }, signal }),
    initialPageParam: START,
    getNextPageParam: nextPage,
    refetchInterval: 30_000,
  });
