import { monitoringRoutes } from '#contract/monitoring';
import type { Route } from '#contract/http';
import { deploymentRoutes, standardRoutes, versionRoutes } from '#contract/standard';
import { warningRoutes } from '#contract/warning';
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  type UseMutationResult,
  useQueryClient,
} from '@tanstack/react-query';
import type { z } from 'zod';

import { call } from '../../app/call.ts';

const START: string | undefined = undefined;
const next = ({ next }: { readonly next: string | null }): string | undefined => next ?? undefined;
const WHOLE = 500;

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/** All of a list: a scenario's standard is some hundred rows, searched on the spot while one types. */
async function whole<Item>(
  ask: (after: string | undefined) => Promise<Page<Item>>,
): Promise<readonly Item[]> {
  const found: Item[] = [];
  let after: string | undefined;
  do {
    const page = await ask(after);
    found.push(...page.items);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return found;
}

type Scenario = string | undefined;

export const elementsQuery = (scenario: Scenario) =>
  queryOptions({
    queryKey: ['standard', 'elements', { scenario }],
    queryFn: ({ signal }) =>
      whole((after) =>
        call(standardRoutes.listElements, { query: { scenario, after, limit: WHOLE }, signal }),
      ),
    placeholderData: keepPreviousData,
  });

export const signsQuery = (scenario: Scenario) =>
  queryOptions({
    queryKey: ['standard', 'signs', { scenario }],
    queryFn: ({ signal }) =>
      whole((after) => call(standardRoutes.listSigns, { query: { scenario, after, limit: WHOLE }, signal })),
    placeholderData: keepPreviousData,
  });

export const parametersQuery = (scenario: Scenario) =>
  queryOptions({
    queryKey: ['standard', 'parameters', { scenario }],
    queryFn: ({ signal }) =>
      whole((after) =>
        call(standardRoutes.listParameters, { query: { scenario, after, limit: WHOLE }, signal }),
      ),
    placeholderData: keepPreviousData,
  });

export const handbooksQuery = (scenario: Scenario, item?: string) =>
  queryOptions({
    queryKey: ['standard', 'handbooks', { scenario, item }],
    queryFn: ({ signal }) =>
      whole((after) =>
        call(standardRoutes.listHandbooks, { query: { scenario, item, after, limit: WHOLE }, signal }),
      ),
    placeholderData: keepPreviousData,
  });

export const switchedOffQuery = (scenario: Scenario) =>
  infiniteQueryOptions({
    queryKey: ['standard', 'switched-off', { scenario }],
    queryFn: ({ pageParam, signal }) =>
      call(standardRoutes.listSwitchedOff, { query: { scenario, after: pageParam }, signal }),
    initialPageParam: START,
    getNextPageParam: next,
  });

export const versionsQuery = (scenario: Scenario) =>
  infiniteQueryOptions({
    queryKey: ['standard', 'versions', { scenario }],
    queryFn: ({ pageParam, signal }) =>
      call(versionRoutes.listStandardVersions, { query: { scenario, after: pageParam }, signal }),
    initialPageParam: START,
    getNextPageParam: next,
  });

const NEVER_OLD = Number.POSITIVE_INFINITY;

/** How often a sign has fired. Its key is of warnings, so each new one makes it old. */
export const signRecordQuery = (code: string) =>
  queryOptions({
    queryKey: ['warning', 'list', 'sign-record', code],
    queryFn: ({ signal }) => call(warningRoutes.getSignRecord, { params: { code }, signal }),
  });

/** The text of a published version never changes. Its key is not under `standard`, so no event makes it old. */
export const versionTextQuery = (id: number) =>
  queryOptions({
    queryKey: ['standard-text', id],
    queryFn: ({ signal }) => call(versionRoutes.getStandardVersion, { params: { id }, signal }),
    staleTime: NEVER_OLD,
  });

const LOOK_MS = 3000;

/** Screens come and go without an event, so it is asked again while it is looked at. */
export const deploymentQuery = (id: number) =>
  queryOptions({
    queryKey: ['standard', 'deployment', id],
    queryFn: ({ signal }) => call(deploymentRoutes.getStandardDeployment, { params: { id }, signal }),
    refetchInterval: LOOK_MS,
  });

export const draftsQuery = (scenario: Scenario) =>
  infiniteQueryOptions({
    queryKey: ['standard', 'drafts', { scenario }],
    queryFn: ({ pageParam, signal }) =>
      call(versionRoutes.listStandardDrafts, { query: { scenario, after: pageParam }, signal }),
    initialPageParam: START,
    getNextPageParam: next,
  });

export const draftQuery = (id: number) =>
  queryOptions({
    queryKey: ['standard', 'draft', id],
    queryFn: ({ signal }) => call(versionRoutes.getStandardDraft, { params: { id }, signal }),
  });

/** Against the version it stands on, or another one. `version` is the draft's row: each saving has its own answer. */
export const comparisonQuery = (id: number, version: number, against?: number) =>
  queryOptions({
    queryKey: ['standard', 'comparison', id, { version, against }],
    queryFn: ({ signal }) =>
      call(versionRoutes.compareStandardDraft, { params: { id }, query: { with: against }, signal }),
    placeholderData: keepPreviousData,
  });

const CHOICES = 100;

/** Points that watch an element, by the element's name. */
export const pointsOfElementQuery = (code: string, name: string) =>
  queryOptions({
    queryKey: ['monitoring', 'points-of-element', code],
    queryFn: async ({ signal }) => {
      const page = await call(monitoringRoutes.listPoints, {
        query: { search: name.slice(0, 50), limit: CHOICES },
        signal,
      });
      return page.items.filter(({ element }) => element === code);
    },
  });

const READINGS = 10_000;

export const readingsQuery = (point: string, span: { readonly to: number; readonly ms: number }) =>
  queryOptions({
    queryKey: ['monitoring', 'readings', 'sign', point, span],
    queryFn: ({ signal }) =>
      call(monitoringRoutes.listReadings, {
        query: { point, from: span.to - span.ms, to: span.to, width: 900, limit: READINGS },
        signal,
      }),
  });

interface Act<P extends z.ZodType, B extends z.ZodType> {
  readonly params?: z.input<P>;
  readonly body?: z.input<B>;
}

/** A change of the standard. Afterwards its pages ask anew, whether or not the event stream is up. */
export function useAct<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  route: Route<P, Q, B, R>,
  done?: (reply: z.output<R>) => void,
): UseMutationResult<z.output<R>, Error, Act<P, B>> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (act: Act<P, B>) => call(route, act),
    onSuccess: (reply) => {
      done?.(reply);
      void client.invalidateQueries({ queryKey: ['standard'] });
    },
  });
}
