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

/** What plays in a session: a recording, or a drill (演练). */
export function useSessionKind(session: number): ReplaySession['kind'] {
  return useReplaySessions().find(({ id }) => id === session)?.kind ?? 'recording';
}

/** What time it is for a record; undefined while its recording's clock is not known. */
export type RecordNow = (replaySession: number | null) => number | undefined;

/**
 * What time it is for a record: a replayed one lives by its session's clock, all others by ours. Its limits run, and
 * are late, by that clock.
 */
export function useRecordNow(): RecordNow {
  const now = useNow();
  const sessions = useReplaySessions();
  return (replaySession) => {
    if (replaySession === null) return now;
    return sessions.find((session) => session.id === replaySession)?.clock ?? undefined;
  };
}

/**
 * How long ago a record changed, in milliseconds: a replayed one by its recording's clock while the recording plays, and
 * by ours from then on. For ordering what is of today beside what is replayed.
 */
export function useRecordAge(): (record: {
  readonly changedAt: number;
  readonly replaySession: number | null;
}) => number {
  const now = useNow();
  const sessions = useReplaySessions();
  return ({ changedAt, replaySession }) => {
    const session = sessions.find((one) => one.id === replaySession);
    if (!session || session.clock === null) return now - changedAt;
    return session.clock - changedAt + (session.endedAt === null ? 0 : now - session.endedAt);
  };
}
