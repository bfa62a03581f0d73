const QUOTE = '"';

/** Rows of a CSV text (RFC 4180): quoted cells may hold commas, quotes and line ends. Tabs and semicolons separate where the first line has them only. */
export function parseCsv(text: string): readonly (readonly string[])[] {
  const separator = separatorOf(text);
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const [cell, end] = text[at] === QUOTE ? quoted(text, at) : plain(text, at, separator);
    row.push(cell);
    at = end + 1;
    if (text[end] === separator) continue;
    if (text[end] === '\r' && text[at] === '\n') at += 1;
    rows.push(row);
    row = [];
  }
  if (row.length > 0) rows.push([...row, '']);
  return rows;
}

function separatorOf(text: string): string {
  const [first = ''] = text.split(/[\r\n]/u, 1);
  return [',', '\t', ';'].find((one) => first.includes(one)) ?? ',';
}

type Cell = readonly [text: string, end: number];

function plain(text: string, from: number, separator: string): Cell {
  let at = from;
  while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at += 1;
  return [text.slice(from, at).trim(), at];
}

/** What follows the closing quote, up to the separator, is dropped. */
function quoted(text: string, from: number): Cell {
  let cell = '';
  let at = from + 1;
  while (at < text.length && (text[at] !== QUOTE || text[at + 1] === QUOTE)) {
    cell += text[at];
    at += text[at] === QUOTE ? 2 : 1;
  }
  return [cell.trim(), at + 1];
}
