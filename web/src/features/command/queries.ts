import { commandRoutes } from '#contract/command';
import { accountRoutes, platformRoutes } from '#contract/platform';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';

import { call } from '../../app/call.ts';
import { keptPart } from '../../app/kept.ts';
import { BOOK, type Book, foundIn } from './contacts/book.ts';
import type { ContactSearch } from './search.ts';

const START: string | undefined = undefined;
const next = ({ next }: { readonly next: string | null }): string | undefined => next ?? undefined;

/** A shift ends without an event: an open page looks again by itself. */
const WATCH_EVERY_MS = 60_000;
const NOTES_EVERY_MS = 10_000;
const ALL = 500;

export const nowQuery = (platform: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['command', 'now', { platform }],
    queryFn: ({ pageParam, signal }) =>
      call(commandRoutes.getDutyNow, { query: { platform, after: pageParam }, signal }),
    initialPageParam: START,
    getNextPageParam: next,
    refetchInterval: WATCH_EVERY_MS,
    placeholderData: keepPreviousData,
  });

interface ShiftSpan {
  readonly from: number;
  readonly to: number;
  readonly roster?: number | undefined;
  readonly platform?: string | undefined;
}

/** Shifts of a span: all of one roster in a month, or those around now. */
export const shiftsQuery = (span: ShiftSpan) =>
  queryOptions({
    queryKey: ['command', 'shifts', span],
    queryFn: async ({ signal }) => {
      const shifts = [];
      let after: string | undefined;
      do {
        const page = await call(commandRoutes.listShifts, { query: { ...span, limit: ALL, after }, signal });
        shifts.push(...page.items);
        after = page.next ?? undefined;
      } while (after !== undefined);
      return shifts;
    },
    placeholderData: keepPreviousData,
  });

export const rostersQuery = queryOptions({
  queryKey: ['command', 'rosters'],
  queryFn: ({ signal }) => call(commandRoutes.listRosters, { query: { limit: ALL }, signal }),
});

export const calendarQuery = (id: string, year: number) =>
  queryOptions({
    queryKey: ['command', 'calendar', id, year],
    queryFn: ({ signal }) => call(commandRoutes.getCalendar, { params: { id, year }, signal }),
    staleTime: 10 * 60_000,
  });

export const swapsQuery = (roster: number | undefined) =>
  queryOptions({
    queryKey: ['command', 'swaps', { roster }],
    queryFn: ({ signal }) => call(commandRoutes.listSwaps, { query: { roster, limit: 20 }, signal }),
  });

export const handoversQuery = (waiting: boolean) =>
  infiniteQueryOptions({
    queryKey: ['command', 'handovers', { waiting }],
    queryFn: ({ pageParam, signal }) =>
      call(commandRoutes.listHandovers, {
        query: { waiting: waiting ? 'true' : undefined, after: pageParam },
        signal,
      }),
    initialPageParam: START,
    getNextPageParam: next,
  });

export const handoverQuery = (id: number) =>
  queryOptions({
    queryKey: ['command', 'handover', id],
    queryFn: ({ signal }) => call(commandRoutes.getHandover, { params: { id }, signal }),
    // A note makes no event, and the other one of the two may be writing it now.
    refetchInterval: NOTES_EVERY_MS,
  });

export interface LogAsk {
  readonly platform?: string | undefined;
  readonly below?: 'true' | undefined;
  readonly kind?: 'system' | 'note' | 'call' | undefined;
  readonly day?: string | undefined;
  readonly search?: string | undefined;
  readonly forHandover?: 'true' | undefined;
}

export const logQuery = (ask: LogAsk) =>
  infiniteQueryOptions({
    queryKey: ['command', 'log', ask],
    queryFn: ({ pageParam, signal }) =>
      call(commandRoutes.listLog, { query: { ...ask, limit: 100, after: pageParam }, signal }),
    initialPageParam: START,
    getNextPageParam: next,
    placeholderData: keepPreviousData,
  });

export const contactsQuery = ({ q, tag }: ContactSearch) =>
  infiniteQueryOptions({
    queryKey: ['command', 'contacts', { q, tag }],
    queryFn: ({ pageParam, signal }) =>
      keptPart(
        BOOK,
        (signal) => call(commandRoutes.listContacts, { query: { search: q, tag, after: pageParam }, signal }),
        { signal, part: (book: Book) => foundIn(book, { q, tag }) },
      ),
    initialPageParam: START,
    getNextPageParam: next,
    placeholderData: keepPreviousData,
  });

export const storesQuery = (search: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['command', 'stores', { search }],
    queryFn: ({ pageParam, signal }) =>
      call(commandRoutes.listStores, { query: { search, after: pageParam }, signal }),
    initialPageParam: START,
    getNextPageParam: next,
    placeholderData: keepPreviousData,
  });

const CHOICES = 20;

/** Platforms to choose from, by what was typed. */
export const platformChoiceQuery = (search: string) =>
  queryOptions({
    queryKey: ['platform', 'list', 'choice', search],
    queryFn: ({ signal }) =>
      call(platformRoutes.listPlatforms, { query: { search: search || undefined, limit: CHOICES }, signal }),
    placeholderData: keepPreviousData,
  });

/** Contacts to choose from, by what was typed. */
export const contactChoiceQuery = (search: string) =>
  queryOptions({
    queryKey: ['command', 'contacts', 'choice', search],
    queryFn: ({ signal }) =>
      call(commandRoutes.listContacts, { query: { search: search || undefined, limit: CHOICES }, signal }),
    placeholderData: keepPreviousData,
  });

/** Accounts to choose from; only for who may read accounts. */
export const accountChoiceQuery = (search: string) =>
  queryOptions({
    queryKey: ['platform', 'accounts', 'choice', search],
    queryFn: ({ signal }) =>
      call(accountRoutes.listAccounts, {
        query: { search: search || undefined, limit: CHOICES },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
