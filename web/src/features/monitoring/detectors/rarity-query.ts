import { rarityRoutes } from '#contract/monitoring';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';

import { call } from '../../../app/call.ts';

const EVERY_MS = 60_000;

/** What a point's detector has learnt, and when it did not fit its own past within a span (epoch ms). */
export function rarityQuery(asked: { readonly point: string; readonly from: number; readonly to: number }) {
  return queryOptions({
    queryKey: ['monitoring', 'rarity', asked],
    queryFn: ({ signal }) => call(rarityRoutes.getRarity, { query: asked, signal }),
    refetchInterval: EVERY_MS,
    placeholderData: keepPreviousData,
  });
}
