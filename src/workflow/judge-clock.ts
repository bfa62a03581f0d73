/** A clock that is further ahead than this since the last round has leapt, or nobody was there: what is deleted by it waits. */
export const LEAP_MS = 86_400_000;

/** Moments of the server's own clock, epoch ms. */
export interface ClockMark {
  /** When a round last went on. */
  readonly lookedAt: number;
  /** Since when the rounds wait; null while they go on. */
  readonly leaptAt: number | null;
}

/**
 * What a round makes of the clock. The mark stays where it was while the clock is in doubt, so a clock that is put right goes on by
 * itself. A step back takes nothing away too early, and is followed, or the next leap from there would be missed.
 */
export function judgeClock({ lookedAt, leaptAt }: ClockMark, now: number): ClockMark {
  if (now - lookedAt > LEAP_MS) return { lookedAt, leaptAt: leaptAt ?? now };
  return { lookedAt: now, leaptAt: null };
}
