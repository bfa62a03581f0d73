import type { Responsibility } from '#contract/platform';

/** Platforms of one parent, in the order in which they came. */
export interface Group {
  readonly name: string | null;
  readonly items: readonly Responsibility[];
  /** How many of them have every role named. */
  readonly named: number;
}

export function groupsOf(items: readonly Responsibility[]): readonly Group[] {
  const groups = Map.groupBy(items, ({ parentName }) => parentName);
  return [...groups].map(([name, items]) => ({
    name,
    items,
    named: items.filter(({ roles }) => roles.every(({ state }) => state === 'named')).length,
  }));
}
