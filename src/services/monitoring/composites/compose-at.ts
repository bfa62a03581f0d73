import { switchedOff } from '#signs';

import type { PointBook } from '../point-book.ts';

/**
 * Composite signs are judged by the version of the moment (epoch ms), whether or not their point has spoken since; it takes the rest
 * over with its next reading. Gives the bindings that changed.
 */
export function composeAt(book: PointBook, bindings: Iterable<number>, at: number): readonly number[] {
  const signsOf = book.versions.at(at);
  if (!signsOf) return [];
  const changed: number[] = [];
  for (const b of bindings) {
    const bound = book.bindings[b];
    if (!bound) continue;
    const next = signsOf(bound.point).find((one) => one.sign.code === bound.sign.code);
    if (next?.composite && next.sign.id === bound.sign.id) continue;
    const { sign = switchedOff(bound.sign), item = bound.item, composite } = next ?? {};
    // One that is dropped has no limit any more; its point's readings bring it back to normal.
    book.bindings[b] = { ...bound, sign, item, composite, byReading: composite === undefined };
    book.compose(b);
    changed.push(b);
  }
  return changed;
}
