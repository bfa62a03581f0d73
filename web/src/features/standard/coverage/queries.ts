import { ledgerRoutes } from '#contract/platform';
import type { Route } from '#contract/http';
import { basisRoutes, coverageRoutes } from '#contract/standard';
import type { CoverageGap } from '#model/standard';
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  type UseMutationResult,
  useQueryClient,
} from '@tanstack/react-query';
import type { z } from 'zod';

import { call } from '../../../app/call.ts';

const START: string | undefined = undefined;
const next = ({ next }: { readonly next: string | null }): string | undefined => next ?? undefined;

interface Narrowed {
  readonly scenario?: string | undefined;
  readonly town?: string | undefined;
}

/** Stock is taken once a minute; what changed by then comes with the event. */
export const coverageQuery = ({ scenario, town }: Narrowed) =>
  queryOptions({
    queryKey: ['coverage', 'figures', { scenario, town }],
    queryFn: ({ signal }) => call(coverageRoutes.getCoverage, { query: { scenario, town }, signal }),
    placeholderData: keepPreviousData,
  });

export const lacksQuery = (gap: CoverageGap, { scenario, town }: Narrowed) =>
  infiniteQueryOptions({
    queryKey: ['coverage', 'lacking', gap, { scenario, town }],
    queryFn: ({ pageParam, signal }) =>
      call(coverageRoutes.listLacks, { query: { gap, scenario, town, after: pageParam }, signal }),
    initialPageParam: START,
    getNextPageParam: next,
  });

export const ledgerQuery = ({
  scenario,
  search,
}: {
  readonly scenario?: string | undefined;
  readonly search?: string | undefined;
}) =>
  infiniteQueryOptions({
    queryKey: ['coverage', 'ledger', { scenario, search }],
    queryFn: ({ pageParam, signal }) =>
      call(ledgerRoutes.listLedger, { query: { scenario, search, after: pageParam }, signal }),
    initialPageParam: START,
    getNextPageParam: next,
    placeholderData: keepPreviousData,
  });

export const kindsQuery = (scenario: string | undefined) =>
  queryOptions({
    queryKey: ['coverage', 'kinds', { scenario }],
    queryFn: ({ signal }) => call(ledgerRoutes.listObjectKinds, { query: { scenario, limit: 500 }, signal }),
    placeholderData: keepPreviousData,
  });

export const tasksQuery = (scenario: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['standard', 'basis-tasks', { scenario }],
    queryFn: ({ pageParam, signal }) =>
      call(basisRoutes.listBasisTasks, { query: { scenario, after: pageParam }, signal }),
    initialPageParam: START,
    getNextPageParam: next,
  });

const ANSWERABLE = 200;

/** Tasks of a scenario that a version may answer: those past their time first. */
export const openTasksQuery = (scenario: string) =>
  queryOptions({
    queryKey: ['standard', 'basis-tasks', 'open', scenario],
    queryFn: async ({ signal }) => {
      const ask = (state: 'overdue' | 'open') =>
        call(basisRoutes.listBasisTasks, { query: { scenario, state, limit: ANSWERABLE }, signal });
      const [overdue, open] = await Promise.all([ask('overdue'), ask('open')]);
      return [...overdue.items, ...open.items];
    },
  });

export const basesQuery = ({
  scenario,
  search,
}: {
  readonly scenario?: string | undefined;
  readonly search?: string | undefined;
}) =>
  infiniteQueryOptions({
    queryKey: ['standard', 'bases', { scenario, search }],
    queryFn: ({ pageParam, signal }) =>
      call(basisRoutes.listBases, { query: { scenario, search, after: pageParam }, signal }),
    initialPageParam: START,
    getNextPageParam: next,
    placeholderData: keepPreviousData,
  });

export const updateRateQuery = queryOptions({
  queryKey: ['standard', 'update-rate'],
  queryFn: ({ signal }) => call(basisRoutes.getUpdateRate, { signal }),
});

interface Act<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  readonly params?: z.input<P>;
  readonly query?: z.input<Q>;
  readonly body?: z.input<B>;
}

/** A change of the ledger, of plans or of tasks. Afterwards what shows them asks anew, whether or not the event stream is up. */
export function useCoverageAct<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
>(
  route: Route<P, Q, B, R>,
  done?: (reply: z.output<R>) => void,
): UseMutationResult<z.output<R>, Error, Act<P, Q, B>> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (act: Act<P, Q, B>) => call(route, act),
    onSuccess: (reply) => {
      done?.(reply);
      void client.invalidateQueries({ queryKey: ['coverage'] });
      void client.invalidateQueries({ queryKey: ['standard'] });
    },
  });
}
