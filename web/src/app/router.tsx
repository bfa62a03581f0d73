import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';

import {
  readContactSearch,
  readHandoverSearch,
  readLogSearch,
  readNowSearch,
  readRosterSearch,
} from '../features/command/search.ts';
import {
  readImportSearch,
  readObjectSearch,
  readPlatformSearch,
  readResponsibilitySearch,
  readTreeSearch,
} from '../features/platform/search.ts';
import { readAuditSearch } from '../features/audit/search.ts';
import { readOrderSearch } from '../features/response/search.ts';
import { readSignInSearch } from '../features/sign-in/search.ts';
import { readWarningSearch } from '../features/warning/search.ts';
import { Failure, Loading } from '../ui/states.tsx';
import { CallError } from './call.ts';
import { NotFound } from './not-found.tsx';
import { queryClient } from './query-client.ts';
import { sessionQuery } from './session.ts';
import { Shell } from './shell.tsx';

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: readSignInSearch,
  component: lazyRouteComponent(() => import('../features/sign-in/sign-in-page.tsx'), 'SignInPage'),
});

/** Everything below needs a session; who has none signs in and comes back. */
const desk = createRoute({
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

const duty = createRoute({
  getParentRoute: () => desk,
  path: '/',
  beforeLoad: ({ context }) => {
    if (context.session.home === 'todo') throw redirect({ to: '/todo', replace: true });
  },
  component: lazyRouteComponent(() => import('../features/duty/duty-page.tsx'), 'DutyPage'),
});

const todo = createRoute({
  getParentRoute: () => desk,
  path: '/todo',
  component: lazyRouteComponent(() => import('../features/response/todo-page.tsx'), 'TodoPage'),
});

const todoOrder = createRoute({
  getParentRoute: () => desk,
  path: '/todo/$id',
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

const map = createRoute({
  getParentRoute: () => desk,
  path: '/map',
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

const command = createRoute({
  getParentRoute: () => desk,
  path: '/command',
  validateSearch: readNowSearch,
  component: lazyRouteComponent(() => import('../features/command/now/now-page.tsx'), 'NowPage'),
});

const commandRoster = createRoute({
  getParentRoute: () => desk,
  path: '/command/roster',
  validateSearch: readRosterSearch,
  component: lazyRouteComponent(() => import('../features/command/roster/roster-page.tsx'), 'RosterPage'),
});

const commandHandovers = createRoute({
  getParentRoute: () => desk,
  path: '/command/handover',
  validateSearch: readHandoverSearch,
  component: lazyRouteComponent(
    () => import('../features/command/handover/handovers-page.tsx'),
    'HandoversPage',
  ),
});

const commandHandover = createRoute({
  getParentRoute: () => desk,
  path: '/command/handover/$id',
  component: lazyRouteComponent(
    () => import('../features/command/handover/handover-page.tsx'),
    'HandoverPage',
  ),
});

const commandLog = createRoute({
  getParentRoute: () => desk,
  path: '/command/log',
  validateSearch: readLogSearch,
  component: lazyRouteComponent(() => import('../features/command/log/log-page.tsx'), 'LogPage'),
});

const commandContacts = createRoute({
  getParentRoute: () => desk,
  path: '/command/contacts',
  validateSearch: readContactSearch,
  component: lazyRouteComponent(
    () => import('../features/command/contacts/contacts-page.tsx'),
    'ContactsPage',
  ),
});

const me = createRoute({
  getParentRoute: () => desk,
  path: '/me',
  component: lazyRouteComponent(() => import('../features/me/me-page.tsx'), 'MePage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    desk.addChildren([
      duty,
      me,
      todo,
      todoOrder,
      warnings,
      warning,
      orders,
      order,
      map,
      report,
      monitoring,
      command,
      commandRoster,
      commandHandovers,
      commandHandover,
      commandLog,
      commandContacts,
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
