import { SUSPECT_BITS } from '#model/monitoring';
import { evaluate, type Outcome } from '#signs';

import type { PointBook } from './point-book.ts';

/**
 * Judges what stands at a point at a moment (epoch ms) by the signs it has from that moment on, although nothing new was said: a
 * limit was moved past the value, or the value past the limit. What is no longer fresh stands for nothing.
 */
export function judgeStanding(book: PointBook, point: number, at: number, outcome: Outcome): void {
  const { states } = book;
  const fresh = book.freshFor(point);
  for (const b of book.bindingsOf(point)) {
    const bound = book.bindings[b];
    if (!bound || bound.composite || bound.point.id !== point || isTimed(bound.sign.measure.kind)) continue;
    const since = states.at[b] ?? Number.NEGATIVE_INFINITY;
    const isNew = since === Number.NEGATIVE_INFINITY;
    const value = isNew ? newestOf(book, point, bound.sign.measure.kind) : (states.value[b] ?? Number.NaN);
    const spoken = isNew ? (book.newestAt[point] ?? since) : since;
    if (value === value && at >= spoken && at - spoken <= fresh)
      evaluate(bound.sign, states, b, at, value, fresh, outcome);
  }
}

/** Silence and what lasts are judged by every tick of the clock. */
function isTimed(kind: string): boolean {
  return kind === 'silence' || kind === 'duration';
}

/** A sign that has judged nothing yet looks at the newest reading, if it looks at readings themselves. */
function newestOf(book: PointBook, point: number, kind: string): number {
  const isBelieved = ((book.newestQuality[point] ?? 0) & SUSPECT_BITS) === 0;
  return kind === 'value' && isBelieved ? (book.newestValue[point] ?? Number.NaN) : Number.NaN;
}
