import { notificationRoutes } from '#contract/command';
import { infiniteQueryOptions } from '@tanstack/react-query';

import { call } from '../../app/call.ts';

const START: string | undefined = undefined;

export const orderNotificationsQuery = (id: number) =>
  infiniteQueryOptions({
    queryKey: ['command', 'notifications', 'order', id],
    queryFn: ({ pageParam, signal }) =>
      call(notificationRoutes.listOrderNotifications, {
        params: { id },
        query: { limit: 20, after: pageParam },
        signal,
      }),
    initialPageParam: START,
    getNextPageParam: ({ next }: { readonly next: string | null }): string | undefined => next ?? undefined,
  });
