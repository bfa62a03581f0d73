import { evaluate, type Outcome } from '#signs';

import type { PointBook } from '../point-book.ts';
import type { FireWeatherDay } from './fire-weather-day.ts';

/** An index stands until the next noon's is known. */
const FRESH_MS = 36 * 3_600_000;

/** What judging a day takes of it. */
export interface JudgedDay extends Pick<FireWeatherDay, 'noon' | 'isOver'> {
  readonly row: Pick<FireWeatherDay['row'], 'point_id' | 'fwi'>;
}

/** Judges the index of a day by the fire weather signs of its point. A day without one judges nothing: it is said, not guessed. */
export function judgeDays(book: PointBook, days: readonly JudgedDay[], outcome: Outcome): void {
  for (const { noon, isOver, row } of days) {
    if (row.fwi === null || isOver) continue;
    for (const b of book.bindingsOf(row.point_id)) {
      const bound = book.bindings[b];
      if (bound?.sign.measure.kind === 'fire-weather')
        evaluate(bound.sign, book.states, b, noon, row.fwi, FRESH_MS, outcome);
    }
  }
}
