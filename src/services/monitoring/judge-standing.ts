import { SUSPECT_BITS } from '#model/monitoring';
import { evaluate, type Outcome } from '#signs';

import type { Binding } from './booked-point.ts';
import type { PointBook } from './point-book.ts';

/**
 * Judges what stands at a point at a moment (epoch ms) by the signs it has from that moment on, although nothing new was said: a
 * limit was moved past the value, or the value past the limit. What is no longer fresh stands for nothing.
 */
export function judgeStanding(book: PointBook, point: number, at: number, outcome: Outcome): void {
  const fresh = book.freshFor(point);
  for (const b of book.bindingsOf(point)) {
    const bound = book.bindings[b];
    if (!bound || bound.composite || bound.point.id !== point || isTimed(bound.sign.measure.kind)) continue;
    const { value, since } = standingOf(book, b, bound);
    if (value === value && at >= since && at - since <= fresh)
      evaluate(bound.sign, book.states, b, at, value, fresh, outcome);
  }
}

/** What is compared now, and since when; NaN where nothing is. A sign that has judged nothing yet looks at the newest reading. */
function standingOf(
  book: PointBook,
  b: number,
  { point, sign }: Binding,
): { readonly value: number; readonly since: number } {
  const { states, newestAt } = book;
  const since = states.at[b] ?? Number.NEGATIVE_INFINITY;
  if (since > Number.NEGATIVE_INFINITY) return { value: states.value[b] ?? Number.NaN, since };
  return { value: newestOf(book, point.id, sign.measure.kind), since: newestAt[point.id] ?? since };
}

/** Silence and what lasts are judged by every tick of the clock. */
function isTimed(kind: string): boolean {
  return kind === 'silence' || kind === 'duration';
}

/** The newest reading, for a sign that looks at readings themselves. */
function newestOf(book: PointBook, point: number, kind: string): number {
  const isBelieved = ((book.newestQuality[point] ?? 0) & SUSPECT_BITS) === 0;
  return kind === 'value' && isBelieved ? (book.newestValue[point] ?? Number.NaN) : Number.NaN;
}
