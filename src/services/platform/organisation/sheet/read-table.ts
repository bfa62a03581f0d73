import type { ImportKind } from '#contract/platform';

import type { FaultList } from './fault-list.ts';
import { IMPORT_FIELDS } from './import-fields.ts';
import { type Table, textOf } from './match-columns.ts';
import { readValue } from './read-value.ts';

/** A row with what it says, by field; what is left out or empty is not there. */
export interface ReadRow {
  readonly row: number;
  readonly values: Readonly<Record<string, unknown>>;
}

export interface ReadTable {
  /** Rows without a fault among their cells. */
  readonly rows: readonly ReadRow[];
  readonly notes: readonly string[];
}

/** Reads every cell of every mapped column; each thing wrong is a fault of its row. */
export function readTable(kind: ImportKind, table: Table, faults: FaultList): ReadTable {
  const rules = new Map(IMPORT_FIELDS[kind].map((rule) => [rule.field, rule]));
  const mapped = table.columns.flatMap(({ field }, i) => {
    const rule = field === null ? undefined : rules.get(field);
    return rule ? [{ rule, i }] : [];
  });
  const swapped: number[] = [];
  const seen = new Map<string, number>();
  const rows = table.rows.map(({ row, cells }): ReadRow => {
    const values: Record<string, unknown> = {};
    for (const { rule, i } of mapped) {
      const { field } = rule;
      const cell = cells[i] ?? null;
      const read = readValue(cell, rule);
      if ('fault' in read) faults.add({ row, field, value: textOf(cell), message: read.fault });
      else if (read.value !== undefined) values[field] = read.value;
    }
    if (straighten(values)) swapped.push(row);
    // Lines of the ledger have no code of their own.
    if (rules.has('code')) checkCode(row, values['code'], { seen, faults });
    return { row, values };
  });
  return { rows: rows.filter(({ row }) => !faults.has(row)), notes: swapNotes(swapped) };
}

function checkCode(
  row: number,
  code: unknown,
  { seen, faults }: { readonly seen: Map<string, number>; readonly faults: FaultList },
): void {
  if (typeof code !== 'string') {
    if (!faults.has(row)) faults.add({ row, field: 'code', message: '缺编码，请补上' });
    return;
  }
  const first = seen.get(code);
  if (first === undefined) seen.set(code, row);
  else faults.add({ row, field: 'code', value: code, message: `编码与第 ${first} 行重复，请只留一行` });
}

/** A combined column becomes the pair; a pair the wrong way round is put right: Pudong lies at 121° and 31°. Tells of the latter. */
function straighten(values: Record<string, unknown>): boolean {
  const both = values['coordinates'] as { lat: number; lon: number } | undefined;
  delete values['coordinates'];
  if (both) Object.assign(values, { lat: values['lat'] ?? both.lat, lon: values['lon'] ?? both.lon });
  const { lat, lon } = values;
  if (typeof lat !== 'number' || typeof lon !== 'number' || lat <= 90 || Math.abs(lon) > 90) return false;
  Object.assign(values, { lat: lon, lon: lat });
  return true;
}

const ROWS_NAMED = 10;

function swapNotes(rows: readonly number[]): readonly string[] {
  if (rows.length === 0) return [];
  const more = rows.length > ROWS_NAMED ? '等' : '';
  return [
    `${rows.length} 行的经度和纬度写反，已对调（第 ${rows.slice(0, ROWS_NAMED).join('、')}${more} 行）`,
  ];
}
