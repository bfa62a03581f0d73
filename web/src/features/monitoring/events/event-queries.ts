import { eventRoutes } from '#contract/monitoring';
import type { Route } from '#contract/http';
import type { SuspectedOrigin, SuspectedState } from '#model/monitoring';
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import type { z } from 'zod';

import { call } from '../../../app/call.ts';

const START: string | undefined = undefined;
const next = ({ next }: { readonly next: string | null }): string | undefined => next ?? undefined;

export interface EventFilter {
  readonly state: SuspectedState | undefined;
  readonly origin: SuspectedOrigin | undefined;
  readonly search: string;
}

export const eventsQuery = (filter: EventFilter) =>
  infiniteQueryOptions({
    queryKey: ['events', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      call(eventRoutes.listSuspectedEvents, {
        query: { ...filter, search: filter.search || undefined, after: pageParam },
        signal,
      }),
    initialPageParam: START,
    getNextPageParam: next,
    placeholderData: keepPreviousData,
  });

export const eventQuery = (id: number) =>
  queryOptions({
    queryKey: ['events', 'detail', id],
    queryFn: ({ signal }) => call(eventRoutes.getSuspectedEvent, { params: { id }, signal }),
  });

/** What a person does about an event. */
export function useEventAct<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
>(route: Route<P, Q, B, R>, onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: { readonly params?: z.input<P>; readonly body: z.input<B> }) =>
      call(route, { body: input.body, ...(input.params === undefined ? {} : { params: input.params }) }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['events'] });
      onDone();
    },
  });
}
