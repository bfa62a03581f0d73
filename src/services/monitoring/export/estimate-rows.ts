import { countHot, measurePacked, type Tx } from '#storage';

import type { PointView } from '../point-view.ts';
import type { ExportSpan } from './exported-rows.ts';

/** How many readings a file would hold, or a few more: chunks that reach out of the time are counted as a whole. */
export async function estimateRows(tx: Tx, points: readonly PointView[], span: ExportSpan): Promise<number> {
  const ask = { ...span, points: points.map(({ id }) => id) };
  return (await measurePacked(tx, ask)).n + (await countHot(tx, ask));
}
