import type { ImportColumn, ImportFault } from '#contract/platform';

import { FAULT } from './text.ts';

/** `C 纬度`: the letter that the spreadsheet shows, and what stands above. */
export function columnText(fault: ImportFault, columns: readonly ImportColumn[]): string {
  if (fault.column === '') return FAULT.whole;
  const header = columns.find(({ column }) => column === fault.column)?.header ?? '';
  return header === '' || header === fault.column ? fault.column : `${fault.column} ${header}`;
}

/** How many faults each column has, the worst first. */
export function countByColumn(
  faults: readonly ImportFault[],
): readonly { readonly column: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const { column } of faults) counts.set(column, (counts.get(column) ?? 0) + 1);
  return [...counts].map(([column, count]) => ({ column, count })).toSorted((a, b) => b.count - a.count);
}

export interface FaultFilter {
  readonly text: string;
  readonly column: string | undefined;
}

/** Faults of a column whose row, value or sentence has the text. */
export function filterFaults(
  faults: readonly ImportFault[],
  { text, column }: FaultFilter,
): readonly ImportFault[] {
  return faults.filter(
    (fault) =>
      (column === undefined || fault.column === column) &&
      (text === '' ||
        String(fault.row) === text ||
        fault.value.includes(text) ||
        fault.message.includes(text)),
  );
}

/** The list as a file, to be worked through beside the sheet. */
export function faultRows(
  faults: readonly ImportFault[],
  columns: readonly ImportColumn[],
): readonly (readonly string[])[] {
  return [
    FAULT.columns,
    ...faults.map((fault) => [String(fault.row), columnText(fault, columns), fault.value, fault.message]),
  ];
}
