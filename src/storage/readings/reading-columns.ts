/** Readings of one point in columns; row `i` of each column is one reading. Moments are whole milliseconds since 1970. */
export interface ReadingColumns {
  readonly length: number;
  readonly observedAt: Float64Array;
  /** To the millisecond while hot; to the second below it once packed. */
  readonly receivedAt: Float64Array;
  readonly value: Float64Array;
  /** Bits of `QUALITY`. */
  readonly quality: Uint16Array;
  /** Kind of sensing; 16 is added for replayed rows. */
  readonly source: Uint8Array;
  /** What was sent, where `value` is what people have made of some of it; absent where nobody has corrected any. */
  readonly raw?: Float64Array;
}

export function emptyColumns(length: number): ReadingColumns {
  return {
    length,
    observedAt: new Float64Array(length),
    receivedAt: new Float64Array(length),
    value: new Float64Array(length),
    quality: new Uint16Array(length),
    source: new Uint8Array(length),
  };
}

/** Rows `from` to `to` (without it) as a view of the same memory. */
export function sliceColumns(columns: ReadingColumns, from: number, to: number): ReadingColumns {
  if (from === 0 && to === columns.length) return columns;
  return {
    length: to - from,
    observedAt: columns.observedAt.subarray(from, to),
    receivedAt: columns.receivedAt.subarray(from, to),
    value: columns.value.subarray(from, to),
    quality: columns.quality.subarray(from, to),
    source: columns.source.subarray(from, to),
    ...(columns.raw && { raw: columns.raw.subarray(from, to) }),
  };
}

/** The same in memory of its own. */
export function copyColumns(columns: ReadingColumns): ReadingColumns {
  const { length, observedAt, receivedAt, value, quality, source, raw } = columns;
  return {
    length,
    observedAt: observedAt.slice(),
    receivedAt: receivedAt.slice(),
    value: value.slice(),
    quality: quality.slice(),
    source: source.slice(),
    ...(raw && { raw: raw.slice() }),
  };
}

/** The first row observed at this moment or later, in columns that are in the order of time. */
export function firstAt({ observedAt, length }: ReadingColumns, at: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((observedAt[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * One moment, one reading: the two in the order of time, the newer arrival where both have the moment. Each must be in
 * that order itself and may repeat a moment; of repetitions within one the later row counts.
 */
export function mergeColumns(a: ReadingColumns, b: ReadingColumns): ReadingColumns {
  const merged = emptyColumns(a.length + b.length);
  let n = 0;
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const fromA = j >= b.length || (i < a.length && isFirst(a, i, b, j));
    const at = (fromA ? a.observedAt[i] : b.observedAt[j]) ?? 0;
    // What stands last in this order is what counts.
    if (n > 0 && merged.observedAt[n - 1] === at) n -= 1;
    if (fromA) copyRow(a, i++, merged, n++);
    else copyRow(b, j++, merged, n++);
  }
  return sliceColumns(merged, 0, n);
}

const NONE = emptyColumns(0);

/** Of rows in the order of time and arrival, the last of each moment. */
export function lastOfEachMoment(columns: ReadingColumns): ReadingColumns {
  const { observedAt, length } = columns;
  for (let i = 1; i < length; i += 1) {
    if (observedAt[i] === observedAt[i - 1]) return mergeColumns(columns, NONE);
  }
  return columns;
}

// oxlint-disable-next-line max-params
function isFirst(a: ReadingColumns, i: number, b: ReadingColumns, j: number): boolean {
  const apart = (a.observedAt[i] ?? 0) - (b.observedAt[j] ?? 0);
  return apart === 0 ? (a.receivedAt[i] ?? 0) <= (b.receivedAt[j] ?? 0) : apart < 0;
}

// oxlint-disable-next-line max-params
function copyRow(from: ReadingColumns, i: number, to: ReadingColumns, n: number): void {
  to.observedAt[n] = from.observedAt[i] ?? 0;
  to.receivedAt[n] = from.receivedAt[i] ?? 0;
  to.value[n] = from.value[i] ?? 0;
  to.quality[n] = from.quality[i] ?? 0;
  to.source[n] = from.source[i] ?? 0;
}
