import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

import { readOwnLimitSearch } from '../features/standard/own-limit/own-limit-search.ts';
import { readCoverageSearch } from '../features/standard/coverage/search.ts';
import { readStandardSearch } from '../features/standard/search.ts';
import { desk } from './desk-route.tsx';

const elements = createRoute({
  getParentRoute: () => desk,
  path: '/standard',
  validateSearch: readStandardSearch,
  component: lazyRouteComponent(() => import('../features/standard/elements-page.tsx'), 'ElementsPage'),
});

const signs = createRoute({
  getParentRoute: () => desk,
  path: '/standard/signs',
  validateSearch: readStandardSearch,
  component: lazyRouteComponent(() => import('../features/standard/signs-page.tsx'), 'SignsPage'),
});

const sign = createRoute({
  getParentRoute: () => desk,
  path: '/standard/signs/$code',
  component: lazyRouteComponent(() => import('../features/standard/sign/sign-page.tsx'), 'SignPage'),
});

const parameters = createRoute({
  getParentRoute: () => desk,
  path: '/standard/parameters',
  validateSearch: readStandardSearch,
  component: lazyRouteComponent(() => import('../features/standard/parameters-page.tsx'), 'ParametersPage'),
});

const handbooks = createRoute({
  getParentRoute: () => desk,
  path: '/standard/handbooks',
  validateSearch: readStandardSearch,
  component: lazyRouteComponent(() => import('../features/standard/handbooks-page.tsx'), 'HandbooksPage'),
});

const switchedOff = createRoute({
  getParentRoute: () => desk,
  path: '/standard/switched-off',
  validateSearch: readStandardSearch,
  component: lazyRouteComponent(
    () => import('../features/standard/switched-off-page.tsx'),
    'SwitchedOffPage',
  ),
});

const ownLimits = createRoute({
  getParentRoute: () => desk,
  path: '/standard/own-limits',
  validateSearch: readOwnLimitSearch,
  component: lazyRouteComponent(
    () => import('../features/standard/own-limit/own-limits-page.tsx'),
    'OwnLimitsPage',
  ),
});

const objectSigns = createRoute({
  getParentRoute: () => desk,
  path: '/standard/own-limits/$id',
  component: lazyRouteComponent(
    () => import('../features/standard/own-limit/object-signs-page.tsx'),
    'ObjectSignsPage',
  ),
});

const coverage = createRoute({
  getParentRoute: () => desk,
  path: '/standard/coverage',
  validateSearch: readCoverageSearch,
  component: lazyRouteComponent(
    () => import('../features/standard/coverage/coverage-page.tsx'),
    'CoveragePage',
  ),
});

const ledger = createRoute({
  getParentRoute: () => desk,
  path: '/standard/ledger',
  validateSearch: readStandardSearch,
  component: lazyRouteComponent(() => import('../features/standard/coverage/ledger-page.tsx'), 'LedgerPage'),
});

const bases = createRoute({
  getParentRoute: () => desk,
  path: '/standard/bases',
  validateSearch: readStandardSearch,
  component: lazyRouteComponent(() => import('../features/standard/coverage/bases-page.tsx'), 'BasesPage'),
});

const versions = createRoute({
  getParentRoute: () => desk,
  path: '/standard/versions',
  validateSearch: readStandardSearch,
  component: lazyRouteComponent(() => import('../features/standard/versions-page.tsx'), 'VersionsPage'),
});

const deployment = createRoute({
  getParentRoute: () => desk,
  path: '/standard/versions/$id',
  component: lazyRouteComponent(
    () => import('../features/standard/deployment/deployment-page.tsx'),
    'DeploymentPage',
  ),
});

const drafts = createRoute({
  getParentRoute: () => desk,
  path: '/standard/drafts',
  validateSearch: readStandardSearch,
  component: lazyRouteComponent(() => import('../features/standard/draft/drafts-page.tsx'), 'DraftsPage'),
});

const draft = createRoute({
  getParentRoute: () => desk,
  path: '/standard/drafts/$id',
  component: lazyRouteComponent(() => import('../features/standard/draft/draft-page.tsx'), 'DraftPage'),
});

/** The pages of the business standard. */
export const standardRoutes = [
  elements,
  signs,
  sign,
  parameters,
  handbooks,
  coverage,
  ledger,
  bases,
  switchedOff,
  ownLimits,
  objectSigns,
  versions,
  deployment,
  drafts,
  draft,
] as const;
