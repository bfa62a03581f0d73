import { ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';

import type { ExportPiece } from './exported-rows.ts';
import { readingCells } from './reading-cells.ts';

/** Bytes go out as they are written; the format counts on from where the file stands. */
class DrainedWriter extends ByteWriter {
  /** What has been written since the last time. */
  drain(): Uint8Array {
    const bytes = this.getBytes().slice();
    this.index = 0;
    return bytes;
  }
}

const TYPES = {
  point: 'STRING',
  object: 'STRING',
  element: 'STRING',
  unit: 'STRING',
  observed_at: 'TIMESTAMP',
  value: 'DOUBLE',
  raw: 'DOUBLE',
  suspect: 'BOOLEAN',
  marks: 'STRING',
  source: 'STRING',
  replay: 'BOOLEAN',
  simulated: 'BOOLEAN',
} as const;
type Column = keyof typeof TYPES;
const NAMES = Object.keys(TYPES) as Column[];

/** Readings as Parquet, a row group a piece: codes for machines, `raw` where a value was corrected, moments in UTC to the millisecond, Snappy. */
export async function* readingsParquet(pieces: AsyncGenerator<ExportPiece>): AsyncGenerator<Uint8Array> {
  const writer = new DrainedWriter();
  const schema = schemaFromColumnData({
    columnData: NAMES.map((name) => ({ name, data: [], type: TYPES[name], nullable: name === 'raw' })),
  });
  const file = new ParquetWriter({ writer, schema, createdBy: 'Puan' });
  for await (const piece of pieces) {
    const data = columnsOf(piece);
    await file.write({
      columnData: NAMES.map((name) => ({ name, data: data[name] })),
      rowGroupSize: piece.columns.length,
    });
    yield writer.drain();
  }
  await file.finish();
  yield writer.drain();
}

function columnsOf({ point, columns }: ExportPiece): Record<Column, unknown[]> {
  const rows = Array.from({ length: columns.length }, (_, i) => readingCells(columns, i));
  const same = <T>(value: T): T[] => rows.map(() => value);
  return {
    point: same(point.code),
    object: same(point.object),
    element: same(point.element),
    unit: same(point.unit),
    observed_at: rows.map(({ observedAt }) => new Date(observedAt)),
    value: rows.map(({ value }) => value),
    raw: rows.map(({ raw }) => raw),
    suspect: rows.map(({ suspect }) => suspect),
    marks: rows.map(({ marks }) => marks),
    source: rows.map(({ source }) => source),
    replay: rows.map(({ replay }) => replay),
    simulated: same(point.simulated),
  };
}
