import { AppError } from '#base';

/** Where the next page begins: behind the row with this moment (epoch ms) and id, newest first. */
export interface MomentCursor {
  readonly at: number;
  readonly id: number;
}

/** Reads an `after`; throws `input.invalid` for anything we did not give out ourselves. */
export function readCursor(after: string | undefined): MomentCursor | undefined {
  if (after === undefined) return undefined;
  const found = /^(\d{1,15})_(\d{1,15})$/u.exec(after);
  if (!found) throw new AppError('input.invalid', { issues: 'after 须是上一页的 next' });
  return { at: Number(found[1]), id: Number(found[2]) };
}

export function writeCursor(at: number, id: number): string {
  return `${at}_${id}`;
}

/** The same for lists in the order of their ids. */
export function readIdCursor(after: string | undefined): number {
  if (after === undefined) return 0;
  if (!/^\d{1,15}$/u.test(after)) throw new AppError('input.invalid', { issues: 'after 须是上一页的 next' });
  return Number(after);
}

/** Cuts a page from rows of which one more than the limit was read. */
export function cutPage<Row>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => string,
): { readonly page: readonly Row[]; readonly next: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { page, next: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}
