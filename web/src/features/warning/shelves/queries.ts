import { shelfRoutes, type SuppressionRule, suppressionRoutes } from '#contract/warning';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';

import { call } from '../../../app/call.ts';
import { type RuleDraft, ruleBody } from './rule-draft.ts';

/** What holds alarms back now, and how many of each kind. */
export const holdersQuery = queryOptions({
  queryKey: ['warning', 'holds', 'holders'],
  queryFn: ({ signal }) => call(shelfRoutes.listHolders, { query: {}, signal }),
});

function shelvesQuery(state: 'running' | 'proposed') {
  return queryOptions({
    queryKey: ['warning', 'holds', 'shelves', state],
    queryFn: ({ signal }) => call(shelfRoutes.listShelves, { query: { state, limit: 200 }, signal }),
  });
}
export const runningShelvesQuery = shelvesQuery('running');
export const proposedShelvesQuery = shelvesQuery('proposed');

export const rulesQuery = infiniteQueryOptions({
  queryKey: ['warning', 'holds', 'rules'],
  queryFn: ({ pageParam, signal }) =>
    call(suppressionRoutes.listSuppressionRules, {
      query: pageParam ? { after: pageParam } : {},
      signal,
    }),
  initialPageParam: '',
  getNextPageParam: (page) => page.next,
});

/** What is put aside shows in the lists of warnings too. */
function useThenFresh<Asked, Answer>(ask: (asked: Asked) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ask,
    onSuccess: () => client.invalidateQueries({ queryKey: ['warning'] }),
  });
}

interface Versioned {
  readonly id: number;
  readonly version: number;
}

export const useShelve = () =>
  useThenFresh((body: z.input<typeof shelfRoutes.createShelf.body>) =>
    call(shelfRoutes.createShelf, { body }),
  );

export const useConfirmShelf = () =>
  useThenFresh(({ id, version }: Versioned) =>
    call(shelfRoutes.confirmShelf, { params: { id }, body: { version } }),
  );

export const useEndShelf = () =>
  useThenFresh(({ id, ...body }: Versioned & { readonly reason: string }) =>
    call(shelfRoutes.endShelf, { params: { id }, body }),
  );

export const useProlongShelf = () =>
  useThenFresh(({ id, ...body }: Versioned & { readonly reason: string; readonly minutes: number }) =>
    call(shelfRoutes.prolongShelf, { params: { id }, body }),
  );

export const useSaveRule = () =>
  useThenFresh(({ draft, rule }: { readonly draft: RuleDraft; readonly rule: SuppressionRule | undefined }) =>
    rule
      ? call(suppressionRoutes.changeSuppressionRule, {
          params: { id: rule.id },
          body: { ...ruleBody(draft), version: rule.version },
        })
      : call(suppressionRoutes.createSuppressionRule, {
          body: { ...ruleBody(draft), scenario: draft.scenario ?? '' },
        }),
  );

export const useEndRule = () =>
  useThenFresh(({ id, version }: Versioned) =>
    call(suppressionRoutes.endSuppressionRule, { params: { id }, body: { version } }),
  );
