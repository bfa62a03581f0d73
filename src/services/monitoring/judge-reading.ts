import { evaluate, type Outcome, runTimers } from '#signs';

import type { PointBook } from './point-book.ts';

/**
 * Judges a believed reading, newer than what its point had, by every sign of the point: value `v` at `at` (epoch ms). A `late` one
 * fills windows but raises nothing: what it tells is over. `fresh` is how long the value before it was good for (ms).
 */
// Scalars, not an object: this runs for every reading, live or in a rehearsal.
// oxlint-disable-next-line max-params, complexity
export function judgeReading(
  book: PointBook,
  p: number,
  at: number,
  v: number,
  late: boolean,
  fresh: number,
  outcome: Outcome,
): void {
  for (let l = book.links.first[p] ?? -1; l !== -1; l = book.links.next[l] ?? -1) {
    const b = book.links.binding[l] ?? 0;
    const bound = book.bindings[b];
    if (!bound?.byReading) continue;
    const compared = bound.measure?.next(at, v, fresh) ?? bound.pointsPast?.next(p, at, v, fresh) ?? v;
    if (late) continue;
    // A count of several points goes by the rhythm of the one it stands at, whoever speaks; so does the clock's tick.
    const good = bound.point.id === p ? fresh : book.freshFor(bound.point.id);
    if (compared === compared) evaluate(bound.sign, book.states, b, at, compared, good, outcome);
    else if (!book.states.isQuiet(b)) {
      // Nothing to compare with yet: time has passed for as long as the value before was good, and now it stands no more.
      runTimers(bound.sign, book.states, b, at, good, outcome);
      book.states.at[b] = Number.NEGATIVE_INFINITY;
    }
  }
}
