import { AppError } from '#base';
import type { BackFillFault } from '#contract/monitoring';
import { readMoment } from '#protocols/push';

/** A cell of a sheet: dates are civil time, read as Beijing's. */
export type Cell = string | number | boolean | Date | null;

/** A row that could be read. */
export interface FilledRow {
  readonly row: number;
  readonly point: string;
  readonly at: number;
  readonly value: number;
}

export interface ReadRows {
  /** Rows with data. */
  readonly count: number;
  readonly rows: readonly FilledRow[];
  readonly faults: readonly BackFillFault[];
}

const HEADERS = {
  point: ['监测点', '测点', '点位', 'point'],
  at: ['时间', '观测时间', '监测时间', 'observedat', 'time'],
  value: ['数值', '值', '监测值', 'value'],
} as const;
type Field = keyof typeof HEADERS;

const HEADER_WITHIN = 10;
const BEIJING_MS = 8 * 3_600_000;

/** Rows of a table under its headings, and what is wrong with each. Throws `import.unreadable` without the three headings. */
export function readRows(table: readonly (readonly Cell[])[]): ReadRows {
  const head = table.slice(0, HEADER_WITHIN).findIndex((cells) => columnsOf(cells) !== undefined);
  const columns = columnsOf(table[head] ?? []);
  if (head === -1 || !columns)
    throw new AppError('import.unreadable', { reason: '没有找到表头：须有“监测点”“时间”“数值”三列' });
  const rows: FilledRow[] = [];
  const faults: BackFillFault[] = [];
  let count = 0;
  for (const [i, cells] of table.entries()) {
    if (i <= head || cells.every((cell) => cell === null || cell === '')) continue;
    count += 1;
    const read = readRow(cells, columns, i + 1);
    if ('faults' in read) faults.push(...read.faults);
    else rows.push(read);
  }
  return { count, rows, faults };
}

function readRow(
  cells: readonly Cell[],
  columns: Readonly<Record<Field, number>>,
  row: number,
): FilledRow | { readonly faults: readonly BackFillFault[] } {
  const point = textOf(cells[columns.point]);
  const at = momentOf(cells[columns.at]);
  const value = numberOf(cells[columns.value]);
  if (point !== '' && at !== undefined && value !== undefined) return { row, point, at, value };
  const wrong = (column: string, field: Field, message: string): BackFillFault => {
    return { row, column, value: textOf(cells[columns[field]]).slice(0, 100), message };
  };
  return {
    faults: [
      point === '' ? wrong('监测点', 'point', '没有写监测点。请补上。') : [],
      at === undefined ? wrong('时间', 'at', '不是时间。请写成 2026-11-30 08:00:00（北京时间）。') : [],
      value === undefined ? wrong('数值', 'value', '不是数字。请只写数字，不带单位。') : [],
    ].flat(),
  };
}

function columnsOf(cells: readonly Cell[]): Readonly<Record<Field, number>> | undefined {
  const names = cells.map((cell) =>
    textOf(cell)
      .toLowerCase()
      .replaceAll(/\s|（.*）|\(.*\)/gu, ''),
  );
  const at = (field: Field): number =>
    names.findIndex((name) => HEADERS[field].some((known) => known === name));
  const columns = { point: at('point'), at: at('at'), value: at('value') };
  return Object.values(columns).includes(-1) ? undefined : columns;
}

function textOf(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return '';
  return cell instanceof Date ? cell.toISOString() : String(cell).trim();
}

function momentOf(cell: Cell | undefined): number | undefined {
  if (cell instanceof Date) return cell.getTime() - BEIJING_MS;
  if (typeof cell === 'number') return readMoment(cell, 'ms');
  const text = textOf(cell);
  return /^\d{12,14}$/u.test(text) ? readMoment(text, 'ms') : readMoment(text, 'iso');
}

function numberOf(cell: Cell | undefined): number | undefined {
  if (typeof cell === 'boolean' || cell instanceof Date) return undefined;
  const text = textOf(cell);
  const number = text === '' ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : undefined;
}
