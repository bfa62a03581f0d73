import writeXlsxFile from 'write-excel-file/node';

/** A sheet to be written: one header row, then rows of texts and numbers. */
export interface PlainSheet {
  readonly name: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** The sheet as an xlsx file. Texts that a spreadsheet would take for a formula are marked with `'`; an import takes it away. */
export async function writeXlsx({ name, header, rows }: PlainSheet): Promise<Buffer> {
  const top = header.map((value) => ({ value, fontWeight: 'bold' as const }));
  const below = rows.map((row) => row.map(cellOf));
  return writeXlsxFile([top, ...below], {
    sheet: name,
    columns: header.map(() => ({ width: 20 })),
    stickyRowsCount: 1,
  }).toBuffer();
}

type WrittenCell =
  | { readonly value: number; readonly type: NumberConstructor }
  | { readonly value: string; readonly type: StringConstructor };

function cellOf(value: string | number | null): WrittenCell | null {
  if (value === null) return null;
  if (typeof value === 'number') return { value, type: Number };
  return { value: /^[=+\-@\t\r]/u.test(value) ? `'${value}` : value, type: String };
}
