import { measureText } from '#workflow';
import type { RequestContext } from '#services/context';

import { loadDocument } from './draft-detail.ts';
import { findDraft } from './lock-draft.ts';
import { CODE_HEADER, SIGN_COLUMNS } from './sign-table.ts';

/** What writes a sheet, handed in by whoever wires the rooms. */
export type WriteSheet = (sheet: {
  readonly name: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}) => Promise<Buffer>;

/** The sign table of a draft as a file that can be edited and read back. Throws `record.not-found`. */
export async function exportSigns(
  context: RequestContext,
  writeSheet: WriteSheet,
  id: number,
): Promise<{ readonly name: string; readonly content: Buffer }> {
  context.authorize('standard.read');
  const { row, document } = await context.transaction(async (tx) => ({
    row: await findDraft(tx, id),
    document: await loadDocument(tx, id),
  }));
  const units = new Map(document.elements.map(({ code, unit }) => [code, unit]));
  const rows = document.signs.map((sign) => [
    sign.code,
    document.items.find(({ code }) => code === sign.item)?.name ?? sign.item,
    sign.element,
    measureText(sign.measure, units.get(sign.element) ?? sign.unit, document.parameters),
    ...SIGN_COLUMNS.map(({ show }) => show(sign)),
  ]);
  const header = [
    CODE_HEADER,
    '预警事项（不改）',
    '监测要素（不改）',
    '体征类型（不改）',
    ...SIGN_COLUMNS.map((column) => column.header),
  ];
  const content = await writeSheet({ name: '预警体征', header, rows });
  return { name: `${row.scenario_name} ${row.standard} 预警体征.xlsx`, content };
}
