import { platformRoutes, type Session } from '#contract/platform';
import type { Capability } from '#model/platform';
import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query';

import { call } from './call.ts';
import { keepAnswers, kept } from './kept.ts';

export const sessionQuery = queryOptions({
  queryKey: ['platform', 'session'],
  queryFn: ({ signal }) => kept('session', askSession, signal),
  staleTime: 5 * 60_000,
});

/** Who works on the spot goes on without a signal; nothing of anybody else stays on the device. */
async function askSession(signal: AbortSignal): Promise<Session> {
  const session = await call(platformRoutes.getSession, { signal });
  keepAnswers(isHand(session));
  return session;
}

export function isHand({ capabilities, obligation }: Session): boolean {
  return capabilities.includes('work-order.dispose') && obligation === null;
}

/** Who is signed in. Pages live below the signed-in layout, so there always is somebody. */
export function useSession(): Session | undefined {
  return useQuery(sessionQuery).data;
}

/** Whether the session carries a capability; the server decides again on every call. */
export function useCan(capability: Capability): boolean {
  return useSession()?.capabilities.includes(capability) ?? false;
}

/** `owing`: it is known, but something has to be done first. */
type Why = 'expired' | 'owing';
type Listener = (why: Why) => void;
const listeners = new Set<Listener>();

/** Tells when the server no longer knows the session; the router answers with the sign-in page. */
export function onSessionExpired(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function expireSession(client: QueryClient, why: Why = 'expired'): void {
  client.removeQueries({ queryKey: sessionQuery.queryKey });
  for (const listener of listeners) listener(why);
}
