/** What a look at Puan gave: undefined when all is well, else a sentence. */
export type Finding = string | undefined;

/** What a watchdog remembers, over its own restarts too. Times are epoch ms. */
export interface WatchState {
  /** Since when something is wrong without a break. */
  readonly wrongSince: number | null;
  readonly finding: string | null;
  /** When somebody was reached last about this; null while nobody was. */
  readonly calledAt: number | null;
}

export const WELL: WatchState = { wrongSince: null, finding: null, calledAt: null };

/** Somebody is to be called now. */
export interface Due {
  readonly what: 'alarm' | 'again' | 'recovered';
  readonly message: string;
  readonly since: number;
}

export interface Judged {
  readonly state: WatchState;
  readonly due: Due | undefined;
}

interface Limits {
  readonly name: string;
  readonly silentSeconds: number;
  readonly repeatMinutes: number;
}

/**
 * What follows from a look: wrong for long enough, somebody is called; still wrong, called again; well after a call, told so. A
 * call that reached nobody is due again with the next look.
 */
// oxlint-disable-next-line max-params
export function judge(before: WatchState, finding: Finding, now: number, limits: Limits): Judged {
  if (finding === undefined) {
    const { wrongSince, calledAt } = before;
    if (wrongSince === null || calledAt === null) return { state: WELL, due: undefined };
    const message = `浦安已恢复（${limits.name}），失灵 ${spanText(now - wrongSince)}`;
    // Remembered until somebody is told.
    return { state: before, due: { what: 'recovered', message, since: wrongSince } };
  }
  const since = before.wrongSince ?? now;
  const state = { wrongSince: since, finding, calledAt: before.calledAt };
  const isLong = now - since >= limits.silentSeconds * 1000;
  const isDue = before.calledAt === null || now - before.calledAt >= limits.repeatMinutes * 60_000;
  if (!isLong || !isDue) return { state, due: undefined };
  const what = before.calledAt === null ? 'alarm' : 'again';
  const message = `浦安失灵（${limits.name}）：${finding}，已 ${spanText(now - since)}`;
  return { state, due: { what, message, since } };
}

/** Somebody was reached. */
export function called(state: WatchState, due: Due, now: number): WatchState {
  return due.what === 'recovered' ? WELL : { ...state, calledAt: now };
}

function spanText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 120 ? `${seconds} 秒` : `${Math.round(seconds / 60)} 分钟`;
}
