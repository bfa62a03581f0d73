import { Rarity } from '#signs';

import type { PointBook } from '../point-book.ts';

/** The detectors of a point: one for each way in which its signs look at how rare its readings are; most points have none. */
export function detectorsOf(book: PointBook, point: number): readonly Rarity[] {
  const found = new Set<Rarity>();
  for (const b of book.bindingsOf(point)) {
    const measure = book.bindings[b]?.measure;
    if (measure instanceof Rarity) found.add(measure);
  }
  return [...found];
}
