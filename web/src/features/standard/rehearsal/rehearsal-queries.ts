import { type Rehearsal, rehearsalRoutes } from '#contract/standard';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { call } from '../../../app/call.ts';

const START: string | undefined = undefined;
const LOOK_MS = 700;
const next = ({ next }: { readonly next: string | null }): string | undefined => next ?? undefined;

export const isAtWork = ({ state }: Pick<Rehearsal, 'state'>): boolean =>
  state === 'waiting' || state === 'running';

/** The rehearsals of a draft; asked again and again while one is at work, for how far it is. */
export const rehearsalsQuery = (draft: number) =>
  queryOptions({
    queryKey: ['rehearsals', draft],
    queryFn: ({ signal }) =>
      call(rehearsalRoutes.listRehearsals, { params: { id: draft }, query: { limit: 20 }, signal }),
    refetchInterval: ({ state: { data } }) => (data?.items.some(isAtWork) ? LOOK_MS : false),
  });

export const casesQuery = (scenario: string) =>
  infiniteQueryOptions({
    queryKey: ['known-cases', scenario],
    queryFn: ({ pageParam, signal }) =>
      call(rehearsalRoutes.listKnownCases, { query: { scenario, after: pageParam }, signal }),
    initialPageParam: START,
    getNextPageParam: next,
  });
