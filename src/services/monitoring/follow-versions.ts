import { type Outcome, runTimers } from '#signs';

import { judgeStanding } from './judge-standing.ts';
import type { PointBook } from './point-book.ts';

/**
 * The point's signs are those of this moment (epoch ms) from here on. What was due before a version took over has come to pass
 * under the one before; the state goes on and is written under the new one, and what stood at its moment is judged by it.
 */
export function followVersions(book: PointBook, point: number, at: number, outcome: Outcome): void {
  for (;;) {
    const from = book.versions.due(point, at);
    if (from === undefined) return;
    for (const b of book.bindingsOf(point)) {
      const bound = book.bindings[b];
      // Composite signs have followed by themselves.
      if (bound && !bound.composite && !book.states.isQuiet(b))
        runTimers(bound.sign, book.states, b, from, book.freshFor(point), outcome);
    }
    for (const b of book.takeVersion(point)) if (!book.states.isQuiet(b)) outcome.touched.add(b);
    judgeStanding(book, point, from, outcome);
  }
}

/**
 * The clock has come to the moment of a version: points that say nothing take it over, too, so that it holds everywhere at once.
 * In a replay session time comes with the data only.
 */
export function strikeVersions(book: PointBook, now: number, outcome: Outcome): void {
  const from = book.versions.struck(now);
  if (from !== undefined) {
    for (const { id } of book.points()) if (book.session[id] === 0) followVersions(book, id, from, outcome);
    book.versions.aheadOf = from;
  }
  settleVersions(book, now, outcome);
}

/** Once nothing of the time before a version is under way any more, it is what everybody has. */
function settleVersions(book: PointBook, now: number, outcome: Outcome): void {
  const over = book.versions.overAt(now);
  if (over === undefined) return;
  for (const { id } of book.points()) followVersions(book, id, over, outcome);
  book.versions.settle(over);
}
