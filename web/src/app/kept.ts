import { useSyncExternalStore } from 'react';

import { CallError, isUnreachable } from './call.ts';

/** A line that swallows what is sent is no line: after this long what was kept is shown. */
const PATIENCE_MS = 10_000;

/** Whose work goes on without a signal: only then anything is written to the phone. Remembered from one start to the next. */
const KEEPS = 'puan.keeps';
let keeping = localStorage.getItem(KEEPS) !== null;
/** What this page was told last: newer than what a start finds on the device. */
const latest = new Map<string, { readonly at: number; readonly data: unknown }>();
/** Which answers on screen are kept ones, and since when. */
const stale = new Map<string, number>();
const watchers = new Set<() => void>();
let oldest: number | undefined;

/** Says whether answers of whoever is signed in are to be kept on this device. */
export function keepAnswers(wanted: boolean): void {
  keeping = wanted;
  if (wanted) localStorage.setItem(KEEPS, '1');
  else localStorage.removeItem(KEEPS);
}

/** What was answered last and is on this device, without asking. */
export async function keptAnswer<T>(key: string): Promise<T | undefined> {
  return (await find(key))?.data as T | undefined;
}

/** Writes down what the server told, asked or not. */
export function keepAnswer(key: string, data: unknown): void {
  if (!keeping) return;
  latest.set(key, { at: Date.now(), data });
  void import('./answers.ts').then(({ writeAnswer }) => writeAnswer(key, data));
}

async function find(key: string): Promise<{ readonly at: number; readonly data: unknown } | undefined> {
  if (!keeping) return undefined;
  const { readAnswer } = await import('./answers.ts');
  return latest.get(key) ?? readAnswer(key);
}

/** The moment of the oldest kept answer that is shown in place of a new one; undefined while everything is new. */
export function useKeptSince(): number | undefined {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => oldest,
  );
}

/**
 * Asks, and writes the answer down; where the server cannot be reached, what it answered last is given. The code that
 * writes comes after the page: who has a signal does not wait for it.
 */
export async function kept<T>(
  key: string,
  ask: (signal: AbortSignal) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  return keptPart<T, T>(
    key,
    async (signal) => {
      const answer = await ask(signal);
      keepAnswer(key, answer);
      return answer;
    },
    { signal, part: (whole) => whole },
  );
}

/**
 * Asks; where the server cannot be reached, gives the part that was asked for of something that is kept whole. Nothing is
 * written down.
 */
export async function keptPart<T, Whole>(
  key: string,
  ask: (signal: AbortSignal) => Promise<T>,
  { signal, part }: { readonly signal: AbortSignal; readonly part: (whole: Whole) => T },
): Promise<T> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  try {
    const answer = await ask(keeping ? AbortSignal.any([signal, patience]) : signal);
    note(key, undefined);
    return answer;
  } catch (error) {
    if (signal.aborted || !(patience.aborted || isUnreachable(error))) throw error;
    const found = await find(key);
    if (!found) throw isUnreachable(error) ? error : unreachable();
    note(key, found.at);
    return part(found.data as Whole);
  }
}

/** Everything kept is gone from the device. */
export async function forgetKept(): Promise<void> {
  keepAnswers(false);
  stale.clear();
  latest.clear();
  tell();
  const { forgetAnswers } = await import('./answers.ts');
  await forgetAnswers();
}

function unreachable(): CallError {
  return new CallError(0, 'network', '信号太弱，服务器没有应答。请稍后重试，已填写的内容不会丢。');
}

function note(key: string, at: number | undefined): void {
  if (stale.get(key) === at) return;
  if (at === undefined) stale.delete(key);
  else stale.set(key, at);
  tell();
}

function tell(): void {
  oldest = stale.size === 0 ? undefined : Math.min(...stale.values());
  for (const watcher of watchers) watcher();
}
