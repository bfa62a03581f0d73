import { dependencyRoutes } from '#contract/platform';
import { cascadeRoutes } from '#contract/warning';
import type { DependencyKind } from '#model/warning';
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';

import { call } from '../../../app/call.ts';

const START: string | undefined = undefined;
const next = ({ next }: { readonly next: string | null }): string | undefined => next ?? undefined;

export type CascadeState = 'running' | 'ended';

export const cascadesQuery = (state: CascadeState) =>
  infiniteQueryOptions({
    queryKey: ['cascade', 'list', state],
    queryFn: ({ pageParam, signal }) =>
      call(cascadeRoutes.listCascades, { query: { state, limit: 30, after: pageParam }, signal }),
    initialPageParam: START,
    getNextPageParam: next,
  });

export const cascadeQuery = (id: number) =>
  queryOptions({
    queryKey: ['cascade', 'detail', id],
    queryFn: ({ signal }) => call(cascadeRoutes.getCascade, { params: { id }, signal }),
  });

/** Those that a warning began, or that reach it. */
export const cascadesOfWarningQuery = (warning: number) =>
  queryOptions({
    queryKey: ['cascade', 'of-warning', warning],
    queryFn: ({ signal }) => call(cascadeRoutes.listCascades, { query: { warning, limit: 20 }, signal }),
  });

export const rulesQuery = queryOptions({
  queryKey: ['cascade', 'rules'],
  queryFn: ({ signal }) => call(cascadeRoutes.listDependencyRules, { signal }),
});

export const dependenciesQuery = (filter: {
  readonly search: string;
  readonly kind: DependencyKind | undefined;
}) =>
  infiniteQueryOptions({
    queryKey: ['dependency', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      call(dependencyRoutes.listDependencies, { query: { ...filter, limit: 50, after: pageParam }, signal }),
    initialPageParam: START,
    getNextPageParam: next,
    placeholderData: keepPreviousData,
  });

/** Something is changed, and what hangs on it is asked anew. */
export function useAct<Input>(act: (input: Input) => Promise<unknown>, onDone?: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: () => onDone?.(),
    // After a refusal too: somebody else may have been quicker.
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: ['cascade'] });
      await client.invalidateQueries({ queryKey: ['dependency'] });
    },
  });
}
