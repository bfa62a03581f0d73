import { type QualityBy, qualityRoutes } from '#contract/monitoring';
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import type { z } from 'zod';

import { call } from '../../../app/call.ts';

/** Figures move with the readings; an open page asks again once a minute, the pipeline more often. */
const FIGURES_EVERY_MS = 60_000;
const PIPELINE_EVERY_MS = 10_000;
const KEY = ['monitoring', 'quality'] as const;
const START: string | undefined = undefined;
const next = ({ next }: { readonly next: string | null }): string | undefined => next ?? undefined;

export interface QualityAsk {
  readonly by: QualityBy;
  readonly days: number;
  readonly scenario: string | undefined;
  readonly search: string;
}

export const qualityQuery = ({ by, days, scenario, search }: QualityAsk) =>
  infiniteQueryOptions({
    queryKey: [...KEY, 'figures', { by, days, scenario, search }],
    queryFn: ({ pageParam, signal }) =>
      call(qualityRoutes.listQuality, {
        query: { by, days, scenario, search: search || undefined, after: pageParam },
        signal,
      }),
    initialPageParam: START,
    getNextPageParam: next,
    refetchInterval: FIGURES_EVERY_MS,
    placeholderData: keepPreviousData,
  });

export const pipelineQuery = queryOptions({
  queryKey: [...KEY, 'pipeline'],
  queryFn: ({ signal }) => call(qualityRoutes.getPipeline, { signal }),
  refetchInterval: PIPELINE_EVERY_MS,
});

export const findingsQuery = queryOptions({
  queryKey: [...KEY, 'findings'],
  queryFn: ({ signal }) => call(qualityRoutes.listFindings, { query: { limit: 50 }, signal }),
  refetchInterval: FIGURES_EVERY_MS,
});

export const confidenceQuery = (point: string) =>
  queryOptions({
    queryKey: [...KEY, 'confidence', point],
    queryFn: ({ signal }) => call(qualityRoutes.getConfidence, { query: { point }, signal }),
  });

export const gapsQuery = (point: string, to: number, ms: number) =>
  queryOptions({
    queryKey: [...KEY, 'gaps', point, to],
    queryFn: ({ signal }) => call(qualityRoutes.listGaps, { query: { point, from: to - ms, to }, signal }),
    enabled: point !== '',
    retry: false,
  });

export const correctionsQuery = infiniteQueryOptions({
  queryKey: [...KEY, 'corrections'],
  queryFn: ({ pageParam, signal }) =>
    call(qualityRoutes.listCorrections, { query: { after: pageParam }, signal }),
  initialPageParam: START,
  getNextPageParam: next,
});

function useThenFresh<Input, Output>(send: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: () => client.invalidateQueries({ queryKey: ['monitoring'] }),
  });
}

export const useMakeCorrection = () =>
  useThenFresh((body: z.input<typeof qualityRoutes.createCorrection.body>) =>
    call(qualityRoutes.createCorrection, { body }),
  );

export const useWithdrawCorrection = () =>
  useThenFresh(({ id, version }: { readonly id: number; readonly version: number }) =>
    call(qualityRoutes.withdrawCorrection, { params: { id }, query: { version } }),
  );
