import { accountRoutes, deputyRoutes, platformRoutes, reviewRoutes } from '#contract/platform';
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import type { UseMutationResult } from '@tanstack/react-query';
import type { z } from 'zod';

import { call } from '../../app/call.ts';

const START: string | undefined = undefined;
const next = ({ next }: { readonly next: string | null }): string | undefined => next ?? undefined;

type AccountQuery = Omit<z.input<typeof accountRoutes.listAccounts.query>, 'after' | 'limit'>;
type RequestQuery = Omit<z.input<typeof accountRoutes.listAccountRequests.query>, 'after' | 'limit'>;
export type RequestBody = z.input<typeof accountRoutes.requestAccount.body>;
export type BulkBody = z.input<typeof accountRoutes.requestAccounts.body>;
export type TeamBody = z.input<typeof deputyRoutes.openTeam.body>;
export type DelegationBody = z.input<typeof deputyRoutes.openDelegation.body>;

export const accountsQuery = (query: AccountQuery) =>
  infiniteQueryOptions({
    queryKey: ['people', 'accounts', query],
    queryFn: ({ pageParam, signal }) =>
      call(accountRoutes.listAccounts, { query: { ...query, after: pageParam }, signal }),
    initialPageParam: START,
    getNextPageParam: next,
    placeholderData: keepPreviousData,
  });

export const accountQuery = (id: number) =>
  queryOptions({
    queryKey: ['people', 'account', id],
    queryFn: ({ signal }) => call(accountRoutes.getAccount, { params: { id }, signal }),
  });

/** People to choose from, by what was typed. */
export const personChoiceQuery = (search: string, enabled: boolean) =>
  queryOptions({
    queryKey: ['people', 'choice', search],
    queryFn: ({ signal }) => call(accountRoutes.listAccounts, { query: { search, limit: 20 }, signal }),
    enabled: enabled && search !== '',
    placeholderData: keepPreviousData,
  });

export const platformChoiceQuery = (search: string) =>
  queryOptions({
    queryKey: ['platform', 'choice', search],
    queryFn: ({ signal }) =>
      call(platformRoutes.listPlatforms, {
        query: search === '' ? { kind: 'scenario', limit: 50 } : { search, limit: 30 },
        signal,
      }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

export const requestsQuery = (query: RequestQuery) =>
  infiniteQueryOptions({
    queryKey: ['people', 'requests', query],
    queryFn: ({ pageParam, signal }) =>
      call(accountRoutes.listAccountRequests, { query: { ...query, after: pageParam }, signal }),
    initialPageParam: START,
    getNextPageParam: next,
    placeholderData: keepPreviousData,
  });

export const teamsQuery = (search: string) =>
  infiniteQueryOptions({
    queryKey: ['people', 'teams', search],
    queryFn: ({ pageParam, signal }) =>
      call(deputyRoutes.listTeams, { query: { search: search || undefined, after: pageParam }, signal }),
    initialPageParam: START,
    getNextPageParam: next,
    placeholderData: keepPreviousData,
  });

export const delegationsQuery = (of: 'mine' | 'all', over: boolean) =>
  infiniteQueryOptions({
    queryKey: ['people', 'delegations', of, over],
    queryFn: ({ pageParam, signal }) =>
      call(deputyRoutes.listDelegations, {
        query: { of, over: over ? 'true' : undefined, after: pageParam },
        signal,
      }),
    initialPageParam: START,
    getNextPageParam: next,
  });

export const reviewsQuery = infiniteQueryOptions({
  queryKey: ['people', 'reviews'],
  queryFn: ({ pageParam, signal }) => call(reviewRoutes.listReviews, { query: { after: pageParam }, signal }),
  initialPageParam: START,
  getNextPageParam: next,
});

export const reviewItemsQuery = (id: number) =>
  infiniteQueryOptions({
    queryKey: ['people', 'review', id],
    queryFn: ({ pageParam, signal }) =>
      call(reviewRoutes.listReviewItems, { params: { id }, query: { after: pageParam }, signal }),
    initialPageParam: START,
    getNextPageParam: next,
  });

/** A change to people: whatever is shown of them is asked for anew. */
export function useChange<Input, Reply>(
  run: (input: Input) => Promise<Reply>,
): UseMutationResult<Reply, Error, Input> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: run,
    // Also after a refusal: somebody else may have decided meanwhile.
    onSettled: () => client.invalidateQueries({ queryKey: ['people'] }),
  });
}

export const requestAccount = (body: RequestBody) => call(accountRoutes.requestAccount, { body });
