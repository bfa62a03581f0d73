import type { Limit, SignDirection, SignLevel } from '#model/standard';

interface Cell {
  readonly level: SignLevel;
  readonly limit: Limit;
  readonly lower?: Limit | undefined;
}

/** A stretch of the scale: its level (null: normal) and where it begins (null: where the scale does). */
export interface Band {
  readonly level: SignLevel | null;
  readonly from: Limit | null;
}

/** The stretches of a sign's scale from low to high. `cells` come severest first, as lists give them. */
export function bandsOf(cells: readonly Cell[], direction: SignDirection): readonly Band[] {
  const severe = cells.map(({ level, limit, lower }) => ({
    level,
    limit,
    lower: direction === 'low' ? limit : lower,
  }));
  const mild = severe.toReversed();
  const above: readonly Band[] =
    direction === 'low' ? [] : mild.map(({ level, limit }) => ({ level, from: limit }));
  if (direction === 'high') return [{ level: null, from: null }, ...above];
  const below: Band[] = [];
  let from: Limit | null = null;
  for (const { level, lower } of severe) {
    if (lower === undefined) continue;
    below.push({ level, from });
    from = lower;
  }
  return [...below, { level: null, from }, ...above];
}
