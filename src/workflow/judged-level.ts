/** What a person said of an alarm's level when they verified it. Ranks: 1 blue … 4 red. */
export interface Judged {
  /** The level as the signs had it then. */
  readonly signs: number;
  readonly given: number;
}

/**
 * The level with which a verified alarm counts: lowered or raised as the person said, as long as the signs do not go beyond what was
 * judged. What gets worse than that is news; what is normal is normal.
 */
export function judgedLevel(level: number, judged: Judged | undefined): number {
  if (judged === undefined || level === 0 || level > judged.signs) return level;
  return judged.given < judged.signs ? Math.min(level, judged.given) : Math.max(level, judged.given);
}
