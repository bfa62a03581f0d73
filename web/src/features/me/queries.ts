import { monitoringRoutes } from '#contract/monitoring';
import { platformRoutes } from '#contract/platform';
import { infiniteQueryOptions, keepPreviousData, queryOptions, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';

import { call } from '../../app/call.ts';
import { sessionQuery } from '../../app/session.ts';

export const ownSessionsQuery = queryOptions({
  queryKey: ['platform', 'own-sessions'],
  queryFn: ({ signal }) => call(platformRoutes.listSessions, { signal }),
});

export const ownTokensQuery = infiniteQueryOptions({
  queryKey: ['platform', 'own-tokens'],
  queryFn: ({ pageParam, signal }) =>
    call(platformRoutes.listTokens, { query: { mine: 'true', after: pageParam }, signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ next }) => next ?? undefined,
});

const CHOICES = 20;

/** Devices to choose from, by what was typed. */
export const deviceChoiceQuery = (search: string) =>
  queryOptions({
    queryKey: ['monitoring', 'devices', 'choice', search],
    queryFn: ({ signal }) =>
      call(monitoringRoutes.listDevices, { query: { search: search || undefined, limit: CHOICES }, signal }),
    placeholderData: keepPreviousData,
  });

/** Platforms to choose from, by what was typed. */
export const platformChoiceQuery = (search: string) =>
  queryOptions({
    queryKey: ['platform', 'list', 'choice', search],
    queryFn: ({ signal }) =>
      call(platformRoutes.listPlatforms, { query: { search: search || undefined, limit: CHOICES }, signal }),
    placeholderData: keepPreviousData,
  });

/** The special scenarios, by the names of their platforms. */
export const scenarioChoiceQuery = queryOptions({
  queryKey: ['platform', 'list', 'scenario'],
  queryFn: ({ signal }) =>
    call(platformRoutes.listPlatforms, { query: { kind: 'scenario', limit: 100 }, signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

/** After a change of one's own secrets: what is shown of them is asked anew, and so is what is owed now. */
export function useAccountChanged(): () => Promise<void> {
  const client = useQueryClient();
  const router = useRouter();
  return async () => {
    await Promise.all([
      client.invalidateQueries({ queryKey: sessionQuery.queryKey }),
      client.invalidateQueries({ queryKey: ownSessionsQuery.queryKey }),
    ]);
    // The way to every page asks whether something is owed first.
    await router.invalidate();
  };
}
