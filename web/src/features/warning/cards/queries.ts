import { cardRoutes, loadRoutes } from '#contract/warning';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { call } from '../../../app/call.ts';

/** Which warnings are put on cards. */
export interface CardScope {
  readonly scenario?: string;
  readonly replay?: 'true' | 'false';
  /** So many cards at most, as far as areas can grow. */
  readonly most?: number;
}

export function cardsQuery(scope: CardScope) {
  return queryOptions({
    queryKey: ['warning', 'list', 'cards', scope],
    queryFn: ({ signal }) => call(cardRoutes.listWarningCards, { query: scope, signal }),
  });
}

export function cardWarningsQuery(card: string) {
  return infiniteQueryOptions({
    queryKey: ['warning', 'list', 'card', card],
    queryFn: ({ pageParam, signal }) =>
      call(cardRoutes.listCardWarnings, {
        params: { card },
        query: { limit: 20, ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
}

const LOAD_EVERY_MS = 60_000;

/** The load of one's own desk; an event tells when flood mode begins or ends, the count in between may be a minute old. */
export const seatLoadQuery = queryOptions({
  queryKey: ['warning', 'load'],
  queryFn: ({ signal }) => call(loadRoutes.getSeatLoad, { signal }),
  refetchInterval: LOAD_EVERY_MS,
});
