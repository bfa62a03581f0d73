import { blindRoutes } from '#contract/monitoring';
import { platformRoutes, populationRoutes } from '#contract/platform';
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import type { z } from 'zod';

import { call } from '../../../app/call.ts';

/** Changes come by the stream; durations in the sentences move on by themselves. */
const EVERY_MS = 30_000;
const KEY = ['monitoring', 'blind'] as const;
const POPULATIONS = ['platform', 'populations'] as const;
const START: string | undefined = undefined;
const next = ({ next }: { readonly next: string | null }): string | undefined => next ?? undefined;

export const blindQuery = (scenario: string | undefined) =>
  queryOptions({
    queryKey: [...KEY, 'map', { scenario }],
    queryFn: ({ signal }) => call(blindRoutes.listBlindSpots, { query: { scenario }, signal }),
    refetchInterval: EVERY_MS,
    placeholderData: keepPreviousData,
  });

/** A scenario in a town. */
export interface BlindPlace {
  readonly scenario: string;
  readonly town: string;
}

export const villagesQuery = ({ scenario, town }: BlindPlace) =>
  queryOptions({
    queryKey: [...KEY, 'villages', { scenario, town }],
    queryFn: ({ signal }) => call(blindRoutes.listBlindSpots, { query: { scenario, town }, signal }),
    refetchInterval: EVERY_MS,
  });

export const blindPointsQuery = (place: BlindPlace) =>
  infiniteQueryOptions({
    queryKey: [...KEY, 'points', place],
    queryFn: ({ pageParam, signal }) =>
      call(blindRoutes.listBlindPoints, { query: { ...place, limit: 50, after: pageParam }, signal }),
    initialPageParam: START,
    getNextPageParam: next,
  });

export const blindObjectsQuery = (place: BlindPlace) =>
  infiniteQueryOptions({
    queryKey: [...KEY, 'objects', place],
    queryFn: ({ pageParam, signal }) =>
      call(blindRoutes.listBlindObjects, { query: { ...place, limit: 50, after: pageParam }, signal }),
    initialPageParam: START,
    getNextPageParam: next,
  });

export const bordersQuery = queryOptions({
  queryKey: ['platform', 'borders'],
  queryFn: ({ signal }) => call(platformRoutes.getBorders, { signal }),
  staleTime: 10 * 60_000,
});

export const townsQuery = queryOptions({
  queryKey: ['platform', 'list', 'town'],
  queryFn: ({ signal }) =>
    call(platformRoutes.listPlatforms, { query: { kind: 'town', limit: 100 }, signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

export const populationsQuery = queryOptions({
  queryKey: POPULATIONS,
  queryFn: ({ signal }) => call(populationRoutes.listPopulations, { query: { limit: 100 }, signal }),
});

export function usePutPopulation(done: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof populationRoutes.putPopulation.body>) =>
      call(populationRoutes.putPopulation, { body }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: POPULATIONS });
      await client.invalidateQueries({ queryKey: KEY });
      done();
    },
  });
}
