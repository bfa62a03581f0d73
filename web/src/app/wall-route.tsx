import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

import { readDutySearch } from '../features/duty/search.ts';
import { admit, root } from './desk-route.tsx';

/** 大屏: the whole screen, without the shell. */
export const wall = createRoute({
  getParentRoute: () => root,
  path: '/wall',
  validateSearch: readDutySearch,
  beforeLoad: ({ location }) => admit(location),
  component: lazyRouteComponent(() => import('./duty-wall.tsx'), 'DutyWallPage'),
});
