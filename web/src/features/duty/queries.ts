import { commandRoutes, type DutyDesk } from '#contract/command';
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { call } from '../../app/call.ts';

const NOW_KEY = ['command', 'desk'] as const;

/** The whole desk in one answer: now, made old by events, or as it stood at a moment, which does not change any more. */
export function deskQuery(at: number | null) {
  return queryOptions({
    queryKey: at === null ? NOW_KEY : ['past', 'desk', at],
    queryFn: ({ signal }) => call(commandRoutes.getDutyDesk, { query: at === null ? {} : { at }, signal }),
    staleTime: at === null ? 15_000 : Number.POSITIVE_INFINITY,
    // Moving along the past, the last picture stays, faded, until the next is there.
    placeholderData: keepPreviousData,
  });
}

/** Notes that the desk has been looked at as far as it is shown. */
export function useLooked() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (desk: DutyDesk) => call(commandRoutes.putDutyLook, { body: { at: desk.at } }),
    onSuccess: () => client.invalidateQueries({ queryKey: NOW_KEY }),
  });
}
