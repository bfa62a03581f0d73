import { ByteWriter } from './byte-cursor.ts';
import { readRuns, writeRuns } from './mark-runs.ts';
import { opened, squeezed } from './packed-bytes.ts';
import type { ReadingColumns } from './reading-columns.ts';
import { readValues, writeValues } from './value-column.ts';
import { readWholeNumbers, writeWholeNumbers } from './whole-numbers.ts';

const SECOND_MS = 1000;

/**
 * Packs readings of one point, in strictly ascending order of `observedAt` (whole ms) and finite. Everything comes back bit
 * for bit but `receivedAt`, which is kept as the delay in whole seconds: to the millisecond it is noise that would cost
 * more than all else.
 */
export function encodeChunk(columns: ReadingColumns): Uint8Array {
  const writer = new ByteWriter(256 + columns.length * 12);
  writeWholeNumbers(writer, columns.observedAt);
  writeValues(writer, columns.value);
  const { observedAt } = columns;
  writeWholeNumbers(
    writer,
    columns.receivedAt.map((at, i) => Math.floor((at - (observedAt[i] ?? 0)) / SECOND_MS)),
  );
  writeRuns(writer, columns.quality);
  writeRuns(writer, columns.source);
  return squeezed(writer);
}

/** Unpacks a chunk of `n` readings into the columns from row `at` on. Throws when the bytes are not of a chunk. */
export function decodeChunk(bytes: Uint8Array, n: number, into: ReadingColumns, at: number): void {
  const reader = opened(bytes);
  const observedAt = into.observedAt.subarray(at, at + n);
  const receivedAt = into.receivedAt.subarray(at, at + n);
  readWholeNumbers(reader, observedAt);
  readValues(reader, into.value.subarray(at, at + n));
  readWholeNumbers(reader, receivedAt);
  for (let i = 0; i < n; i += 1) receivedAt[i] = (observedAt[i] ?? 0) + (receivedAt[i] ?? 0) * SECOND_MS;
  readRuns(reader, into.quality.subarray(at, at + n));
  readRuns(reader, into.source.subarray(at, at + n));
}

/** Only the moments of a chunk of `n` readings. */
export function decodeMoments(bytes: Uint8Array, n: number): Float64Array {
  const observedAt = new Float64Array(n);
  readWholeNumbers(opened(bytes), observedAt);
  return observedAt;
}
