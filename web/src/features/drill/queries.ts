import { drillRoutes } from '#contract/response';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { call } from '../../app/call.ts';

const LIVE_EVERY_MS = 5000;

export const scriptsQuery = queryOptions({
  queryKey: ['drills', 'scripts'],
  queryFn: ({ signal }) => call(drillRoutes.listDrillScripts, { signal }),
  staleTime: 5 * 60_000,
});

export const drillsQuery = infiniteQueryOptions({
  queryKey: ['drills', 'list'],
  queryFn: ({ signal, pageParam }) =>
    call(drillRoutes.listDrills, {
      query: { limit: 30, ...(pageParam === undefined ? {} : { after: pageParam }) },
      signal,
    }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next ?? undefined,
});

export const runningQuery = queryOptions({
  queryKey: ['drills', 'running'],
  queryFn: ({ signal }) => call(drillRoutes.listDrills, { query: { limit: 10, state: 'running' }, signal }),
  staleTime: 60_000,
});

/** While it runs, its score follows what people do: it is asked for again every few seconds. */
export function drillQuery(id: number) {
  return queryOptions({
    queryKey: ['drills', 'detail', id],
    queryFn: ({ signal }) => call(drillRoutes.getDrill, { params: { id }, signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? LIVE_EVERY_MS : false),
  });
}

export const injectsQuery = queryOptions({
  queryKey: ['drills', 'injects'],
  queryFn: ({ signal }) => call(drillRoutes.listWaitingInjects, { signal }),
});

/** Something that changes drills; afterwards all of theirs is asked for anew. */
export function useDrillAct<Given, Result>(act: (given: Given) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: () => client.invalidateQueries({ queryKey: ['drills'] }),
  });
}
