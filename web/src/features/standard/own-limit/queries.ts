import { platformRoutes } from '#contract/platform';
import { ownLimitRoutes, type OwnLimitState } from '#contract/standard';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { call } from '../../../app/call.ts';

const START: string | undefined = undefined;
const next = ({ next }: { readonly next: string | null }): string | undefined => next ?? undefined;

interface Narrow {
  readonly scenario?: string | undefined;
  readonly state?: OwnLimitState | undefined;
  readonly sign?: string | undefined;
  readonly object?: number | undefined;
}

export const ownLimitsQuery = (narrow: Narrow) =>
  infiniteQueryOptions({
    queryKey: ['standard', 'own-limits', narrow],
    queryFn: ({ pageParam, signal }) =>
      call(ownLimitRoutes.listOwnLimits, { query: { ...narrow, after: pageParam }, signal }),
    initialPageParam: START,
    getNextPageParam: next,
  });

export const signsAtObjectQuery = (id: number) =>
  queryOptions({
    queryKey: ['standard', 'signs-at-object', id],
    queryFn: ({ signal }) => call(ownLimitRoutes.listSignsAtObject, { params: { id }, signal }),
  });

/** The object itself, for its name and what may be done with it. */
export const objectQuery = (id: number) =>
  queryOptions({
    queryKey: ['platform', 'objects', 'one', id],
    queryFn: ({ signal }) => call(platformRoutes.getObject, { params: { id }, signal }),
  });
