import { intakeRoutes } from '#contract/monitoring';
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import type { z } from 'zod';

import { call } from '../../../app/call.ts';

/** Pushes make no events of their own; an open page asks again. */
const LATEST_EVERY_MS = 10_000;
const START: string | undefined = undefined;
const next = ({ next }: { readonly next: string | null }): string | undefined => next ?? undefined;

export const sourcesQuery = (search: string) =>
  infiniteQueryOptions({
    queryKey: ['monitoring', 'sources', search],
    queryFn: ({ pageParam, signal }) =>
      call(intakeRoutes.listIntakeSources, {
        query: { search: search || undefined, after: pageParam },
        signal,
      }),
    initialPageParam: START,
    getNextPageParam: next,
    refetchInterval: LATEST_EVERY_MS,
    placeholderData: keepPreviousData,
  });

export const kindsQuery = (id: number) =>
  queryOptions({
    queryKey: ['monitoring', 'source-kinds', id],
    queryFn: ({ signal }) => call(intakeRoutes.listIntakeKinds, { params: { id }, signal }),
  });

export const messagesQuery = (id: number) =>
  queryOptions({
    queryKey: ['monitoring', 'source-messages', id],
    queryFn: ({ signal }) =>
      call(intakeRoutes.listIntakeMessages, { params: { id }, query: { limit: 20 }, signal }),
  });

export const presetsQuery = queryOptions({
  queryKey: ['monitoring', 'video-presets'],
  queryFn: ({ signal }) => call(intakeRoutes.listVideoPresets, { signal }),
  staleTime: Infinity,
});

type CreateBody = z.input<typeof intakeRoutes.createIntakeSource.body>;
type UpdateBody = z.input<typeof intakeRoutes.updateIntakeSource.body>;

export function useCreateSource() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CreateBody) => call(intakeRoutes.createIntakeSource, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['monitoring', 'sources'] }),
  });
}

export function useUpdateSource(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: UpdateBody) => call(intakeRoutes.updateIntakeSource, { params: { id }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['monitoring', 'sources'] }),
  });
}

export function usePutKinds(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof intakeRoutes.putIntakeKinds.body>) =>
      call(intakeRoutes.putIntakeKinds, { params: { id }, body }),
    onSuccess: (saved) => {
      client.setQueryData(kindsQuery(id).queryKey, saved);
      return client.invalidateQueries({ queryKey: ['monitoring', 'sources'] });
    },
  });
}

export function useTryMapping() {
  return useMutation({
    mutationFn: (body: z.input<typeof intakeRoutes.tryMapping.body>) =>
      call(intakeRoutes.tryMapping, { body }),
  });
}
