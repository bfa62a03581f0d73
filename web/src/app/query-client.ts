import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';

import { CallError } from './call.ts';
import { expireSession } from './session.ts';

/** A refusal is an answer: only an unreachable or failing server is asked again. */
function worthAsking(failures: number, error: Error): boolean {
  if (error instanceof CallError && error.status >= 400 && error.status < 500) return false;
  return failures < 2;
}

const OVER: ReadonlySet<string> = new Set(['session.required', 'session.expired']);
const OWING: ReadonlySet<string> = new Set([
  'session.password-change-required',
  'session.second-factor-required',
]);

function watchForExpiry(error: Error): void {
  if (!(error instanceof CallError)) return;
  if (OVER.has(error.code)) expireSession(queryClient);
  else if (OWING.has(error.code)) expireSession(queryClient, 'owing');
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: watchForExpiry }),
  mutationCache: new MutationCache({ onError: watchForExpiry }),
  defaultOptions: {
    // The event stream says when something changed; time alone does not make a list old.
    // An office network without the internet is not offline: the server itself is asked, always.
    queries: { networkMode: 'always', retry: worthAsking, staleTime: 15_000, refetchOnWindowFocus: true },
    mutations: { networkMode: 'always', retry: false },
  },
});
