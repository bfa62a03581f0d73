import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

import { ByteReader, ByteWriter } from './byte-cursor.ts';
import type { ReadingColumns } from './reading-columns.ts';
import { readValues, writeValues } from './value-column.ts';
import { readWholeNumbers, writeWholeNumbers } from './whole-numbers.ts';

/** The first byte says how the rest is written; a later form takes the next number and this one stays readable. */
const PLAIN = 1;
const ZSTD = 2;
const LEVEL = { params: { [constants.ZSTD_c_compressionLevel]: 3 } };
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
  const plain = writer.done();
  const packed = zstdCompressSync(plain, LEVEL);
  return packed.length < plain.length ? headed(ZSTD, packed) : headed(PLAIN, plain);
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

function opened(bytes: Uint8Array): ByteReader {
  const body = bytes.subarray(1);
  if (bytes[0] === PLAIN) return new ByteReader(body);
  if (bytes[0] === ZSTD) return new ByteReader(zstdDecompressSync(body));
  throw new RangeError(`a chunk of readings begins with ${bytes[0] ?? 'nothing'}`);
}

function headed(kind: number, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(body.length + 1);
  bytes[0] = kind;
  bytes.set(body, 1);
  return bytes;
}

/** Marks hold for long stretches: how often, what. */
function writeRuns(writer: ByteWriter, marks: Uint16Array | Uint8Array): void {
  for (let from = 0; from < marks.length;) {
    let to = from + 1;
    while (to < marks.length && marks[to] === marks[from]) to += 1;
    writer.varint(to - from);
    writer.varint(marks[from] ?? 0);
    from = to;
  }
}

function readRuns(reader: ByteReader, into: Uint16Array | Uint8Array): void {
  for (let from = 0; from < into.length;) {
    const length = reader.varint();
    into.fill(reader.varint(), from, from + length);
    if (length === 0) throw new RangeError('a run of no readings');
    from += length;
  }
}
