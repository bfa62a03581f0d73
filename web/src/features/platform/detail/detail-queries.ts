import { organisationRoutes, type PlatformDetail, platformRoutes } from '#contract/platform';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';

import { call } from '../../../app/call.ts';
import type { PlatformKind } from '../kind-text.ts';
import { nextPage, START } from '../paging.ts';

export const detailQuery = (code: string) =>
  queryOptions({
    queryKey: ['platform', 'detail', code],
    queryFn: ({ signal }) => call(organisationRoutes.getPlatform, { params: { code }, signal }),
  });

export const settingsQuery = (code: string) =>
  queryOptions({
    queryKey: ['platform', 'settings', code],
    queryFn: ({ signal }) => call(organisationRoutes.listSettings, { params: { code }, signal }),
  });

/** The roles that this one platform must name. No platform stands within another of its kind. */
export const rolesQuery = (code: string, kind: PlatformKind) =>
  queryOptions({
    queryKey: ['platform', 'responsibility', 'of', code],
    queryFn: ({ signal }) =>
      call(organisationRoutes.listResponsibilities, { query: { under: code, kind, limit: 1 }, signal }),
  });

type Narrow = Pick<PlatformDetail, 'code' | 'kind' | 'scenario'>;

/** How the ledger is narrowed to one platform; undefined where it cannot be, and the children are to be looked at. */
export function narrowing({ code, kind, scenario }: Narrow): ObjectNarrowing | undefined {
  if (kind === 'district') return {};
  if (kind === 'scenario' && scenario !== null) return { scenario };
  if (kind === 'town' || kind === 'zone') return { town: code };
  return kind === 'village' ? { village: code } : undefined;
}

interface ObjectNarrowing {
  readonly scenario?: string;
  readonly town?: string;
  readonly village?: string;
}

export const objectsWithinQuery = (narrow: ObjectNarrowing | undefined, search: string) =>
  infiniteQueryOptions({
    queryKey: ['platform', 'objects', 'within', { narrow, search }],
    queryFn: ({ pageParam, signal }) =>
      call(platformRoutes.listObjects, {
        query: { ...narrow, search: search || undefined, after: pageParam },
        signal,
      }),
    initialPageParam: START,
    getNextPageParam: nextPage,
    placeholderData: keepPreviousData,
    enabled: narrow !== undefined,
  });
