import { monitoringRoutes } from '#contract/monitoring';
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import type { z } from 'zod';

import { call } from '../../app/call.ts';

/** Readings and frames make no events of their own; an open page asks again. */
const LATEST_EVERY_MS = 10_000;
const START: string | undefined = undefined;
const next = ({ next }: { readonly next: string | null }): string | undefined => next ?? undefined;

export const pointsQuery = (search: string, staleOnly: boolean) =>
  infiniteQueryOptions({
    queryKey: ['monitoring', 'points', { search, staleOnly }],
    queryFn: ({ pageParam, signal }) =>
      call(monitoringRoutes.listPoints, {
        query: { search: search || undefined, stale: staleOnly ? 'true' : undefined, after: pageParam },
        signal,
      }),
    initialPageParam: START,
    getNextPageParam: next,
    refetchInterval: LATEST_EVERY_MS,
    placeholderData: keepPreviousData,
  });

export const devicesQuery = (search: string) =>
  infiniteQueryOptions({
    queryKey: ['monitoring', 'devices', { search }],
    queryFn: ({ pageParam, signal }) =>
      call(monitoringRoutes.listDevices, {
        query: { search: search || undefined, after: pageParam },
        signal,
      }),
    initialPageParam: START,
    getNextPageParam: next,
    refetchInterval: LATEST_EVERY_MS,
    placeholderData: keepPreviousData,
  });

export const quarantineQuery = infiniteQueryOptions({
  queryKey: ['monitoring', 'quarantine'],
  queryFn: ({ pageParam, signal }) =>
    call(monitoringRoutes.listQuarantine, { query: { after: pageParam }, signal }),
  initialPageParam: START,
  getNextPageParam: next,
});

export const sessionsQuery = infiniteQueryOptions({
  queryKey: ['monitoring', 'sessions'],
  queryFn: ({ pageParam, signal }) =>
    call(monitoringRoutes.listReplaySessions, { query: { after: pageParam }, signal }),
  initialPageParam: START,
  getNextPageParam: next,
  refetchInterval: ({ state }) =>
    state.data?.pages.some(({ items }) => items.some((session) => session.state === 'running'))
      ? LATEST_EVERY_MS
      : false,
});

/** A stretch of one point, thinned to the pixels there are. `to` is the newest reading's own time. */
export const readingsQuery = (
  span: { readonly point: string; readonly to: number; readonly ms: number },
  width: number,
) =>
  queryOptions({
    queryKey: ['monitoring', 'readings', span, width],
    queryFn: ({ signal }) =>
      call(monitoringRoutes.listReadings, {
        query: { point: span.point, from: span.to - span.ms, to: span.to, width, limit: 10_000 },
        signal,
      }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

/** Points to map a factor on, by what was typed. */
export const pointChoiceQuery = (search: string) =>
  queryOptions({
    queryKey: ['monitoring', 'point-choice', search],
    queryFn: ({ signal }) =>
      call(monitoringRoutes.listPoints, { query: { search: search || undefined, limit: 30 }, signal }),
    placeholderData: keepPreviousData,
  });

export function useCreateDevice() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof monitoringRoutes.createDevice.body>) =>
      call(monitoringRoutes.createDevice, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['monitoring'] }),
  });
}

export function useEndSession() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => call(monitoringRoutes.endReplaySession, { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['monitoring'] }),
  });
}
