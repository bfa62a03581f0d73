import type { SheetFault } from '#contract/standard';
import type { Sign } from '#model/standard';

import { CODE_HEADER, type SheetCell, SIGN_COLUMNS, textOf } from './sign-table.ts';

type Rows = readonly (readonly SheetCell[])[];

export interface SignRows {
  /** Rows with a sign's code. */
  readonly rows: number;
  readonly signs: readonly Sign[];
  readonly faults: readonly SheetFault[];
}

/**
 * The signs as a sheet has them. Rows are found by their code; what has no column, and signs that have no row, stay as they are.
 * Every fault is told with its row and column.
 */
export function readSignRows(sheet: Rows, signs: readonly Sign[]): SignRows {
  const top = sheet.findIndex((cells) => cells.some((cell) => textOf(cell) === CODE_HEADER));
  const headers = (sheet[top] ?? []).map((cell) => textOf(cell) ?? '');
  const faults: SheetFault[] = headerFaults(top, headers);
  if (faults.length > 0) return { rows: 0, signs, faults };
  const known = new Map(signs.map((sign) => [sign.code, sign]));
  const changed = new Map<string, Sign>();
  const read = new Set<string>();
  for (const [i, cells] of sheet.entries()) {
    const code = textOf(cells[headers.indexOf(CODE_HEADER)]) ?? '';
    if (i <= top || code === '') continue;
    const row = i + 1;
    const sign = known.get(code);
    const fault = codeFault(code, { held: signs, read });
    if (sign === undefined || fault !== undefined) {
      faults.push({ row, column: CODE_HEADER, message: fault ?? '' });
      continue;
    }
    read.add(code);
    changed.set(code, signOf(sign, { cells, headers, row, faults }));
  }
  return { rows: read.size, signs: signs.map((sign) => changed.get(sign.code) ?? sign), faults };
}

function codeFault(
  code: string,
  { held, read }: { readonly held: readonly Sign[]; readonly read: ReadonlySet<string> },
): string | undefined {
  const found = held.filter((sign) => sign.code === code).length;
  if (found === 0) return `草案里没有体征“${code}”。新体征请在页面上增加`;
  if (found > 1) return `草案里有 ${found} 个体征都用编码“${code}”。请先在页面上改正`;
  return read.has(code) ? `体征“${code}”已在前面的行里` : undefined;
}

function headerFaults(top: number, headers: readonly string[]): SheetFault[] {
  if (top === -1)
    return [{ row: 1, column: CODE_HEADER, message: `没有“${CODE_HEADER}”一列。请用导出的文件作模板` }];
  return headers
    .filter((header, i) => header !== '' && headers.indexOf(header) < i)
    .map((column) => ({ row: top + 1, column, message: `“${column}”一列出现两次` }));
}

function signOf(
  sign: Sign,
  at: {
    readonly cells: readonly SheetCell[];
    readonly headers: readonly string[];
    readonly row: number;
    readonly faults: SheetFault[];
  },
): Sign {
  let taken = sign;
  for (const { header, take } of SIGN_COLUMNS) {
    const column = at.headers.indexOf(header);
    if (column === -1) continue;
    const text = textOf(at.cells[column]);
    const next = text === undefined ? '文字太长' : take(taken, text);
    if (typeof next === 'string') at.faults.push({ row: at.row, column: header, message: next });
    else taken = next;
  }
  return taken;
}
