import { linkRoutes } from '#contract/platform';
import { queryOptions, useMutation, type UseMutationResult, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';

import { call } from '../../../app/call.ts';

export type OwnLink = z.input<typeof linkRoutes.putObjectLinks.body>['links'][number];
type Reply = z.output<typeof linkRoutes.putObjectLinks.reply>;
/** What the links written at an object become. */
type Change = (links: readonly OwnLink[]) => readonly OwnLink[];

export const linksQuery = (id: number) =>
  queryOptions({
    queryKey: ['platform', 'objects', 'links', id],
    queryFn: ({ signal }) => call(linkRoutes.listObjectLinks, { params: { id }, signal }),
  });

/** Links are replaced as a group: the change is made to what stands there now, not to what was shown. */
export function useLinkAct(id: number): UseMutationResult<Reply, Error, Change> {
  const client = useQueryClient();
  const params = { id };
  return useMutation({
    mutationFn: async (change: Change) => {
      const { items } = await call(linkRoutes.listObjectLinks, { params });
      const own = items.flatMap(({ own, code, kind }) => (own ? [{ object: code, kind }] : []));
      return call(linkRoutes.putObjectLinks, { params, body: { links: [...change(own)] } });
    },
    onSuccess: async (reply) => {
      client.setQueryData(linksQuery(id).queryKey, reply);
      await client.invalidateQueries({ queryKey: ['platform', 'objects', 'links'] });
    },
  });
}
