import { monitoringRoutes } from '#contract/monitoring';
import { warningRoutes } from '#contract/warning';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { call } from '../../app/call.ts';
import type { WarningSearch } from './search.ts';

export function warningsQuery(search: Omit<WarningSearch, 'tab' | 'desk' | 'span'>) {
  return infiniteQueryOptions({
    queryKey: ['warning', 'list', search],
    queryFn: ({ pageParam, signal }) =>
      call(warningRoutes.listWarnings, {
        query: { ...search, ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
}

export function warningQuery(id: number) {
  return queryOptions({
    queryKey: ['warning', 'detail', id],
    queryFn: ({ signal }) => call(warningRoutes.getWarning, { params: { id }, signal }),
  });
}

interface ReadingsWindow {
  readonly point: string;
  readonly from: number;
  /** Absent while the warning is open: up to what has arrived. */
  readonly to: number | undefined;
  /** Every reading where they are summed; otherwise the least and greatest of each pixel. */
  readonly whole: boolean;
}

const PAGE = 10_000;
const MOST_PAGES = 4;
const PIXELS = 1200;
const REFETCH_MS = 15_000;

/** The readings behind one sign. `truncated` when more exist than were asked for. */
/** `now` is undefined while a recording's clock is not known: without an end nothing is asked for. */
export function readingsQuery(window: ReadingsWindow, now: number | undefined) {
  const to = window.to ?? now;
  return queryOptions({
    queryKey: ['monitoring', 'readings', window],
    queryFn: async ({ signal }) => {
      const base = { point: window.point, from: window.from, to, limit: PAGE };
      if (!window.whole) {
        const page = await call(monitoringRoutes.listReadings, { query: { ...base, width: PIXELS }, signal });
        return { items: page.items, truncated: false };
      }
      const first = await call(monitoringRoutes.listReadings, { query: base, signal });
      const items = [...first.items];
      let next = first.next;
      for (let page = 1; next !== null && page < MOST_PAGES; page += 1) {
        const more = await call(monitoringRoutes.listReadings, { query: { ...base, after: next }, signal });
        items.push(...more.items);
        next = more.next;
      }
      return { items, truncated: next !== null };
    },
    enabled: to !== undefined,
    refetchInterval: window.to === undefined ? REFETCH_MS : false,
  });
}
