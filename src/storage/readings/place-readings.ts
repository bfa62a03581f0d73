import { firstAt, mergeColumns, type ReadingColumns, sliceColumns } from './reading-columns.ts';

/** A chunk without its bytes. Moments in epoch ms, both inside. */
export interface ChunkSpan {
  readonly from: number;
  readonly to: number;
  readonly n: number;
}

/** Readings that belong into one chunk, or into none that is there. */
export interface Placement {
  readonly chunk: ChunkSpan | undefined;
  readonly rows: ReadingColumns;
}

/** A chunk takes more at its ends until it holds this many. */
const FULL = 1000;
/** Late readings in its middle may make it this long before it is cut. */
const LONGEST = 1250;

/**
 * Where new readings of a point go, so that its chunks never overlap and stay few: into the chunk whose time they lie in;
 * between two chunks into the one before, then into the one after, while it is not full; else into a new one. `spans`
 * are all chunks of the readings' time and the one before, in the order of time, as are the readings.
 */
export function placeReadings(spans: readonly ChunkSpan[], rows: ReadingColumns): readonly Placement[] {
  const placed: { chunk: ChunkSpan | undefined; from: number; to: number }[] = [];
  let at = 0;
  const take = (to: number, chunk: ChunkSpan | undefined): void => {
    if (to === at) return;
    const last = placed.at(-1);
    if (last && last.chunk === chunk && chunk) last.to = to;
    else placed.push({ chunk, from: at, to });
    at = to;
  };
  for (const [i, span] of spans.entries()) {
    take(firstAt(rows, span.from), roomOf(spans[i - 1]) ?? roomOf(span));
    take(firstAt(rows, span.to + 1), span);
  }
  take(rows.length, roomOf(spans.at(-1)));
  return placed.map(({ chunk, from, to }) => ({ chunk, rows: sliceColumns(rows, from, to) }));
}

/** What a chunk becomes with its new readings: mostly one, cut where it is too long. */
export function joinReadings(
  old: ReadingColumns | undefined,
  rows: ReadingColumns,
): readonly ReadingColumns[] {
  const all = old ? mergeColumns(old, rows) : rows;
  const pieces: ReadingColumns[] = [];
  let from = 0;
  while (all.length - from > LONGEST) pieces.push(sliceColumns(all, from, (from += FULL)));
  pieces.push(sliceColumns(all, from, all.length));
  return pieces;
}

function roomOf(span: ChunkSpan | undefined): ChunkSpan | undefined {
  return span && span.n < FULL ? span : undefined;
}
