import { type IdentityMapping, identityRoutes } from '#contract/platform';
import { queryOptions, useMutation, type UseMutationResult, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';

import { call } from '../../app/call.ts';

type Table = z.output<typeof identityRoutes.listIdentityMappings.reply>;
export type Trial = z.output<typeof identityRoutes.tryIdentityMappings.reply>;

export const providerQuery = queryOptions({
  queryKey: ['identity', 'provider'],
  queryFn: ({ signal }) => call(identityRoutes.getIdentityProvider, { signal }),
});

export const mappingsQuery = queryOptions({
  queryKey: ['identity', 'mappings'],
  queryFn: ({ signal }) => call(identityRoutes.listIdentityMappings, { signal }),
});

/** Saves the table as the edit makes it out of the one that is shown. Where another one was saved meanwhile, that is fetched. */
export function useSaveMappings(): UseMutationResult<
  Table,
  Error,
  (items: readonly IdentityMapping[]) => readonly IdentityMapping[]
> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (edit: (items: readonly IdentityMapping[]) => readonly IdentityMapping[]) => {
      const { items, version } = await client.ensureQueryData(mappingsQuery);
      return call(identityRoutes.saveIdentityMappings, { body: { items: [...edit(items)], version } });
    },
    onSuccess: (table) => client.setQueryData(mappingsQuery.queryKey, table),
    onError: () => client.invalidateQueries({ queryKey: mappingsQuery.queryKey }),
  });
}

export function useTryMappings(): UseMutationResult<Trial, Error, Record<string, unknown>> {
  return useMutation({
    mutationFn: (claims: Record<string, unknown>) =>
      call(identityRoutes.tryIdentityMappings, { body: { claims } }),
  });
}
