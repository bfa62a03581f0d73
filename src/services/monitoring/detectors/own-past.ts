import { Rarity } from '#signs';

import type { BookedPoint } from '../booked-point.ts';

/**
 * Detectors of points whose element asks whether a reading fits the point's own past (与自身历史不符), by the point's number. They hear
 * believed readings that are live: what a replay tells is not the point's own. Most elements ask nothing, and their points have none.
 */
export class OwnPast implements Iterable<readonly [point: number, detector: Rarity]> {
  readonly #detectors = new Map<number, Rarity>();

  get isEmpty(): boolean {
    return this.#detectors.size === 0;
  }

  /** The point has what its element asks now: what was learnt stays while the time of learning is the same. */
  fit({ id, improbable }: BookedPoint): void {
    if (!improbable) this.#detectors.delete(id);
    else if (this.#detectors.get(id)?.learnMs !== improbable.learnMs)
      this.#detectors.set(id, new Rarity(improbable.learnMs));
  }

  of(point: number): Rarity | undefined {
    return this.#detectors.get(point);
  }

  /** A believed reading, newer than what the point had. */
  hear(point: number, at: number, value: number): void {
    this.#detectors.get(point)?.next(at, value);
  }

  /** What is known of the point is to be taken up anew. */
  forget(point: number): void {
    const known = this.#detectors.get(point);
    if (known) this.#detectors.set(point, new Rarity(known.learnMs));
  }

  [Symbol.iterator](): IterableIterator<[number, Rarity]> {
    return this.#detectors.entries();
  }
}
