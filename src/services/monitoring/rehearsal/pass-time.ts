import { evaluate, type Outcome, runTimers } from '#signs';

import type { Binding, PointBook } from '../point-book.ts';

/**
 * Lets time pass at a point up to a moment (epoch ms) for the signs that it moves: what the clock's tick finds out every second
 * in the present is here found at the very moments at which a limit is reached.
 */
export function passTime(book: PointBook, p: number, until: number, outcome: Outcome): void {
  const newest = book.newestAt[p] ?? Number.NEGATIVE_INFINITY;
  if (newest === Number.NEGATIVE_INFINITY) return;
  for (let l = book.links.first[p] ?? -1; l !== -1; l = book.links.next[l] ?? -1) {
    const b = book.links.binding[l] ?? 0;
    const bound = book.bindings[b];
    if (bound?.point.id !== p) continue;
    if (bound.sign.measure.kind === 'silence') hearSilence(book, { b, bound, newest, until }, outcome);
    else if (bound.measure?.later) letLast(book, { b, bound, newest, until }, outcome);
  }
}

interface Standing {
  readonly b: number;
  readonly bound: Binding;
  /** Moment of the point's newest reading. */
  readonly newest: number;
  readonly until: number;
}

/** The point has said nothing since its newest reading: a limit of n seconds is reached n seconds after it. */
function hearSilence(book: PointBook, { b, bound, newest, until }: Standing, outcome: Outcome): void {
  const { sign } = bound;
  const seconds = (until - newest) / 1000;
  // At a reading there is none: what was silent speaks again.
  if (seconds === 0) evaluate(sign, book.states, b, until, 0, Number.POSITIVE_INFINITY, outcome);
  if (seconds < sign.lowestHigh) {
    if (!book.states.isQuiet(b)) runTimers(sign, book.states, b, until, Number.POSITIVE_INFINITY, outcome);
    return;
  }
  for (const at of [...momentsAfter(newest, sign.highs, until), until]) {
    if (at > (book.states.at[b] ?? 0))
      evaluate(sign, book.states, b, at, (at - newest) / 1000, Number.POSITIVE_INFINITY, outcome);
  }
}

/** A value that stands goes on standing, without another reading, for as long as it is fresh. */
function letLast(book: PointBook, { b, bound, newest, until }: Standing, outcome: Outcome): void {
  const { sign, measure } = bound;
  const fresh = book.freshFor(bound.point.id);
  const end = Math.min(until, newest + fresh);
  const seconds = measure?.later?.(end) ?? 0;
  if (seconds < sign.lowestHigh) return;
  const since = end - seconds * 1000;
  for (const at of momentsAfter(since, sign.highs, end)) {
    if (at <= newest || at <= (book.states.at[b] ?? 0)) continue;
    evaluate(sign, book.states, b, at, (at - since) / 1000, fresh, outcome);
  }
}

/** When limits of so many seconds are reached after `since`, in order, up to `until`. */
function momentsAfter(since: number, limits: Float64Array, until: number): readonly number[] {
  return [...limits]
    .map((seconds) => since + seconds * 1000)
    .filter((at) => at <= until)
    .toSorted((a, b) => a - b);
}
