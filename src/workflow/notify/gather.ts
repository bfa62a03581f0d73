/** Something that somebody is to be told, before it is known whether it goes out by itself. */
export interface Telling {
  /** Who is told, by which way, of which kind of cause: tellings that share it may go out as one. */
  readonly group: string;
  /** 0–4. */
  readonly rank: number;
  /** Its number among what the cause is about. */
  readonly matter: number;
}

export interface Gathered<T> {
  readonly single: readonly T[];
  /** Told as one, the worst first. */
  readonly together: readonly (readonly T[])[];
}

/** So many of one kind within a minute go out one by one. */
export const ONE_BY_ONE = 3;
export const GATHER_MS = 60_000;

/**
 * What goes out by itself and what together: nobody is told one by one of more than a few of a kind within a minute (“另有 37 张”),
 * the worst first. `recent`: how many went out one by one within the last minute.
 */
export function gather<T extends Telling>(
  tellings: readonly T[],
  recent: (group: string) => number,
): Gathered<T> {
  const single: T[] = [];
  const together: (readonly T[])[] = [];
  for (const [group, all] of Map.groupBy(tellings, (one) => one.group)) {
    const worstFirst = all.toSorted((a, b) => b.rank - a.rank);
    const free = Math.max(0, ONE_BY_ONE - recent(group));
    single.push(...worstFirst.slice(0, free));
    if (worstFirst.length > free) together.push(worstFirst.slice(free));
  }
  return { single, together };
}

/** The minute in which tellings are gathered: its name, and when it is over. */
export function gatherMinute(at: number): { readonly minute: number; readonly until: number } {
  const minute = Math.floor(at / GATHER_MS);
  return { minute, until: (minute + 1) * GATHER_MS };
}
