import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

import { ByteReader, type ByteWriter } from './byte-cursor.ts';

/** The first byte says how the rest is written; a later form takes the next number and this one stays readable. */
const PLAIN = 1;
const ZSTD = 2;
const LEVEL = { params: { [constants.ZSTD_c_compressionLevel]: 3 } };

/** What was written, squeezed where that makes it less. */
export function squeezed(writer: ByteWriter): Uint8Array {
  const plain = writer.done();
  const packed = zstdCompressSync(plain, LEVEL);
  return packed.length < plain.length ? headed(ZSTD, packed) : headed(PLAIN, plain);
}

/** Reads what {@link squeezed} gave. Throws RangeError when the bytes begin with something else. */
export function opened(bytes: Uint8Array): ByteReader {
  const body = bytes.subarray(1);
  if (bytes[0] === PLAIN) return new ByteReader(body);
  if (bytes[0] === ZSTD) return new ByteReader(zstdDecompressSync(body));
  throw new RangeError(`packed readings begin with ${bytes[0] ?? 'nothing'}`);
}

function headed(kind: number, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(body.length + 1);
  bytes[0] = kind;
  bytes.set(body, 1);
  return bytes;
}
