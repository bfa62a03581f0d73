import { sharingRoutes } from '#contract/monitoring';
import { platformRoutes } from '#contract/platform';
import { standardRoutes } from '#contract/standard';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';

import { call } from '../../../app/call.ts';

const KEY = ['monitoring', 'sharing'] as const;
type Page = { readonly next: string | null };
const following = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ next }: Page) => next ?? undefined,
};

export const sharedItemsQuery = infiniteQueryOptions({
  queryKey: [...KEY, 'items'],
  queryFn: ({ pageParam, signal }) =>
    call(sharingRoutes.listSharedItems, { query: { after: pageParam }, signal }),
  ...following,
});

export const sharedGrantsQuery = infiniteQueryOptions({
  queryKey: [...KEY, 'grants'],
  queryFn: ({ pageParam, signal }) =>
    call(sharingRoutes.listSharedGrants, { query: { after: pageParam }, signal }),
  ...following,
});

export const sharedUseQuery = (id: number) =>
  queryOptions({
    queryKey: [...KEY, 'use', id],
    queryFn: ({ signal }) => call(sharingRoutes.getSharedUse, { params: { id }, signal }),
  });

export const elementChoiceQuery = queryOptions({
  queryKey: ['monitoring', 'element-choice'],
  queryFn: ({ signal }) => call(standardRoutes.listElements, { query: { limit: 500 }, signal }),
});

/** The gateway tokens a grant can name. */
export const tokenChoiceQuery = queryOptions({
  queryKey: ['monitoring', 'token-choice'],
  queryFn: async ({ signal }) => {
    const { items } = await call(platformRoutes.listTokens, { query: { limit: 500 }, signal });
    return items.filter(({ kind, revokedAt }) => kind === 'gateway' && revokedAt === null);
  },
});

function useThenFresh<Input, Output>(send: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: send, onSuccess: () => client.invalidateQueries({ queryKey: KEY }) });
}

export const useOffer = () =>
  useThenFresh((body: z.input<typeof sharingRoutes.createSharedItem.body>) =>
    call(sharingRoutes.createSharedItem, { body }),
  );

export const useWithdraw = () =>
  useThenFresh((id: number) => call(sharingRoutes.withdrawSharedItem, { params: { id } }));

export const useGrant = () =>
  useThenFresh((body: z.input<typeof sharingRoutes.createSharedGrant.body>) =>
    call(sharingRoutes.createSharedGrant, { body }),
  );

export const useEndGrant = () =>
  useThenFresh((id: number) => call(sharingRoutes.endSharedGrant, { params: { id } }));
