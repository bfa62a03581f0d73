import readXlsxFile from 'read-excel-file/node';

import { packZip } from './pack-zip.ts';
import { unpackXlsx } from './unpack-xlsx.ts';
import { unreadable } from './unreadable.ts';

/** A cell as the file holds it: formulas by their last value, errors by their text (`#N/A`). */
export type Cell = string | number | boolean | Date | null;

export interface Sheet {
  readonly name: string;
  /** Row `n` of the sheet is `rows[n - 1]`. */
  readonly rows: readonly (readonly Cell[])[];
  /** Other sheets with data, which are passed over. */
  readonly others: readonly string[];
}

export const MOST_COLUMNS = 200;
/** Title, two header rows, notes above the data. */
const ROWS_ABOVE = 30;

/**
 * One sheet of a workbook: the one of that name, else the first with data. The library is handed only what was unpacked within
 * bounds and stripped of empty rows and cells, so that a sheet formatted down to its millionth row costs what its data cost.
 * Throws `import.unreadable`.
 */
export async function readXlsx(raw: Buffer, most: number, wanted?: string): Promise<Sheet> {
  const parts = unpackXlsx(raw);
  const plain = [...parts].map(
    ([name, xml]) =>
      [name, name.startsWith('xl/worksheets/') ? plainSheet(xml, most + ROWS_ABOVE) : xml] as const,
  );
  let sheets: readonly { readonly sheet: string; readonly data: unknown }[];
  try {
    sheets = await readXlsxFile(packZip(plain));
  } catch (error) {
    throw unreadable(`工作簿读不出来（${error instanceof Error ? error.message : '结构不对'}）`);
  }
  const filled = sheets.filter(({ data }) => (data as readonly unknown[]).length > 0);
  const found = wanted === undefined ? filled[0] : filled.find(({ sheet }) => sheet === wanted);
  if (!found) {
    throw unreadable(wanted === undefined ? '工作簿里没有数据' : `没有名为“${wanted}”的工作表，或它是空的`);
  }
  return {
    name: found.sheet,
    rows: found.data as readonly (readonly Cell[])[],
    others: filled.flatMap(({ sheet }) => (sheet === found.sheet ? [] : [sheet])),
  };
}

/**
 * The sheet without formulas, formatting-only cells and rows; error cells become texts (the library gives up at the first).
 * Checks that what is left lies within the bounds. No pattern looks beyond the next `<`: a file of opened tags costs no square.
 */
function plainSheet(xml: string, mostRows: number): string {
  const plain = xml
    .replaceAll(/<f\b[^<>]*\/>|<f\b[^<>]*>[^<]*<\/f>/gu, '')
    .replaceAll(/<c\b[^<>]*\/>|<c\b[^<>]*>\s*<\/c>/gu, '')
    .replaceAll(/<row\b[^<>]*\/>|<row\b[^<>]*>\s*<\/row>/gu, '')
    .replaceAll(/(<c\b[^<>]*\bt=)(["'])e\2/gu, '$1"str"');
  for (const [, letters = '', digits = ''] of plain.matchAll(/<c\b[^<>]*?\br=["']([A-Z]+)(\d+)["']/gu)) {
    if (Number(digits) > mostRows)
      throw unreadable(`数据超过 ${mostRows - ROWS_ABOVE} 行（第 ${digits} 行还有内容）`);
    if (columnNumber(letters) > MOST_COLUMNS) {
      throw unreadable(`数据超过 ${MOST_COLUMNS} 列（${letters} 列还有内容）`);
    }
  }
  return plain;
}

function columnNumber(letters: string): number {
  let number = 0;
  for (const letter of letters.slice(0, 5)) number = number * 26 + (letter.codePointAt(0) ?? 64) - 64;
  return number;
}

/** `A`, `Z`, `AA` … of a column, counted from 0. */
export function columnLetters(index: number): string {
  const letter = String.fromCodePoint(65 + (index % 26));
  return index < 26 ? letter : columnLetters(Math.floor(index / 26) - 1) + letter;
}
