import type { ByteReader, ByteWriter } from './byte-cursor.ts';

type Marks = Uint16Array | Uint8Array | Float64Array;

/** Marks hold for long stretches: how often, what. */
export function writeRuns(writer: ByteWriter, marks: Marks): void {
  for (let from = 0; from < marks.length;) {
    let to = from + 1;
    while (to < marks.length && marks[to] === marks[from]) to += 1;
    writer.varint(to - from);
    writer.varint(marks[from] ?? 0);
    from = to;
  }
}

/** Fills `into`. Throws RangeError when the runs do not go on. */
export function readRuns(reader: ByteReader, into: Marks): void {
  for (let from = 0; from < into.length;) {
    const length = reader.varint();
    into.fill(reader.varint(), from, from + length);
    if (length === 0) throw new RangeError('a run of no readings');
    from += length;
  }
}
