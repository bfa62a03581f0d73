import { DETECTOR_FORM } from '#detection';
import type { DetectorRow } from '#storage';

import type { PointBook } from '../point-book.ts';
import { detectorsOf } from './detectors-of.ts';

/** So much of a point's own time may have to be learnt again at a start. */
const KEEP_EVERY_MS = 3_600_000;

/** Which detectors' memory is to be written down, and up to which reading each was. */
export class KeptDetectors {
  /** By point, epoch ms. */
  readonly #keptTo = new Map<number, number>();

  /** Memory was rebuilt from the tables. */
  clear(): void {
    this.#keptTo.clear();
  }

  /** Copies of what is due among these points. A point in a replay learns for the replay only. */
  take(book: PointBook, points: readonly number[]): readonly DetectorRow[] {
    return points.flatMap((point): DetectorRow[] => {
      if (book.session[point] !== 0) return [];
      const past = detectorsOf(book, point)[0]?.past;
      if (!past || past.at - (this.#keptTo.get(point) ?? Number.NEGATIVE_INFINITY) < KEEP_EVERY_MS) return [];
      this.#keptTo.set(point, past.at);
      const { since, at, readings, memory } = past;
      return [{ point, form: DETECTOR_FORM, since, at, readings, memory: new Uint8Array(memory.buffer) }];
    });
  }
}
