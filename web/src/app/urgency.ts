import type { WorkOrder } from '#contract/response';
import { rankOf } from '#model/warning';

import type { RecordNow } from './replay.ts';

interface Urgent extends Pick<WorkOrder, 'overdue' | 'level' | 'openedAt' | 'replaySession'> {
  readonly deadlines: readonly Pick<WorkOrder['deadlines'][number], 'dueAt' | 'metAt'>[];
}

/**
 * Late ones first, then by level, then by what has least time left; of equals the older. Each order is measured by its
 * own clock, so that a replayed one is not years late beside today's.
 */
export function mostUrgentFirst(recordNow: RecordNow): (a: Urgent, b: Urgent) => number {
  const left = ({ deadlines, replaySession }: Urgent): number => {
    const now = recordNow(replaySession);
    const open = deadlines.filter((one) => one.metAt === null).map((one) => one.dueAt);
    return now === undefined || open.length === 0 ? NEVER : Math.min(...open) - now;
  };
  const age = ({ openedAt, replaySession }: Urgent): number =>
    (recordNow(replaySession) ?? openedAt) - openedAt;
  return (a, b) => {
    if (a.overdue !== b.overdue) return a.overdue ? -1 : 1;
    const byLevel = rankOf(b.level) - rankOf(a.level);
    if (byLevel !== 0) return byLevel;
    return left(a) - left(b) || age(b) - age(a);
  };
}

const NEVER = Number.MAX_SAFE_INTEGER;
