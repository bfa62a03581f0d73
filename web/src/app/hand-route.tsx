import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

import { root } from './desk-route.tsx';

/** 一次性链接: outside the shell, without a session. */
export const hand = createRoute({
  getParentRoute: () => root,
  path: '/l',
  component: lazyRouteComponent(() => import('../features/response/link/hand-page.tsx'), 'HandPage'),
});
