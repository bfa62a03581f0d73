import { type RecordNow, useRecordAge, useRecordNow } from '../../app/replay.ts';

interface Changed {
  readonly changedAt: number;
  readonly replaySession: number | null;
}

/** What time it is for a record, and how long ago it changed; at a moment that is over, for whoever looks at that. */
export interface RecordTime {
  readonly now: RecordNow;
  readonly age: (record: Changed) => number;
}

/** `at` null: now. Where a recording stood at a moment that is over is not known. */
export function useRecordTime(at: number | null): RecordTime {
  const now = useRecordNow();
  const age = useRecordAge();
  if (at === null) return { now, age };
  return {
    now: (session) => (session === null ? at : undefined),
    age: ({ changedAt }) => at - changedAt,
  };
}
