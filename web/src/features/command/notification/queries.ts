import { notificationRoutes } from '#contract/command';
import type { NotificationState, NotificationWay } from '#model/command';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';

import { call } from '../../../app/call.ts';

const START: string | undefined = undefined;
const next = ({ next }: { readonly next: string | null }): string | undefined => next ?? undefined;
const KEY = ['command', 'notifications'] as const;

export interface LogFilter {
  readonly state?: NotificationState | undefined;
  readonly kind?: NotificationWay | undefined;
}

export const notificationsQuery = (filter: LogFilter) =>
  infiniteQueryOptions({
    queryKey: [...KEY, 'log', filter],
    queryFn: ({ pageParam, signal }) =>
      call(notificationRoutes.listNotifications, { query: { ...filter, after: pageParam }, signal }),
    initialPageParam: START,
    getNextPageParam: next,
    placeholderData: keepPreviousData,
  });

export const myNotificationsQuery = queryOptions({
  queryKey: [...KEY, 'mine'],
  queryFn: ({ signal }) => call(notificationRoutes.listMyNotifications, { query: { limit: 20 }, signal }),
});

export const toldByChannelsQuery = infiniteQueryOptions({
  queryKey: [...KEY, 'told-by-channels'],
  queryFn: ({ pageParam, signal }) =>
    call(notificationRoutes.listMyNotifications, {
      query: { by: 'channels', limit: 20, after: pageParam },
      signal,
    }),
  initialPageParam: START,
  getNextPageParam: next,
});

export const preferenceQuery = queryOptions({
  queryKey: [...KEY, 'preference'],
  queryFn: ({ signal }) => call(notificationRoutes.getNotificationPreference, { signal }),
});

export const channelsQuery = queryOptions({
  queryKey: [...KEY, 'channels'],
  queryFn: ({ signal }) => call(notificationRoutes.listChannels, { query: { limit: 500 }, signal }),
});

export const templatesQuery = queryOptions({
  queryKey: [...KEY, 'templates'],
  queryFn: ({ signal }) => call(notificationRoutes.listNotificationTemplates, { signal }),
});
