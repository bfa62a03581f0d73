import type { ImportColumn, ImportKind } from '#contract/platform';

import { IMPORT_FIELDS, plainHeader } from './import-fields.ts';
import { type Cell, columnLetters } from './read-xlsx.ts';

/** A table with its columns told apart and its rows below the header. */
export interface Table {
  readonly columns: readonly ImportColumn[];
  readonly rows: readonly TableRow[];
}

export interface TableRow {
  /** As the spreadsheet program numbers it. */
  readonly row: number;
  /** In the order of `columns`. */
  readonly cells: readonly Cell[];
}

/** Header (plain) → field by hand; null for a column to pass over. */
export type HandMapping = ReadonlyMap<string, string | null>;

const HEADER_WITHIN = 20;
const SAMPLES = 3;
const SAMPLE_LENGTH = 40;

/**
 * Finds the header and what each column is: by the mapping made by hand, else by the names offices use. Titles and remarks above are
 * passed over; two header rows (a merged one over its parts) are read as `上/下`. The rows that name most fields win.
 */
export function matchColumns(
  kind: ImportKind,
  rows: readonly (readonly Cell[])[],
  mapping: HandMapping,
): Table {
  const known = fieldsByHeader(kind);
  const recognise = (header: string): Pick<ImportColumn, 'field' | 'how'> => {
    const plain = plainHeader(header);
    if (mapping.has(plain)) return { field: mapping.get(plain) ?? null, how: 'mapping' };
    const last = plainHeader(header.split('/').at(-1) ?? '');
    const field = known.get(plain) ?? known.get(last);
    return { field: field ?? null, how: field === undefined ? null : 'synonym' };
  };
  const candidates = rows.slice(0, HEADER_WITHIN).flatMap((row, at) => {
    const single = { headers: row.map(textOf), below: at + 1 };
    const next = rows[at + 1];
    return next ? [single, { headers: joinedHeaders(row, next), below: at + 2 }] : [single];
  });
  let best = candidates.find(({ headers }) => headers.filter((header) => header !== '').length > 1);
  let most = 0;
  for (const candidate of candidates) {
    const named = new Set(candidate.headers.flatMap((header) => recognise(header).field ?? [])).size;
    if (named > most) [best, most] = [candidate, named];
  }
  if (!best) return { columns: [], rows: [] };
  const { headers, below } = best;
  const data = rows
    .slice(below)
    .map((cells, i) => ({ row: below + i + 1, cells }))
    .filter(({ cells }) => cells.some((cell) => textOf(cell) !== ''));
  const kept = headers.flatMap((header, i) =>
    header !== '' || data.some(({ cells }) => textOf(cells[i] ?? null) !== '') ? [i] : [],
  );
  const taken = new Set<string>();
  const columns = kept.map((i): ImportColumn => {
    const header = headers[i] ?? '';
    const found = recognise(header);
    // The first column of a field is it; a second one of the same name is left to be mapped by hand.
    const isFirst = found.field === null || !taken.has(found.field);
    if (found.field !== null) taken.add(found.field);
    return {
      column: columnLetters(i),
      header,
      ...(isFirst ? found : { field: null, how: null }),
      samples: samplesOf(data, i),
    };
  });
  return {
    columns,
    rows: data.map(({ row, cells }) => ({ row, cells: kept.map((i) => cells[i] ?? null) })),
  };
}

function fieldsByHeader(kind: ImportKind): ReadonlyMap<string, string> {
  return new Map(
    IMPORT_FIELDS[kind].flatMap(({ field, label, synonyms }) =>
      [field, label, ...synonyms].map((header) => [plainHeader(header), field] as const),
    ),
  );
}

/** A merged cell holds its text in its first column; the parts below it belong to it. */
export function joinedHeaders(top: readonly Cell[], bottom: readonly Cell[]): string[] {
  let over = '';
  return Array.from({ length: Math.max(top.length, bottom.length) }, (_, i) => {
    const [own, part] = [textOf(top[i] ?? null), textOf(bottom[i] ?? null)];
    if (own !== '') over = own;
    return part === '' ? own : over === '' ? part : `${over}/${part}`;
  });
}

function samplesOf(rows: readonly TableRow[], i: number): string[] {
  const samples: string[] = [];
  for (const { cells } of rows) {
    const text = textOf(cells[i] ?? null);
    if (text !== '') samples.push(text.slice(0, SAMPLE_LENGTH).toWellFormed());
    if (samples.length === SAMPLES) break;
  }
  return samples;
}

/** The text of a cell: trimmed, lines joined; dates as days. */
export function textOf(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10);
  return String(cell).replaceAll(/\s+/gu, ' ').trim();
}
