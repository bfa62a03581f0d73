import { verificationRoutes } from '#contract/warning';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { call } from '../../../app/call.ts';

export const verificationsQuery = infiniteQueryOptions({
  queryKey: ['warning', 'verifications'],
  queryFn: ({ pageParam, signal }) =>
    call(verificationRoutes.listVerifications, {
      query: pageParam ? { after: pageParam } : {},
      signal,
    }),
  initialPageParam: '',
  getNextPageParam: (page) => page.next,
});

export function verificationQuery(id: number) {
  return queryOptions({
    queryKey: ['warning', 'verification', id],
    queryFn: ({ signal }) => call(verificationRoutes.getVerification, { params: { id }, signal }),
  });
}
