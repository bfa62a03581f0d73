/** A row of a live list; `mark` changes whenever the row does. */
export interface Row {
  readonly id: number;
  readonly mark: number;
}

/**
 * Which rows came or changed since the list looked like `before`. A row that came below all known ones is the next page
 * (加载更多), not news. Nothing is news in a list seen for the first time.
 */
export function freshRows(
  before: ReadonlyMap<number, number> | undefined,
  rows: readonly Row[],
): readonly number[] {
  if (!before) return [];
  const lastKnown = rows.findLastIndex((row) => before.has(row.id));
  return rows
    .filter((row, i) =>
      before.has(row.id) ? before.get(row.id) !== row.mark : i < lastKnown || before.size === 0,
    )
    .map((row) => row.id);
}
