/** The parts of a draft that are others than they were. */
export function changedParts(
  after: Readonly<Record<string, string>>,
  before: Readonly<Record<string, string>>,
): Record<string, string>;
export function changedParts<D extends object>(after: D, before: D): Partial<D>;
export function changedParts<D extends object>(after: D, before: D): Partial<D> {
  const changed = Object.entries(after).filter(([name, value]) => value !== before[name as keyof D]);
  return Object.fromEntries(changed) as Partial<D>;
}
