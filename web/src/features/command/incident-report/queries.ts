import { incidentReportRoutes } from '#contract/command';
import type { ReportChannel, ReportRecipient } from '#model/command';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';

import { call } from '../../../app/call.ts';
import { spanOfMonth } from '../../../app/months.ts';

const START: string | undefined = undefined;
const next = ({ next }: { readonly next: string | null }): string | undefined => next ?? undefined;
/** Limits pass without an event. */
const LOOK_MS = 30_000;

export const dutiesQuery = (platform: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['command', 'reports', 'duties', { platform }],
    queryFn: ({ pageParam, signal }) =>
      call(incidentReportRoutes.listReportDuties, { query: { platform, after: pageParam }, signal }),
    initialPageParam: START,
    getNextPageParam: next,
    refetchInterval: LOOK_MS,
    placeholderData: keepPreviousData,
  });

interface ReportAsk {
  readonly platform?: string | undefined;
  readonly received?: 'true' | undefined;
  readonly unsigned?: 'true' | undefined;
}

export const reportsQuery = (ask: ReportAsk) =>
  infiniteQueryOptions({
    queryKey: ['command', 'reports', 'list', ask],
    queryFn: ({ pageParam, signal }) =>
      call(incidentReportRoutes.listReports, { query: { ...ask, after: pageParam }, signal }),
    initialPageParam: START,
    getNextPageParam: next,
    placeholderData: keepPreviousData,
  });

export const flagsQuery = (platform: string | undefined, month: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['command', 'reports', 'flags', { platform, month }],
    queryFn: ({ pageParam, signal }) =>
      call(incidentReportRoutes.listReportFlags, {
        query: { platform, after: pageParam, ...(month === undefined ? {} : spanOfMonth(month)) },
        signal,
      }),
    initialPageParam: START,
    getNextPageParam: next,
    placeholderData: keepPreviousData,
  });

export const rulesQuery = queryOptions({
  queryKey: ['command', 'reports', 'rules'],
  queryFn: ({ signal }) => call(incidentReportRoutes.listReportRules, { signal }),
});

export const matterQuery = (id: number) =>
  queryOptions({
    queryKey: ['command', 'reports', 'matter', id],
    queryFn: ({ signal }) => call(incidentReportRoutes.getReportMatter, { params: { id }, signal }),
    refetchInterval: LOOK_MS,
  });

/** How a report goes: from whom, to whom, by what. */
export interface ReportWay {
  readonly platform: string;
  readonly recipient: ReportRecipient;
  readonly channel: ReportChannel;
  readonly final: boolean;
}

/** Asked once when the form opens: what somebody types is not overwritten. */
export const draftQuery = (id: number, { platform, recipient, channel, final }: ReportWay) =>
  queryOptions({
    queryKey: ['command', 'report-draft', id, platform, recipient, channel, final],
    queryFn: ({ signal }) =>
      call(incidentReportRoutes.draftReport, {
        params: { id },
        query: { platform, recipient, channel, final: final ? 'true' : 'false' },
        signal,
      }),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
