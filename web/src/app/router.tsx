import { createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';

import {
  readImportSearch,
  readObjectSearch,
  readPlatformSearch,
  readResponsibilitySearch,
  readTreeSearch,
} from '../features/platform/search.ts';
import { readAuditSearch } from '../features/audit/search.ts';
import { readDutySearch } from '../features/duty/search.ts';
import { readMapSearch } from '../features/map/map-search.ts';
import { readFaultSearch } from '../features/operations/search.ts';
import { readOrderSearch } from '../features/response/search.ts';
import { readSignInSearch } from '../features/sign-in/search.ts';
import { readWarningSearch } from '../features/warning/search.ts';
import { Failure, Loading } from '../ui/states.tsx';
import { commandRoutes } from './command-routes.tsx';
import { orderRoutes } from './order-routes.tsx';
import { desk, root } from './desk-route.tsx';
import { hand } from './hand-route.tsx';
import { drillRoutes } from './drill-routes.tsx';
import { wall } from './wall-route.tsx';
import { queryClient } from './query-client.ts';
import { standardRoutes } from './standard-routes.tsx';

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: readSignInSearch,
  component: lazyRouteComponent(() => import('../features/sign-in/sign-in-page.tsx'), 'SignInPage'),
});

const duty = createRoute({
  getParentRoute: () => desk,
  path: '/',
  validateSearch: readDutySearch,
  beforeLoad: ({ context }) => {
    if (context.session.home === 'todo') throw redirect({ to: '/todo', replace: true });
  },
  component: lazyRouteComponent(() => import('./duty-desk.tsx'), 'DutyDeskPage'),
});

const todo = createRoute({
  getParentRoute: () => desk,
  path: '/todo',
  component: lazyRouteComponent(() => import('./todo-page.tsx'), 'TodoPage'),
});

const todoOrder = createRoute({
  getParentRoute: () => desk,
  path: '/todo/orders/$id',
  component: lazyRouteComponent(() => import('../features/response/todo-order-page.tsx'), 'TodoOrderPage'),
});

const warnings = createRoute({
  getParentRoute: () => desk,
  path: '/warnings',
  validateSearch: readWarningSearch,
  component: lazyRouteComponent(() => import('../features/warning/warnings-page.tsx'), 'WarningsPage'),
});

const warning = createRoute({
  getParentRoute: () => desk,
  path: '/warnings/$id',
  component: lazyRouteComponent(() => import('../features/warning/warning-page.tsx'), 'WarningPage'),
});

const orders = createRoute({
  getParentRoute: () => desk,
  path: '/orders',
  validateSearch: readOrderSearch,
  component: lazyRouteComponent(() => import('../features/response/orders-page.tsx'), 'OrdersPage'),
});

const order = createRoute({
  getParentRoute: () => desk,
  path: '/orders/$id',
  component: lazyRouteComponent(() => import('../features/response/order-page.tsx'), 'OrderPage'),
});

const incidents = createRoute({
  getParentRoute: () => desk,
  path: '/orders/incidents',
  component: lazyRouteComponent(() => import('../features/incident/incidents-page.tsx'), 'IncidentsPage'),
});

const incident = createRoute({
  getParentRoute: () => desk,
  path: '/orders/incidents/$id',
  component: lazyRouteComponent(() => import('../features/incident/incident-page.tsx'), 'IncidentPage'),
});

const map = createRoute({
  getParentRoute: () => desk,
  path: '/map',
  validateSearch: readMapSearch,
  // The objects are on their way while the browser still takes in the code that draws them.
  loader: () => {
    void import('../features/map/map-queries.ts').then(({ mapQuery, WHOLE }) =>
      queryClient.prefetchQuery(mapQuery(WHOLE)),
    );
  },
  component: lazyRouteComponent(() => import('../features/map/map-page.tsx'), 'MapPage'),
});

const report = createRoute({
  getParentRoute: () => desk,
  path: '/report',
  component: lazyRouteComponent(() => import('../features/report/month-page.tsx'), 'MonthPage'),
});

const monitoring = createRoute({
  getParentRoute: () => desk,
  path: '/monitoring',
  component: lazyRouteComponent(() => import('../features/monitoring/monitoring-page.tsx'), 'MonitoringPage'),
});

const operations = createRoute({
  getParentRoute: () => desk,
  path: '/operations',
  validateSearch: readFaultSearch,
  component: lazyRouteComponent(() => import('../features/operations/operations-page.tsx'), 'OperationsPage'),
});

const platforms = createRoute({
  getParentRoute: () => desk,
  path: '/platforms',
  validateSearch: readTreeSearch,
  component: lazyRouteComponent(
    () => import('../features/platform/tree/platforms-page.tsx'),
    'PlatformsPage',
  ),
});

const platform = createRoute({
  getParentRoute: () => desk,
  path: '/platforms/$code',
  validateSearch: readPlatformSearch,
  component: lazyRouteComponent(
    () => import('../features/platform/detail/platform-page.tsx'),
    'PlatformPage',
  ),
});

const responsibility = createRoute({
  getParentRoute: () => desk,
  path: '/platforms/responsibility',
  validateSearch: readResponsibilitySearch,
  component: lazyRouteComponent(
    () => import('../features/platform/responsibility/responsibility-page.tsx'),
    'ResponsibilityPage',
  ),
});

const units = createRoute({
  getParentRoute: () => desk,
  path: '/platforms/units',
  component: lazyRouteComponent(() => import('../features/platform/units/units-page.tsx'), 'UnitsPage'),
});

const objects = createRoute({
  getParentRoute: () => desk,
  path: '/platforms/objects',
  validateSearch: readObjectSearch,
  component: lazyRouteComponent(() => import('../features/platform/objects/objects-page.tsx'), 'ObjectsPage'),
});

const people = createRoute({
  getParentRoute: () => desk,
  path: '/platforms/people',
  component: lazyRouteComponent(() => import('../features/people/people-page.tsx'), 'PeoplePage'),
});

const requests = createRoute({
  getParentRoute: () => desk,
  path: '/platforms/requests',
  component: lazyRouteComponent(() => import('../features/people/requests-page.tsx'), 'RequestsPage'),
});

const identity = createRoute({
  getParentRoute: () => desk,
  path: '/platforms/identity',
  component: lazyRouteComponent(() => import('../features/identity/identity-page.tsx'), 'IdentityPage'),
});

const audit = createRoute({
  getParentRoute: () => desk,
  path: '/platforms/audit',
  validateSearch: readAuditSearch,
  component: lazyRouteComponent(() => import('../features/audit/audit-page.tsx'), 'AuditPage'),
});

const imports = createRoute({
  getParentRoute: () => desk,
  path: '/platforms/import',
  validateSearch: readImportSearch,
  component: lazyRouteComponent(() => import('../features/platform/imports/import-page.tsx'), 'ImportPage'),
});

const me = createRoute({
  getParentRoute: () => desk,
  path: '/me',
  component: lazyRouteComponent(() => import('../features/me/me-page.tsx'), 'MePage'),
});

const ownNotifications = createRoute({
  getParentRoute: () => desk,
  path: '/me/notifications',
  component: lazyRouteComponent(
    () => import('../features/command/notification/own/own-page.tsx'),
    'OwnNotificationsPage',
  ),
});

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    hand,
    wall,
    desk.addChildren([
      duty,
      me,
      ownNotifications,
      todo,
      todoOrder,
      warnings,
      warning,
      orders,
      order,
      incidents,
      incident,
      ...drillRoutes,
      map,
      report,
      operations,
      monitoring,
      ...orderRoutes,
      ...commandRoutes,
      ...standardRoutes,
      platforms,
      audit,
      platform,
      responsibility,
      units,
      objects,
      people,
      requests,
      identity,
      imports,
    ]),
  ]),
  defaultPreload: 'intent',
  defaultPendingComponent: () => <Loading />,
  defaultErrorComponent: ({ error, reset }) => (
    <div className="state-page">
      <Failure error={error instanceof Error ? error : new Error(String(error))} retry={reset} />
    </div>
  ),
  scrollRestoration: true,
});
