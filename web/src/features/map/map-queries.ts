import { type MonitoredObject, platformRoutes } from '#contract/platform';
import { monitoringRoutes } from '#contract/monitoring';
import { shelfRoutes, warningRoutes } from '#contract/warning';
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { call } from '../../app/call.ts';
import { DISTRICT } from '../../ui/map-ground.ts';
import type { Bounds } from './risk-map.ts';

const LATEST_EVERY_MS = 10_000;

const [[west, south], [east, north]] = DISTRICT;
/** What the map shows when it opens: nothing of the district lies outside. */
export const WHOLE: Bounds = { west, south, east, north };

/** What lies in view. The last picture stays while the next is asked for. */
export const mapQuery = (bounds: Bounds) =>
  queryOptions({
    queryKey: ['platform', 'map', bounds],
    queryFn: ({ signal }) => call(platformRoutes.getMap, { query: { ...bounds }, signal }),
    placeholderData: keepPreviousData,
  });

export const bordersQuery = queryOptions({
  queryKey: ['platform', 'borders'],
  queryFn: ({ signal }) => call(platformRoutes.getBorders, { signal }),
  staleTime: 10 * 60_000,
});

export const objectSearchQuery = (search: string) =>
  queryOptions({
    queryKey: ['platform', 'objects', { search }],
    queryFn: ({ signal }) => call(platformRoutes.listObjects, { query: { search, limit: 20 }, signal }),
    enabled: search.length > 0,
    placeholderData: keepPreviousData,
  });

export const objectQuery = (id: number) =>
  queryOptions({
    queryKey: ['platform', 'object', id],
    queryFn: ({ signal }): Promise<MonitoredObject> =>
      call(platformRoutes.getObject, { params: { id }, signal }),
  });

export const pointsOfQuery = (object: number, enabled: boolean) =>
  queryOptions({
    queryKey: ['monitoring', 'points', { object }],
    queryFn: ({ signal }) =>
      call(monitoringRoutes.listPoints, { query: { object: String(object), limit: 100 }, signal }),
    // Readings make no events of their own: they are asked for while somebody looks.
    refetchInterval: LATEST_EVERY_MS,
    enabled,
  });

export const warningsOfQuery = (object: number, enabled: boolean) =>
  queryOptions({
    queryKey: ['warning', 'list', { object, state: 'open' }],
    queryFn: ({ signal }) => call(warningRoutes.listWarnings, { query: { object, state: 'open' }, signal }),
    enabled,
  });

/** What would hold its alarms back now. */
export const holdsOfQuery = (object: number, enabled: boolean) =>
  queryOptions({
    queryKey: ['warning', 'holds', 'object', object],
    queryFn: ({ signal }) => call(shelfRoutes.listObjectHolds, { params: { id: object }, signal }),
    enabled,
  });

export function useImportBorders() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ file, attribution }: { readonly file: File; readonly attribution: string }) =>
      call(platformRoutes.importBorders, {
        query: attribution.trim() ? { attribution: attribution.trim() } : {},
        raw: new Blob([file], { type: 'application/geo+json' }),
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['platform', 'borders'] });
      await client.invalidateQueries({ queryKey: ['platform', 'map'] });
    },
  });
}
