import type { DutyDesk } from '#contract/command';
import { type Level, LEVELS } from '#model/warning';

/** What somebody wants to hear. */
export interface Wish {
  /** Replays and simulated objects, too: for practice. */
  readonly practice: boolean;
}

type Seen = Pick<DutyDesk['warnings'], 'newest' | 'unread' | 'unreadReal'>;

/**
 * Which level has to be heard once, now that the desk has changed: the worst of what is new or has risen and nobody has
 * acknowledged. A flood that comes with one answer is one sound. Nothing is news on a desk seen for the first time.
 */
export function newLevel(before: Seen | undefined, after: Seen, { practice }: Wish): Level | undefined {
  if (before === undefined) return undefined;
  const known = new Map(before.newest.map(({ id, level }) => [id, LEVELS.indexOf(level)]));
  const oldest = before.newest.at(-1)?.openedAt ?? Number.NEGATIVE_INFINITY;
  const ranks = after.newest
    .filter(({ state, acknowledgedAt, hold }) => state === 'open' && acknowledgedAt === null && hold === null)
    .filter(({ replaySession, simulated }) => practice || (replaySession === null && !simulated))
    // What moves up from below the list because others went is old.
    .filter(({ id, openedAt }) => known.has(id) || openedAt >= oldest)
    .filter(({ id, level }) => LEVELS.indexOf(level) > (known.get(id) ?? -1))
    .map(({ level }) => LEVELS.indexOf(level));
  return LEVELS[Math.max(-1, ...ranks)];
}

/** Red is heard again until somebody has acknowledged the last of it. */
export function redRings({ unread, unreadReal }: Seen, { practice }: Wish): boolean {
  return (practice ? unread : unreadReal).red > 0;
}
