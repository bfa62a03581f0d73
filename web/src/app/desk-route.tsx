import { createRootRoute, createRoute, Outlet, redirect } from '@tanstack/react-router';

import { CallError } from './call.ts';
import { NotFound } from './not-found.tsx';
import { queryClient } from './query-client.ts';
import { sessionQuery } from './session.ts';
import { Shell } from './shell.tsx';

export const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

/** Everything below needs a session; who has none signs in and comes back. */
export const desk = createRoute({
  getParentRoute: () => root,
  id: 'desk',
  beforeLoad: async ({ location }) => {
    try {
      const session = await queryClient.ensureQueryData(sessionQuery);
      if (session.obligation !== null)
        throw redirect({ to: '/sign-in', search: { from: location.href, owing: true } });
      return { session };
    } catch (error) {
      if (!(error instanceof CallError) || error.status !== 401) throw error;
      throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { from: location.href } });
    }
  },
  component: Shell,
});
