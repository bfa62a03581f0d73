import { parseCsv } from './parse-csv.ts';
import { MOST_COLUMNS } from './read-xlsx.ts';
import { unreadable } from './unreadable.ts';

/** Read at one go, so that readings wait for it: larger ones go through a sheet, in a thread of their own. */
const MOST_BYTES = 10_000_000;

/** The rows of a CSV file, first row first. UTF-8, else what Excel of a Chinese Windows writes. Throws `import.unreadable`. */
export function readCsv(raw: Uint8Array): readonly (readonly string[])[] {
  if (raw.length > MOST_BYTES) throw unreadable('CSV 超过 10 MB，请另存为 .xlsx 再选');
  const rows = parseCsv(decode(raw));
  if (rows.some((cells) => cells.length > MOST_COLUMNS)) throw unreadable(`超过 ${MOST_COLUMNS} 列`);
  return rows;
}

function decode(raw: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw);
  } catch {
    return new TextDecoder('gb18030').decode(raw);
  }
}
