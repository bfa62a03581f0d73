import type { BulkRow } from '#contract/platform';

const FIELDS = ['username', 'name', 'unit', 'title', 'phone', 'platform', 'role', 'expires'] as const;
const HEADINGS: ReadonlySet<string> = new Set(['用户名', '账号', 'username']);

/** Rows of a pasted table: cells between tabs, or commas where there is no tab; a heading and empty lines are left out. */
export function pasteRows(text: string): BulkRow[] {
  const lines = text.split(/\r?\n/u).filter((line) => line.trim() !== '');
  const rows = lines.map((line) =>
    line.split(line.includes('\t') ? '\t' : /[,，]/u).map((cell) => cell.trim()),
  );
  const [first] = rows;
  const body = first && HEADINGS.has((first[0] ?? '').toLowerCase()) ? rows.slice(1) : rows;
  return body.map(
    (cells) => Object.fromEntries(FIELDS.map((field, i) => [field, cells[i] ?? ''])) as unknown as BulkRow,
  );
}
