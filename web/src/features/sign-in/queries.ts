import { identityRoutes, platformRoutes } from '#contract/platform';
import { queryOptions } from '@tanstack/react-query';

import { call } from '../../app/call.ts';

/** Whether this device is bound: asked once, the answer changes by signing in only. */
export const boundDeviceQuery = queryOptions({
  queryKey: ['platform', 'bound-device'],
  queryFn: ({ signal }) => call(platformRoutes.getBoundDevice, { signal }),
  staleTime: Infinity,
  gcTime: 0,
  retry: false,
});

export const providerQuery = queryOptions({
  queryKey: ['platform', 'identity-provider'],
  queryFn: ({ signal }) => call(identityRoutes.getIdentityProvider, { signal }),
  staleTime: Infinity,
  retry: false,
});
