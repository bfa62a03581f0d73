import { type Cell, MOST_COLUMNS } from './read-xlsx.ts';
import { unreadable } from './unreadable.ts';

/**
 * The rows of a JSON body as a table whose first row is the keys: an array of objects, or `{ rows: [...] }` as an export writes
 * it. The first record is row 2, as it would be in a sheet. Throws `import.unreadable`.
 */
export function readJsonRows(raw: Buffer, most: number): readonly (readonly Cell[])[] {
  const parsed = parse(raw);
  const rows = Array.isArray(parsed) ? parsed : (parsed as { rows?: unknown } | null)?.rows;
  if (!Array.isArray(rows)) throw unreadable('JSON 须是行数组，或 {"rows": [...]}');
  if (rows.length > most) throw unreadable(`数据超过 ${most} 行`);
  const stranger = rows.findIndex((row) => typeof row !== 'object' || row === null || Array.isArray(row));
  if (stranger >= 0) throw unreadable(`第 ${stranger + 1} 项不是对象`);
  const headers = new Set<string>();
  for (const row of rows) {
    for (const key of Object.keys(row)) headers.add(key);
    if (headers.size > MOST_COLUMNS) throw unreadable(`超过 ${MOST_COLUMNS} 个字段`);
  }
  const keys = [...headers];
  return [keys, ...rows.map((row: Record<string, unknown>) => keys.map((key) => cellOf(row[key])))];
}

function parse(raw: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf8', { fatal: true }).decode(raw));
  } catch (error) {
    throw unreadable(`不是有效的 UTF-8 JSON（${error instanceof Error ? error.message : ''}）`);
  }
}

function cellOf(value: unknown): Cell {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.filter((one) => typeof one === 'string').join('、');
  // Units stand in lists as { name, unit }; an export writes the code, but a list may be sent back as it came.
  const name = (value as { readonly name?: unknown } | null)?.name;
  return typeof name === 'string' ? name : null;
}
