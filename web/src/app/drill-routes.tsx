import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

import { desk } from './desk-route.tsx';

const drills = createRoute({
  getParentRoute: () => desk,
  path: '/orders/drills',
  component: lazyRouteComponent(() => import('../features/drill/drills-page.tsx'), 'DrillsPage'),
});

const drill = createRoute({
  getParentRoute: () => desk,
  path: '/orders/drills/$id',
  component: lazyRouteComponent(() => import('../features/drill/drill-page.tsx'), 'DrillPage'),
});

/** 演练, below 闭环处置. */
export const drillRoutes = [drills, drill] as const;
