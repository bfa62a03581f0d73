import { readFirst, type ReadingColumns } from '#storage';
import type { Tx } from '#storage';

import type { PointView } from '../point-view.ts';

/** Readings of one point on their way into a file, oldest first. */
export interface ExportPiece {
  readonly point: PointView;
  readonly columns: ReadingColumns;
}

export interface ExportSpan {
  readonly from: number;
  /** The first moment that is no longer in it. */
  readonly to: number;
  readonly rows: 'live' | 'all';
}

/** Readings held at once; a row group of a Parquet file. */
const PIECE = 20_000;

/**
 * The readings of these points, one point after the other, piece by piece, each piece in a transaction of its own: whoever
 * reads slowly holds no table. Stops after `most`.
 */
export async function* exportedRows(
  transaction: <T>(run: (tx: Tx) => Promise<T>) => Promise<T>,
  points: readonly PointView[],
  { span, most }: { readonly span: ExportSpan; readonly most: number },
): AsyncGenerator<ExportPiece> {
  let left = most;
  for (const point of points) {
    let { from } = span;
    for (let full = true; full && left > 0;) {
      const wanted = Math.min(PIECE, left);
      const ask = { ...span, points: [point.id] as const, from };
      const columns = await transaction((tx) => readFirst(tx, ask, wanted));
      if (columns.length > 0) yield { point, columns };
      left -= columns.length;
      full = columns.length === wanted;
      from = (columns.observedAt[columns.length - 1] ?? span.to) + 1;
    }
  }
}
