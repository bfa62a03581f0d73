import { incidentRoutes } from '#contract/response';
import type { Loop } from '#model/standard';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { call } from '../../app/call.ts';

export interface IncidentFilter {
  readonly state?: 'open' | 'closed' | undefined;
  readonly loop?: Loop | undefined;
}

export function incidentsQuery({ state, loop }: IncidentFilter) {
  return infiniteQueryOptions({
    queryKey: ['incident', 'list', { state, loop }],
    queryFn: ({ pageParam, signal }) =>
      call(incidentRoutes.listIncidents, {
        query: { ...(state && { state }), ...(loop && { loop }), ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
}

export function incidentQuery(id: number) {
  return queryOptions({
    queryKey: ['incident', 'detail', id],
    queryFn: ({ signal }) => call(incidentRoutes.getIncident, { params: { id }, signal }),
  });
}

export function entriesQuery(id: number) {
  return infiniteQueryOptions({
    queryKey: ['incident', 'entries', id],
    queryFn: ({ pageParam, signal }) =>
      call(incidentRoutes.listIncidentEntries, {
        params: { id },
        query: pageParam ? { after: pageParam } : {},
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
}

export function incidentOrdersQuery(id: number) {
  return infiniteQueryOptions({
    queryKey: ['incident', 'orders', id],
    queryFn: ({ pageParam, signal }) =>
      call(incidentRoutes.listIncidentOrders, {
        params: { id },
        query: pageParam ? { after: pageParam } : {},
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
}

export function formQuery(id: number) {
  return queryOptions({
    queryKey: ['incident', 'form', id],
    queryFn: ({ signal }) => call(incidentRoutes.getForm, { params: { id }, signal }),
  });
}

export const duesQuery = queryOptions({
  queryKey: ['incident', 'dues'],
  queryFn: ({ signal }) => call(incidentRoutes.listFormsDue, { signal }),
});
