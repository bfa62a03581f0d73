import { aliveRoutes } from '#contract/operations';
import { queryOptions } from '@tanstack/react-query';

import { call } from '../../../app/call.ts';

const DAYS = 30;

export const chainsQuery = queryOptions({
  queryKey: ['operations', 'chains', 'grid'],
  queryFn: ({ signal }) => call(aliveRoutes.listChainTests, { query: { days: DAYS }, signal }),
});

export function chainQuery(id: number) {
  return queryOptions({
    queryKey: ['operations', 'chains', id],
    queryFn: ({ signal }) => call(aliveRoutes.getChainTest, { params: { id }, signal }),
  });
}

export const reconciliationsQuery = queryOptions({
  queryKey: ['operations', 'reconciliations', 'list'],
  queryFn: ({ signal }) => call(aliveRoutes.listReconciliations, { query: { limit: 30 }, signal }),
});

export function mismatchesQuery(id: number) {
  return queryOptions({
    queryKey: ['operations', 'reconciliations', id],
    queryFn: ({ signal }) =>
      call(aliveRoutes.listMismatches, { params: { id }, query: { limit: 100 }, signal }),
  });
}

export const watchdogsQuery = queryOptions({
  queryKey: ['operations', 'watchdogs'],
  queryFn: ({ signal }) => call(aliveRoutes.listWatchdogs, { signal }),
  refetchInterval: 30_000,
});
