import { createRootRoute, createRoute, Outlet, type ParsedLocation, redirect } from '@tanstack/react-router';

import type { Session } from '#contract/platform';

import { CallError } from './call.ts';
import { NotFound } from './not-found.tsx';
import { queryClient } from './query-client.ts';
import { sessionQuery } from './session.ts';
import { Shell } from './shell.tsx';

export const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

/** Whoever is signed in and owes nothing; who has no session signs in and comes back to `location`. */
export async function admit(location: ParsedLocation): Promise<{ readonly session: Session }> {
  try {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (session.obligation !== null)
      throw redirect({ to: '/sign-in', search: { from: location.href, owing: true } });
    return { session };
  } catch (error) {
    if (!(error instanceof CallError) || error.status !== 401) throw error;
    throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { from: location.href } });
  }
}

/** Everything below needs a session, and stands in the shell. */
export const desk = createRoute({
  getParentRoute: () => root,
  id: 'desk',
  beforeLoad: ({ location }) => admit(location),
  component: Shell,
});
