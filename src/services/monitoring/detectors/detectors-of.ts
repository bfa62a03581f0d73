import { Rarity } from '#signs';

import type { PointBook } from '../point-book.ts';

/**
 * The detectors of a point, the one that has learnt the most first: one for each way in which its signs look at how rare its readings are,
 * and its element's. Most points have none.
 */
export function detectorsOf(book: PointBook, point: number): readonly Rarity[] {
  const found = new Set<Rarity>();
  for (const b of book.bindingsOf(point)) {
    const measure = book.bindings[b]?.measure;
    if (measure instanceof Rarity) found.add(measure);
  }
  const own = book.ownPast.of(point);
  if (own) found.add(own);
  return [...found].toSorted((a, b) => (b.known?.readings ?? 0) - (a.known?.readings ?? 0));
}
