import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

import { desk } from './desk-route.tsx';

const overdue = createRoute({
  getParentRoute: () => desk,
  path: '/orders/overdue',
  component: lazyRouteComponent(() => import('../features/response/chase/overdue-page.tsx'), 'OverduePage'),
});

const supervisions = createRoute({
  getParentRoute: () => desk,
  path: '/orders/supervisions',
  component: lazyRouteComponent(
    () => import('../features/response/chase/supervisions-page.tsx'),
    'SupervisionsPage',
  ),
});

const supervision = createRoute({
  getParentRoute: () => desk,
  path: '/orders/supervisions/$id',
  component: lazyRouteComponent(
    () => import('../features/response/chase/supervision-page.tsx'),
    'SupervisionPage',
  ),
});

const closure = createRoute({
  getParentRoute: () => desk,
  path: '/orders/closure',
  component: lazyRouteComponent(() => import('../features/response/closure/closure-page.tsx'), 'ClosurePage'),
});

const quickReport = createRoute({
  getParentRoute: () => desk,
  path: '/todo/report',
  component: lazyRouteComponent(
    () => import('../features/response/quick-report/quick-report-page.tsx'),
    'QuickReportPage',
  ),
});

/** Pages of 闭环处置全流程 beside the orders. */
export const orderRoutes = [overdue, supervisions, supervision, closure, quickReport] as const;
