import { closureRoutes } from '#contract/response';
import type { SampleState } from '#model/response';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';

import { call } from '../../../app/call.ts';

export function qualityQuery(month: string | undefined) {
  return queryOptions({
    queryKey: ['response', 'closure', 'quality', month ?? ''],
    queryFn: ({ signal }) =>
      call(closureRoutes.getClosureQuality, { query: month === undefined ? {} : { month }, signal }),
    placeholderData: keepPreviousData,
  });
}

export function samplesQuery(month: string, state: SampleState | undefined) {
  return infiniteQueryOptions({
    queryKey: ['response', 'closure', 'samples', month, state ?? ''],
    queryFn: ({ pageParam, signal }) =>
      call(closureRoutes.listClosureSamples, {
        query: { month, ...(state ? { state } : {}), ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
}
