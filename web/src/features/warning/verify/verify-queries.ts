import { verificationRoutes } from '#contract/warning';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { call } from '../../../app/call.ts';

/** Alarms that wait for a person, or those that do no more. */
function verificationsIn(decided: boolean) {
  return infiniteQueryOptions({
    queryKey: ['warning', 'verifications', decided],
    queryFn: ({ pageParam, signal }) =>
      call(verificationRoutes.listVerifications, {
        query: {
          ...(decided ? { decided: 'true' as const } : {}),
          ...(pageParam ? { after: pageParam } : {}),
        },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
}
export const waitingQuery = verificationsIn(false);
export const decidedQuery = verificationsIn(true);

export function verificationQuery(id: number) {
  return queryOptions({
    queryKey: ['warning', 'verification', id],
    queryFn: ({ signal }) => call(verificationRoutes.getVerification, { params: { id }, signal }),
  });
}
