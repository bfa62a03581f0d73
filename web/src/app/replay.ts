import { monitoringRoutes, type ReplaySession } from '#contract/monitoring';
import { useQuery } from '@tanstack/react-query';

import { call } from './call.ts';
import { useCan } from './session.ts';
import { useNow } from './use-now.ts';

const CLOCK_EVERY_MS = 5000;

/** Replay sessions, newest first; while one runs its clock is asked for every few seconds. */
export function useReplaySessions(): readonly ReplaySession[] {
  const enabled = useCan('map.read');
  const query = useQuery({
    queryKey: ['monitoring', 'replay-clock'],
    queryFn: ({ signal }) => call(monitoringRoutes.listReplaySessions, { query: { limit: 100 }, signal }),
    enabled,
    refetchInterval: ({ state }) =>
      state.data?.items.some((session) => session.state === 'running') ? CLOCK_EVERY_MS : false,
  });
  return query.data?.items ?? [];
}

/**
 * What time it is for a record: a replayed one lives by its session's clock, all others by ours. Its limits run, and
 * are late, by that clock.
 */
export function useRecordNow(): (replaySession: number | null) => number {
  const now = useNow();
  const sessions = useReplaySessions();
  return (replaySession) => {
    if (replaySession === null) return now;
    return sessions.find((session) => session.id === replaySession)?.clock ?? now;
  };
}
