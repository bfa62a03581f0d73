import { QUALITY, SUSPECT_BITS } from '#model/monitoring';
import type { Outcome } from '#signs';

import { judgeReading } from '../judge-reading.ts';
import type { PointBook } from '../point-book.ts';
import { passTime } from './pass-time.ts';

/** Stored readings of one point, oldest first, each moment (epoch ms) once. */
export interface PointReadings {
  readonly length: number;
  readonly observedAt: Float64Array;
  readonly value: Float64Array;
  readonly quality: Uint16Array;
}

/** Judges a point's readings one after the other. `timed`: some sign of it is moved by time, too. */
// oxlint-disable-next-line max-params
export function walkPoint(
  book: PointBook,
  p: number,
  { length, observedAt, value, quality }: PointReadings,
  timed: boolean,
  outcome: Outcome,
): void {
  for (let i = 0; i < length; i += 1) {
    const at = observedAt[i] ?? 0;
    if (timed) passTime(book, p, at, outcome);
    takeReading(book, p, at, value[i] ?? 0, quality[i] ?? 0, outcome);
    if (timed) passTime(book, p, at, outcome);
  }
}

/** Judges the readings of several points of an object in the order of their moments, for signs that count them together. */
// oxlint-disable-next-line max-params
export function walkObject(
  book: PointBook,
  points: readonly number[],
  window: ReadonlyMap<number, PointReadings>,
  timed: Uint8Array,
  outcome: Outcome,
): void {
  const heads = points.flatMap((p) => {
    const readings = window.get(p);
    return readings ? [{ p, readings, i: 0 }] : [];
  });
  for (;;) {
    let first: (typeof heads)[number] | undefined;
    let at = Number.POSITIVE_INFINITY;
    for (const head of heads) {
      const next = head.readings.observedAt[head.i];
      if (head.i < head.readings.length && next !== undefined && next < at) {
        first = head;
        at = next;
      }
    }
    if (!first) return;
    const { p, readings, i } = first;
    first.i += 1;
    const isTimed = timed[p] === 1;
    if (isTimed) passTime(book, p, at, outcome);
    takeReading(book, p, at, readings.value[i] ?? 0, readings.quality[i] ?? 0, outcome);
    if (isTimed) passTime(book, p, at, outcome);
  }
}

/**
 * One reading of the past. What was suspect then is no evidence now, as in the hot path; what came late is judged by its own
 * moment: a rehearsal asks what the standard makes of what happened, not of how it arrived.
 */
// Scalars, not an object: this runs for every reading.
// oxlint-disable-next-line max-params
export function takeReading(
  book: PointBook,
  p: number,
  at: number,
  v: number,
  q: number,
  outcome: Outcome,
): void {
  if ((q & QUALITY.clock) !== 0 || at <= (book.newestAt[p] ?? 0)) return;
  const fresh = book.freshFor(p);
  book.advance(p, at);
  book.newestValue[p] = v;
  book.newestQuality[p] = q;
  if ((q & SUSPECT_BITS) === 0) judgeReading(book, p, at, v, false, fresh, outcome);
}
