import { type Rehearsal, rehearsalRoutes } from '#contract/standard';
import { PERFORMANCE_SPANS, performanceRoutes } from '#contract/warning';
import type { Nuisance } from '#model/warning';
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { call } from '../../../app/call.ts';

/** The desk and the stretch of time that are looked at, as they stand in the address. */
export interface Looked {
  readonly desk: string | undefined;
  /** `24h`, `7d`, `30d` or a month. */
  readonly span: string;
}

const MINUTE_MS = 60_000;
/** What a minute adds shows in a day, hardly in a month. */
const countEvery = (span: string): number => (span === '24h' ? MINUTE_MS : 10 * MINUTE_MS);
const LOOK_MS = 700;

function spanOf(span: string) {
  const last = PERFORMANCE_SPANS.find((one) => one === span);
  return last ? { last } : { month: span };
}

/** Counted on opening and by the clock: events would have it counted anew a hundred times in a flood. */
export const performanceQuery = ({ desk, span }: Looked) =>
  queryOptions({
    queryKey: ['performance', 'figures', desk, span],
    queryFn: ({ signal }) =>
      call(performanceRoutes.getPerformance, { query: { desk, ...spanOf(span) }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: countEvery(span),
  });

export interface NuisanceSettings {
  readonly times: number;
  readonly within: number;
  readonly fleeting: number;
}

export const nuisancesQuery = ({ desk, span }: Looked, kind: Nuisance, settings: NuisanceSettings) =>
  queryOptions({
    queryKey: ['performance', 'nuisances', desk, span, kind, settings],
    queryFn: ({ signal }) =>
      call(performanceRoutes.listNuisances, { query: { desk, ...spanOf(span), kind, ...settings }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: countEvery(span),
  });

/** A sign at a point. */
export interface ActorKey {
  readonly point: string;
  readonly sign: string;
}

export const actorQuery = ({ point, sign }: ActorKey, span: string) =>
  queryOptions({
    queryKey: ['performance', 'actor', point, sign, span],
    queryFn: ({ signal }) =>
      call(performanceRoutes.getActor, { query: { point, sign, ...spanOf(span) }, signal }),
    staleTime: MINUTE_MS,
  });

const isAtWork = ({ state }: Pick<Rehearsal, 'state'>): boolean => state === 'waiting' || state === 'running';

/** The rehearsal of a proposal, asked again and again while it is at work. */
export const proposalRehearsalQuery = (id: number) =>
  queryOptions({
    queryKey: ['rehearsals', 'one', id],
    queryFn: ({ signal }) => call(rehearsalRoutes.getRehearsal, { params: { id }, signal }),
    refetchInterval: ({ state: { data } }) => (data === undefined || isAtWork(data) ? LOOK_MS : false),
  });

function useThenFresh<Asked, Answer>(ask: (asked: Asked) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ask,
    onSuccess: () => client.invalidateQueries({ queryKey: ['performance'] }),
  });
}

export const usePropose = (span: string) =>
  useThenFresh((key: ActorKey) =>
    call(performanceRoutes.createProposal, { body: { ...key, ...spanOf(span) } }),
  );

export const useRehearse = () =>
  useThenFresh(({ id, over }: { readonly id: number; readonly over: 'object' | 'scenario' }) =>
    call(performanceRoutes.rehearseProposal, { params: { id }, body: { over } }),
  );

export const useMend = () =>
  useThenFresh((id: number) => call(performanceRoutes.mendByProposal, { params: { id }, body: {} }));

export const useTake = () =>
  useThenFresh((id: number) => call(performanceRoutes.takeProposal, { params: { id }, body: {} }));

export const useReject = () =>
  useThenFresh(({ id, why }: { readonly id: number; readonly why: string }) =>
    call(performanceRoutes.rejectProposal, { params: { id }, body: { why } }),
  );
