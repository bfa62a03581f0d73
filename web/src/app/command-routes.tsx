import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

import {
  readContactSearch,
  readHandoverSearch,
  readLogSearch,
  readNotificationSearch,
  readMatterSearch,
  readNowSearch,
  readReportSearch,
  readRosterSearch,
} from '../features/command/search.ts';
import { desk } from './desk-route.tsx';

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

const commandActivations = createRoute({
  getParentRoute: () => desk,
  path: '/command/activations',
  component: lazyRouteComponent(() => import('./activations-route.tsx'), 'ActivationsRoute'),
});

const commandNotifications = createRoute({
  getParentRoute: () => desk,
  path: '/command/notifications',
  validateSearch: readNotificationSearch,
  component: lazyRouteComponent(
    () => import('../features/command/notification/notifications-page.tsx'),
    'NotificationsPage',
  ),
});

const commandReports = createRoute({
  getParentRoute: () => desk,
  path: '/command/reports',
  validateSearch: readReportSearch,
  component: lazyRouteComponent(
    () => import('../features/command/incident-report/reports-page.tsx'),
    'ReportsPage',
  ),
});

const commandMatter = createRoute({
  getParentRoute: () => desk,
  path: '/command/reports/$id',
  validateSearch: readMatterSearch,
  component: lazyRouteComponent(
    () => import('../features/command/incident-report/matter-page.tsx'),
    'MatterPage',
  ),
});

/** The pages of 指挥体系. */
export const commandRoutes = [
  command,
  commandRoster,
  commandHandovers,
  commandHandover,
  commandLog,
  commandContacts,
  commandActivations,
  commandNotifications,
  commandReports,
  commandMatter,
] as const;
